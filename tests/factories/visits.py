"""Build office hours, reporting days, visits and what came of them; name only what the test is about."""

from datetime import date, datetime
from typing import Any

from app.clients.cases import Case
from app.clock import now, today
from app.db import db
from app.offices.models import Office
from app.supervision.calendar.days import read_days
from app.supervision.calendar.models import Rhythm, Visit, VisitOutcome
from app.supervision.calendar.outcomes import Told, note_outcome
from app.supervision.calendar.rhythms import Asked, set_rhythm
from app.supervision.calendar.vocabulary import Came, Per, ValidReason, VisitKind
from app.supervision.hours.models import Timetable
from app.supervision.hours.setting import set_week
from app.supervision.hours.slots import Week, read_spans
from tests.factories.people import make_case, make_office, make_user
from tests.factories.saving import saved

EVERY_WORKDAY = dict.fromkeys(range(1, 6), "9:00-12:00")
PROVEN = {"reason": ValidReason.ILLNESS, "proof": "Sick note of 20.11.2026"}


def make_hours(
    office: Office | None = None, spans: dict[int, str] | None = None, from_on: date | None = None, **facts: Any
) -> Timetable:
    """An office that receives from nine to twelve on workdays, half an hour each, one person at a time."""
    office, day = office or make_office(), from_on or today()
    read = {weekday: read_spans(text) for weekday, text in (spans or EVERY_WORKDAY).items()}
    week = Week(day, facts.pop("slot_minutes", 30), facts.pop("capacity", 1), read)
    return saved(set_week(office.id, week, make_user(office=office), day, now()))


def make_rhythm(case: Case | None = None, days: str = "5, 20", per: Per = Per.MONTH, **asked: Any) -> Rhythm:
    """A person who reports on the 5th and the 20th from today on, with the visits of the weeks ahead."""
    case = case or make_case()
    by = case.assignment.officer
    assert by
    read = Asked(read_days(per, days), **{"from_on": today(), "is_rural": False} | asked)
    rhythm = set_rhythm(case, read, by, today(), now())
    db.session.commit()
    return rhythm


def make_visit(case: Case | None = None, on: date | None = None, **facts: Any) -> Visit:
    """A visit to which the officer called the person, today unless the test says when."""
    case = case or make_case()
    defaults = {"kind": VisitKind.CALLED, "on": on or today(), "made_at": now(), "made_by": case.assignment.officer}
    return saved(Visit(case=case, **defaults | facts))


def make_outcome(visit: Visit, kind: Came = Came.CAME, at: datetime | None = None, **told: Any) -> VisitOutcome:
    by = visit.case.assignment.officer
    assert by
    excuse = PROVEN if kind is Came.VALID_REASON else {}
    told = {"seen": len(visit.outcomes)} | excuse | told
    return saved(note_outcome(visit, Told(kind, **told), by, today(), at or now()))
