"""Visits made ahead from the rhythms: for one case at once, and for all by the clock, a batch at a time."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Date, bindparam, func, insert, or_, select, update

from app.clients.cases import Assignment, Case, Deregistration, SupervisingBody
from app.clients.vocabulary import Body
from app.db import db
from app.supervision.calendar.days import DAY, IsOpen, read_days
from app.supervision.calendar.models import Rhythm, Visit
from app.supervision.calendar.vocabulary import VisitKind
from app.supervision.hours.queries import hours_of, hours_of_all
from app.supervision.norms import norm
from app.supervision.searches.queries import searched_for

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
    if rows := visits_of(rhythm, (rhythm.from_on, until), hours_of(case.assignment.office_id).is_open, at):
        db.session.execute(insert(Visit), rows)
    rhythm.planned_until = max(until, rhythm.planned_until)


def visits_of(rhythm: Any, span: tuple[date, date], is_open: IsOpen, at: datetime) -> list[dict[str, Any]]:
    """The visits of a rhythm (or of its row) in a span, after the day up to which they are made already, as rows.

    The clock's span begins today: what fell into a search is over when it ends, and nobody was expected then.
    """
    earliest, until = span
    first = max(rhythm.from_on, rhythm.planned_until + DAY, earliest)
    return [
        {"case_id": rhythm.case_id, "kind": VisitKind.REPORTING, "on": day, "rhythm_id": rhythm.id, "made_at": at}
        for day in read_days(rhythm.per, rhythm.days).between(first, until, is_open)
    ]


ELSEWHERE = (  # the day from which another body supervises the case
    select(SupervisingBody.from_on)
    .where(SupervisingBody.case_id == Rhythm.case_id, SupervisingBody.to_on.is_(None))
    .where(SupervisingBody.body != Body.PROBATION)
    .correlate(Rhythm)
    .scalar_subquery()
)
# Whoever sets another rhythm at the same moment keeps this one to himself; it is passed over then. While a person is
# searched for nobody expects them.
WAITING = (
    select(
        Rhythm.id, Rhythm.case_id, Rhythm.per, Rhythm.days, Rhythm.from_on, Rhythm.planned_until, Case.term_to,
        Assignment.office_id, func.coalesce(Deregistration.on, ELSEWHERE).label("gone_on"),
    )
    .join(Case, Case.id == Rhythm.case_id)
    .join(Assignment, (Assignment.case_id == Rhythm.case_id) & Assignment.to_at.is_(None))
    .outerjoin(Deregistration, Deregistration.case_id == Rhythm.case_id)
    .where(
        Rhythm.to_on.is_(None),
        Rhythm.planned_until < bindparam("until", type_=Date()),
        or_(Case.term_to.is_(None), Rhythm.planned_until < Case.term_to, Deregistration.on.is_not(None)),
        or_(~searched_for(Rhythm.case_id), Deregistration.on.is_not(None)),
    )
    .order_by(Rhythm.planned_until, Rhythm.id)
    .limit(BATCH)
    .with_for_update(of=Rhythm, skip_locked=True)
)  # fmt: skip


def plan_some(today: date, at: datetime) -> int:
    """Make the visits that are missing of one batch of rhythms; how many rhythms were looked at.

    A rhythm ends when its case has left the register or come under another body. Running it twice makes nothing twice.
    """
    rows = db.session.execute(WAITING, {"until": horizon(today)}).all()
    hours = hours_of_all({row.office_id for row in rows})
    made: list[dict[str, Any]] = []
    planned: list[dict[str, Any]] = []
    for row in rows:
        if row.gone_on:
            planned.append({"id": row.id, "to_on": max(row.from_on, row.gone_on), "planned_until": row.planned_until})
            continue
        until = last_day(horizon(today) + SPARE, row.term_to)
        made += visits_of(row, (today, until), hours[row.office_id].is_open, at)
        planned.append({"id": row.id, "to_on": None, "planned_until": until})
    if made:
        db.session.execute(insert(Visit), made)
    if planned:
        db.session.execute(update(Rhythm), planned)
    return len(rows)
