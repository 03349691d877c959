"""Expecting a person on a day: called by the officer, or moved from another day. Nobody is expected twice on a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from app.access.models import User
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.db import db
from app.supervision.calendar.models import Visit, VisitMove
from app.supervision.calendar.queries import minutes_taken, visits_of_day
from app.supervision.calendar.vocabulary import VisitKind
from app.supervision.hours.queries import hold_office, hours_of
from app.supervision.hours.slots import clock
from app.web.formats import format_date

FURTHEST = timedelta(days=366)  # further ahead is a slip of the finger
SHOWN = 12  # free times in one sentence


@dataclass(frozen=True, slots=True)
class When:
    """A day, and a minute of it on the office's clocks; without one any time of the office's hours will do."""

    on: date
    minute: int | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a visit moves, and why."""

    to: When
    reason: str


def call(case: Case, when: When, by: User, today: date, at: datetime) -> Visit:
    """Call a person to the office.

    Raises NotPossible on a closed case, for a day that is over, too far ahead, on which the office is closed or the
    person is expected already, and for a time at which there is no room.
    """
    case.must_be_open()
    must_be_free(case, when, today)
    visit = Visit(case=case, kind=VisitKind.CALLED, on=when.on, minute=when.minute, made_by=by, made_at=at)
    db.session.add(visit)
    return visit


def move(visit: Visit, moved: Moved, by: User, today: date, at: datetime) -> Visit:
    """Have a visit take place on another day or at another time, and say why. The row stays, replaced by a new one.

    Raises NotPossible as ``call`` does, and for a visit that has moved, is over or has an outcome.
    """
    when = moved.to
    must_be_awaited(visit)
    if visit.on < today:
        raise NotPossible(
            _("This day is over. Note what came of the visit; then the person can be called for another day.")
        )
    if (visit.on, visit.minute) == (when.on, when.minute):
        raise NotPossible(_("The visit is at this time already. Enter another day or another time."))
    must_be_free(visit.case, when, today, visit)
    instead = Visit(
        case=visit.case, kind=visit.kind, on=when.on, minute=when.minute, rhythm_id=visit.rhythm_id, made_by=by,
        made_at=at,
    )  # fmt: skip
    visit.is_settled = True
    db.session.add(VisitMove(visit=visit, to_visit=instead, reason=moved.reason, by=by, at=at))
    return instead


def drop(visit: Visit, reason: str, by: User, at: datetime) -> None:
    """A visit falls away without another in its place, and the row says why.

    Raises NotPossible for a visit that has moved or has an outcome, and for the first appearance.
    """
    must_be_awaited(visit)
    if visit.kind == VisitKind.FIRST:
        raise NotPossible(_("The first appearance does not fall away. Move it, or note what came of it."))
    visit.is_settled = True
    db.session.add(VisitMove(visit=visit, reason=reason, by=by, at=at))


def must_be_awaited(visit: Visit) -> None:
    visit.case.must_be_open()
    if visit.move and visit.move.to_visit:
        raise NotPossible(
            _("This visit was moved to %(date)s. See that one.", date=format_date(visit.move.to_visit.on))
        )
    if visit.move:
        raise NotPossible(_("This visit has fallen away."))
    if visit.outcomes:
        raise NotPossible(_("What came of this visit is noted already, so it does not move any more."))


def must_be_free(case: Case, when: When, today: date, moving: Visit | None = None) -> None:
    if when.on < today:
        raise NotPossible(_("This day is over. Enter today's date or a later one."))
    case.must_be_registered_by(when.on)
    if when.on > today + FURTHEST:
        raise NotPossible(_("This is more than a year ahead. Check the date."))
    if any(other is not moving for other in visits_of_day(case, when.on)):
        raise NotPossible(_("The person is expected on this day already."))
    must_have_room(case.assignment.office_id, when, moving)


def must_have_room(office_id: int, when: When, moving: Visit | None) -> None:
    hours = hours_of(office_id)
    if not hours.is_open(when.on):
        raise NotPossible(_("The office receives nobody on this day. Choose another one."))
    week = hours.week(when.on)
    if when.minute is None or week is None:
        return
    hold_office(office_id)  # two officers would otherwise give away the last place at the same moment
    free = week.free(when.on, minutes_taken(office_id, when.on, moving))
    shown = ", ".join(clock(minute) for minute in free[:SHOWN]) or _("none")
    if not week.receives(when.on, when.minute):
        raise NotPossible(_("The office receives nobody at this time. Free on this day: %(times)s.", times=shown))
    if week.slot_of(when.on, when.minute) not in free:
        raise NotPossible(_("There is no room left at this time. Free on this day: %(times)s.", times=shown))
