"""Build events, acute reviews and signals; name only what the test is about."""

from datetime import date, datetime, time, timedelta
from typing import Any

from app.access.models import User
from app.assessments import library
from app.assessments.models import AcuteAnswer, AcuteReview
from app.assessments.vocabulary import Kind, Use
from app.clients.cases import Case
from app.clients.events import CaseEvent
from app.clients.vocabulary import EventKind
from app.clock import COUNTRY, now, today
from app.db import db
from app.signals.models import Signal
from app.signals.raising import look_again
from tests.factories.people import make_case
from tests.factories.saving import saved


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), COUNTRY)


def make_event(case: Case, kind: EventKind, on: date, recorded_at: datetime | None = None) -> CaseEvent:
    by = case.assignment.officer_id or case.registered_by_id
    return saved(CaseEvent(case=case, kind=kind, on=on, recorded_at=recorded_at or noon(on), recorded_by_id=by))


def make_review(case: Case, on: date, unknown: int = 0, at: datetime | None = None, **points: int) -> AcuteReview:
    """A review with nothing of concern and everything that protects; ``points`` by item say otherwise."""
    (instrument,) = library.offered(on, use=Use.ACUTE)
    review = AcuteReview(
        case=case, on=on, at=at or noon(on), by_id=case.registered_by_id, instrument_code=instrument.code,
        instrument_version=str(instrument.version), instrument_digest=instrument.digest, items=0,
        acute_sum=0, protective_sum=0, acute_unknown=unknown, protective_unknown=0,
    )  # fmt: skip
    for section, item in instrument.items():
        is_acute = section.kind == Kind.ACUTE
        given = points.get(item.code, 0 if is_acute else item.maximum)
        option = next(option for option in item.options if option.points == given)
        review.answers.append(AcuteAnswer(item_code=item.code, option_code=option.code, points=given))
        review.acute_sum += given if is_acute else 0
        review.protective_sum += 0 if is_acute else given
    review.items = len(review.answers)
    return saved(review)


def fresh_case(officer: User | None = None, **facts: Any) -> Case:
    """On the register for three weeks: nothing is late yet."""
    since = today() - timedelta(days=21)
    return make_case(officer, **{"registered_on": since, "stage_from": since} | facts)


def make_signal(case: Case | None = None, on: date | None = None) -> Signal:
    """A signal about work lost on a day, raised on that day."""
    case, day = case or fresh_case(), on or today()
    make_event(case, EventKind.LOST_WORK, day, recorded_at=min(now(), noon(day)))
    look_again(case, day, now())
    db.session.commit()
    found = db.session.scalars(db.select(Signal).where(Signal.case_id == case.id, Signal.rule_code == "loss"))
    return found.all()[-1]
