"""Finding deadlines, never beyond the actor's reach, and the changes that wait for the head of service."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from app.access.models import User
from app.access.policy import Permission
from app.clients.cases import Case, Deregistration
from app.clients.models import Client
from app.clients.queries import AROUND_CASE
from app.clients.reach import cases_within
from app.db import db, one_or_404
from app.supervision.deadlines.models import (
    Deadline,
    DeadlineChange,
    DeadlineChangeAnswer,
    DeadlineMet,
    DeadlineWithdrawal,
)

OF_PERSON, WAITING = 100, 50  # at once
WITH_CHANGES = selectinload(Deadline.changes).joinedload(DeadlineChange.answer)


def get_deadline(actor: User, permission: Permission, deadline_id: int) -> Deadline:
    """A deadline of a case within reach, with its case and its changes; otherwise 404."""
    return one_or_404(
        select(Deadline)
        .join(Deadline.case)
        .where(Deadline.id == deadline_id, cases_within(actor, permission))
        .options(contains_eager(Deadline.case).options(*AROUND_CASE), WITH_CHANGES)
    )


def deadlines_of(cases: Collection[Case]) -> Sequence[Deadline]:
    """The deadlines of some cases, what is due first at the head, with their changes; by two statements."""
    statement = select(Deadline).where(Deadline.case_id.in_([case.id for case in cases]))
    return db.session.scalars(
        statement.order_by(Deadline.due_on, Deadline.id).options(WITH_CHANGES).limit(OF_PERSON)
    ).all()


def due_now() -> ScalarSelect[Any]:
    """The day that holds for a row of deadlines: as opened, or as the last accepted change says."""
    change, answer = aliased(DeadlineChange), aliased(DeadlineChangeAnswer)
    return (
        select(change.due_on)
        .join(answer, answer.change_id == change.id)
        .where(change.deadline_id == Deadline.id, answer.is_accepted)
        .order_by(change.id.desc())
        .limit(1)
        .correlate(Deadline)
        .scalar_subquery()
    )


def due_day() -> ColumnElement[Any]:
    return func.coalesce(due_now(), Deadline.due_on)


def unsettled() -> ColumnElement[bool]:
    """A condition on deadlines: neither done nor withdrawn."""
    met = select(DeadlineMet.deadline_id).where(DeadlineMet.deadline_id == Deadline.id).exists()
    withdrawn = select(DeadlineWithdrawal.deadline_id).where(DeadlineWithdrawal.deadline_id == Deadline.id).exists()
    return ~met & ~withdrawn


def still_open() -> Select[Any]:
    """Unsettled deadlines of cases on the register: number, case, code and the day that holds.

    For a desk to narrow by reach (join Case and Assignment as it does for its other kinds) and by day.
    """
    gone = select(Deregistration.case_id).where(Deregistration.case_id == Deadline.case_id).exists()
    return select(Deadline.id, Deadline.case_id, Deadline.code, due_day().label("due_on")).where(unsettled(), ~gone)


def is_newest() -> ColumnElement[bool]:
    """A condition on proposed days: no other was proposed for the same deadline since."""
    newer = aliased(DeadlineChange)
    later = select(newer.id).where(newer.deadline_id == DeadlineChange.deadline_id, newer.id > DeadlineChange.id)
    return ~later.exists()


def waits(actor: User) -> tuple[ColumnElement[bool], ...]:
    """Conditions on a proposed day, its deadline and its case: it waits for the actor, and none is newer."""
    return (
        ~DeadlineChange.answer.has(),
        is_newest(),
        unsettled(),
        ~Case.deregistration.has(),
        cases_within(actor, Permission.APPROVE_DEADLINES),
    )


def waiting_changes(actor: User, ids: Collection[int] | None = None) -> Sequence[DeadlineChange]:
    """The proposed days that the actor may answer, the soonest first; all of them or those of some numbers."""
    statement = (
        select(DeadlineChange)
        .join(DeadlineChange.deadline)
        .join(Deadline.case)
        .where(*waits(actor))
        .options(
            contains_eager(DeadlineChange.deadline).options(
                contains_eager(Deadline.case).options(
                    joinedload(Case.client).load_only(Client.surname, Client.given_name, Client.patronymic)
                ),
                WITH_CHANGES,
            )
        )
        .order_by(DeadlineChange.due_on, DeadlineChange.id)
        .limit(WAITING)
    )
    if ids is not None:
        statement = statement.where(DeadlineChange.id.in_(ids))
    return db.session.scalars(statement).unique().all()


def count_waiting(actor: User) -> int:
    """How many proposed days wait for the actor; exact."""
    statement = (
        select(func.count())
        .select_from(DeadlineChange)
        .join(DeadlineChange.deadline)
        .join(Deadline.case)
        .where(*waits(actor))
    )
    return db.session.scalar(statement) or 0


def late_first(deadlines: Sequence[Deadline], day: date) -> list[Deadline]:
    """What is open and late, what is open, what is settled; each in the order of its days."""
    return sorted(deadlines, key=lambda one: (one.is_settled, one.now_due >= day, one.now_due, one.id))
