"""The first appearance: a visit for the term that the norms set, and the term that is met when the person comes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Select, bindparam, func, insert, select

from app.clients.cases import Assignment, Case, Deregistration
from app.clients.registration import after_case_edited, after_case_opened
from app.clock import COUNTRY
from app.db import db
from app.supervision.calendar.days import DAY
from app.supervision.calendar.models import Visit
from app.supervision.calendar.outcomes import after_visit
from app.supervision.calendar.vocabulary import Came, VisitKind
from app.supervision.deadlines.keeping import meet
from app.supervision.deadlines.models import Deadline
from app.supervision.hours.queries import hours_of, hours_of_all
from app.supervision.hours.slots import Hours

KIND = "first-appearance"
BATCH = 500
LONGEST_CLOSURE = 31  # days; no office is closed for longer


def unexpected(*columns: Any) -> Select[Any]:
    """Open terms of a first appearance in whose case nobody was ever expected for it."""
    expected = select(Visit.id).where(Visit.case_id == Deadline.case_id, Visit.kind == VisitKind.FIRST)
    return select(*columns).where(
        Deadline.kind == KIND, ~Deadline.met.has(), ~Deadline.withdrawal.has(), ~expected.exists()
    )


def expect_first(case: Case, at: datetime) -> None:
    """Expect the person of a case that comes onto the register, where a norm sets the term. The hook of that room."""
    due_on = db.session.scalar(unexpected(Deadline.due_on).where(Deadline.case_id == case.id).limit(1))
    if not case.is_open or due_on is None:
        return
    earliest = max(case.registered_on, at.astimezone(COUNTRY).date())
    day = day_of(due_on, earliest, hours_of(case.assignment.office_id))
    db.session.add(Visit(case_id=case.id, kind=VisitKind.FIRST, on=day, made_at=at))
    db.session.flush()


def day_of(due_on: date, earliest: date, hours: Hours) -> date:
    """The last open day of the term; where there is none left, the next open day."""
    before = (due_on - DAY * back for back in range(max((due_on - earliest).days, -1) + 1))
    after = (earliest + DAY * ahead for ahead in range(LONGEST_CLOSURE))
    return next((day for days in (before, after) for day in days if hours.is_open(day)), earliest)


MISSING = (
    unexpected(Deadline.case_id, func.min(Deadline.due_on), Assignment.office_id, Case.registered_on)
    .join(Case, Case.id == Deadline.case_id)
    .join(Assignment, (Assignment.case_id == Deadline.case_id) & Assignment.to_at.is_(None))
    .where(
        Deadline.due_on >= bindparam("day", type_=Date()),
        ~select(Deregistration.case_id).where(Deregistration.case_id == Deadline.case_id).exists(),
    )
    .group_by(Deadline.case_id, Assignment.office_id, Case.registered_on)
    .order_by(Deadline.case_id)
    .limit(BATCH)
)


def expect_some(today: date, at: datetime) -> int:
    """Expect the people whose term is not over and who are not expected yet; how many of them."""
    rows = db.session.execute(MISSING, {"day": today}).all()
    hours = hours_of_all({office_id for _case, _due, office_id, _registered in rows})
    visits = [
        {"case_id": case_id, "kind": VisitKind.FIRST, "made_at": at,
         "on": day_of(due_on, max(registered_on, today), hours[office_id])}
        for case_id, due_on, office_id, registered_on in rows
    ]  # fmt: skip
    if visits:
        db.session.execute(insert(Visit), visits)
    return len(rows)


def meet_term(visit: Visit, _today: date) -> None:
    """Who comes for the first time meets the term."""
    outcome = visit.outcome
    if visit.kind == VisitKind.FIRST and outcome and outcome.kind in {Came.CAME, Came.CAME_LATE}:
        meet(visit.case, KIND, outcome.on, outcome.by, outcome.at)


after_case_opened.append(expect_first)  # the terms themselves were opened by the room below, which is asked before
after_case_edited.append(expect_first)
after_visit.append(meet_term)
