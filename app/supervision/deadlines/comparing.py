"""What the calendar does with deadlines: opens those that are missing, and compares open ones with today's norms."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import aliased, selectinload

from app.clients.cases import Case
from app.clients.models import Client
from app.db import db
from app.supervision.deadlines.keeping import facts_of
from app.supervision.deadlines.models import Deadline, DeadlineChange, DeadlineChangeAnswer
from app.supervision.deadlines.opening import due_of, openings
from app.supervision.deadlines.queries import due_day, unsettled
from app.supervision.norms import NoNorm, Since, norm

BACK = timedelta(days=60)  # a case that has been on the register for longer has its deadlines, or has them no more
AT_ONCE = 500  # cases or deadlines of one statement


def open_missing(today: date, at: datetime) -> Iterator[int]:
    """Open what the norms ask for in open cases that are new on the register; so many at a time, for a commit each.

    What would be past already is not opened: nobody knows whether it was done. Running it twice opens nothing twice.
    """
    after = 0
    while cases := new_cases(after, today):
        after = cases[-1].id
        yield open_for(cases, today, at)


def new_cases(after: int, today: date) -> Sequence[Case]:
    return db.session.scalars(
        select(Case)
        .where(Case.id > after, Case.registered_on >= today - BACK, ~Case.deregistration.has())
        .options(
            selectinload(Case.client).load_only(Client.born_on),
            selectinload(Case.stages),
            selectinload(Case.bodies),
        )
        .order_by(Case.id)
        .limit(AT_ONCE)
    ).all()


def open_for(cases: Sequence[Case], today: date, at: datetime) -> int:
    numbers = [case.id for case in cases]
    statement = select(Deadline.case_id, Deadline.code).where(Deadline.case_id.in_(numbers))
    known = {(case_id, code) for case_id, code in db.session.execute(statement)}
    rows = [
        {
            "case_id": case.id, "code": one.norm.code, "kind": one.norm.kind, "since": one.since, "due_on": one.due_on,
            "norm_from": one.norm.valid_from, "opened_at": at,
        }
        for case in cases
        for one in openings(facts_of(case))
        if one.due_on >= today and (case.id, one.norm.code) not in known
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(Deadline), rows)
    return len(rows)


def propose_changes(today: date, at: datetime) -> Iterator[int]:
    """Propose another day for each open deadline to which the norms of today give one; nothing is moved by it.

    A deadline that is past, settled, or of a case off the register stays as it is. A day that was proposed once is
    not proposed again, whatever was answered. So many at a time, for a commit each.
    """
    after = 0
    while rows := open_ones(after, today):
        after = rows[-1].id
        yield propose(rows, today, at)


def open_ones(after: int, today: date) -> Sequence[Any]:
    """Deadlines that are to come, with the days that hold and the days of their events as the case tells them now."""
    change, answer = aliased(DeadlineChange), aliased(DeadlineChangeAnswer)
    accepted_since = (
        select(change.since)
        .join(answer, answer.change_id == change.id)
        .where(change.deadline_id == Deadline.id, answer.is_accepted)
        .order_by(change.id.desc())
        .limit(1)
        .correlate(Deadline)
        .scalar_subquery()
    )
    return db.session.execute(
        select(
            Deadline.id, Deadline.code, due_day().label("due_on"), Deadline.since, accepted_since.label("moved_since"),
            Case.in_force_on, Case.registered_on, Case.term_from, Deadline.opened_by_id,
        )
        .join(Deadline.case)
        .where(Deadline.id > after, unsettled(), due_day() >= today, ~Case.deregistration.has())
        .order_by(Deadline.id)
        .limit(AT_ONCE)
    ).all()  # fmt: skip


def propose(rows: Sequence[Any], today: date, at: datetime) -> int:
    numbers = [row.id for row in rows]
    change = DeadlineChange
    statement = select(change.deadline_id, change.since, change.due_on, change.norm_from)
    known = {tuple(row) for row in db.session.execute(statement.where(change.deadline_id.in_(numbers)))}
    found = [(row, moved) for row in rows if (moved := day_by_norms_of(row, today))]
    new = [
        {"deadline_id": row.id, "since": since, "due_on": due_on, "norm_from": norm_from, "found_at": at}
        for row, (since, due_on, norm_from) in found
        if due_on != row.due_on and (row.id, since, due_on, norm_from) not in known
    ]
    if new:
        db.session.execute(insert(DeadlineChange), new)
    return len(new)


def day_by_norms_of(row: Any, today: date) -> tuple[date, date, date] | None:
    """The event's day, the day that is due, and the beginning of the norm; None where no norm of the code holds."""
    try:
        held = norm(row.code, today)
    except NoNorm:
        return None
    released_on = row.term_from if row.opened_by_id is None else None  # as opening.openings reads it; else as typed
    events = {Since.IN_FORCE: row.in_force_on, Since.REGISTRATION: row.registered_on, Since.RELEASE: released_on}
    told = events.get(held.since)
    since = told or row.moved_since or row.since
    return since, due_of(held, since), held.valid_from
