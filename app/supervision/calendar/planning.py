"""Visits made ahead from the rhythms: for one case at once, and for all by the clock, a batch at a time."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Date, bindparam, insert, or_, select

from app.clients.cases import Assignment, Case, Deregistration
from app.db import db
from app.supervision.calendar.days import DAY, IsOpen, read_days
from app.supervision.calendar.models import Rhythm, Visit
from app.supervision.calendar.vocabulary import VisitKind
from app.supervision.hours.queries import hours_of, hours_of_all
from app.supervision.norms import norm

AHEAD = "visit-ahead"
SPARE = timedelta(days=14)  # made beyond what the norm wants, so that a rhythm is looked at twice a month, not daily
BATCH = 500


def horizon(today: date) -> date:
    """The last day up to which the visits of every rhythm are to be there."""
    return norm(AHEAD, today).after(today)


def last_day(until: date, term_to: date | None) -> date:
    return until if term_to is None else min(until, term_to)


def plan(rhythm: Rhythm, case: Case, today: date, at: datetime) -> None:
    """Make the visits of one rhythm that was just set."""
    until = last_day(horizon(max(today, rhythm.from_on)) + SPARE, case.term_to)
    if rows := visits_of(rhythm, until, hours_of(case.assignment.office_id).is_open, at):
        db.session.execute(insert(Visit), rows)
    rhythm.planned_until = max(until, rhythm.planned_until)


def visits_of(rhythm: Rhythm, until: date, is_open: IsOpen, at: datetime) -> list[dict[str, Any]]:
    """The visits of a rhythm after the day up to which they are made already, as rows."""
    first = max(rhythm.from_on, rhythm.planned_until + DAY)
    return [
        {"case_id": rhythm.case_id, "kind": VisitKind.REPORTING, "on": day, "rhythm_id": rhythm.id, "made_at": at}
        for day in read_days(rhythm.per, rhythm.days).between(first, until, is_open)
    ]


# Whoever sets another rhythm at the same moment keeps this one to himself; it is passed over then.
WAITING = (
    select(Rhythm, Case.term_to, Assignment.office_id, Deregistration.on)
    .join(Case, Case.id == Rhythm.case_id)
    .join(Assignment, (Assignment.case_id == Rhythm.case_id) & Assignment.to_at.is_(None))
    .outerjoin(Deregistration, Deregistration.case_id == Rhythm.case_id)
    .where(
        Rhythm.to_on.is_(None),
        Rhythm.planned_until < bindparam("until", type_=Date()),
        or_(Case.term_to.is_(None), Rhythm.planned_until < Case.term_to, Deregistration.on.is_not(None)),
    )
    .order_by(Rhythm.planned_until, Rhythm.id)
    .limit(BATCH)
    .with_for_update(of=Rhythm, skip_locked=True)
)


def plan_some(today: date, at: datetime) -> int:
    """Make the visits that are missing of one batch of rhythms; how many rhythms were looked at.

    A rhythm whose case has left the register ends. Running it twice makes nothing twice.
    """
    rows = db.session.execute(WAITING, {"until": horizon(today)}).all()
    hours = hours_of_all({office_id for _rhythm, _term, office_id, _gone in rows})
    made: list[dict[str, Any]] = []
    for rhythm, term_to, office_id, gone_on in rows:
        if gone_on:
            rhythm.to_on = max(rhythm.from_on, gone_on)
            continue
        until = last_day(horizon(today) + SPARE, term_to)
        made += visits_of(rhythm, until, hours[office_id].is_open, at)
        rhythm.planned_until = until
    if made:
        db.session.execute(insert(Visit), made)
    db.session.flush()
    return len(rows)
