"""Finding community work, never beyond the actor's reach."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, literal, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from app.access.models import User
from app.access.policy import Permission
from app.clients.cases import Assignment, Case
from app.clients.queries import AROUND_CASE
from app.clients.reach import GONE, cases_within
from app.db import db, one_or_404
from app.supervision.community_work.models import WorkDay, WorkOrder, WorkOrderEnding, WorkPlacement, WorkTimesheet
from app.supervision.community_work.vocabulary import DayKind
from app.web.months import months_after

ORDERS = 10  # of a person, at once
WHOLE = (
    selectinload(WorkOrder.placements).joinedload(WorkPlacement.by),
    joinedload(WorkOrder.ending).joinedload(WorkOrderEnding.by),
    joinedload(WorkOrder.by),
)


def get_order(actor: User, permission: Permission, work_order_id: int, work_month: str = "") -> WorkOrder:
    """An order of a case within reach; otherwise 404. A month narrows nothing."""
    return one_or_404(
        select(WorkOrder)
        .join(WorkOrder.case)
        .where(WorkOrder.id == work_order_id, cases_within(actor, permission))
        .options(contains_eager(WorkOrder.case).options(*AROUND_CASE), *WHOLE)
    )


def get_day(actor: User, permission: Permission, work_day_id: int) -> WorkDay:
    """What was noted of a day, in a case within reach; otherwise 404."""
    about = contains_eager(WorkDay.order)
    return one_or_404(
        select(WorkDay)
        .join(WorkDay.order)
        .join(WorkOrder.case)
        .where(WorkDay.id == work_day_id, cases_within(actor, permission))
        .options(about.contains_eager(WorkOrder.case).options(*AROUND_CASE), about.options(*WHOLE))
    )


def get_timesheet(
    actor: User, permission: Permission, timesheet_id: int, work_paper: str = "", language: str = ""
) -> WorkTimesheet:
    """A reported month of a case within reach; otherwise 404. A paper and a language narrow nothing."""
    return one_or_404(whole_timesheet(timesheet_id).join(WorkTimesheet.case).where(cases_within(actor, permission)))


def whole_timesheet(timesheet_id: int) -> Select[Any]:
    return (
        select(WorkTimesheet)
        .where(WorkTimesheet.id == timesheet_id)
        .options(
            joinedload(WorkTimesheet.case).options(*AROUND_CASE),
            joinedload(WorkTimesheet.order).options(*WHOLE),
            joinedload(WorkTimesheet.by),
        )
    )


def orders_of(cases: Collection[Case]) -> Sequence[WorkOrder]:
    """The orders in some cases, the newest first."""
    statement = select(WorkOrder).where(WorkOrder.case_id.in_([case.id for case in cases])).options(*WHOLE)
    return db.session.scalars(statement.order_by(WorkOrder.id.desc()).limit(ORDERS)).unique().all()


def rows_of(orders: Collection[int]) -> dict[int, list[WorkDay]]:
    """Everything noted of the days of some orders, by order."""
    found: dict[int, list[WorkDay]] = {number: [] for number in orders}
    statement = select(WorkDay).where(WorkDay.order_id.in_(orders)).options(joinedload(WorkDay.by))
    for row in db.session.scalars(statement.order_by(WorkDay.on, WorkDay.ordinal)):
        found[row.order_id].append(row)
    return found


def timesheets_of(orders: Collection[int]) -> dict[int, list[WorkTimesheet]]:
    """The months of some orders that were reported, by order: the newest month first, of each the latest report."""
    found: dict[int, list[WorkTimesheet]] = {number: [] for number in orders}
    statement = select(WorkTimesheet).where(WorkTimesheet.order_id.in_(orders)).options(joinedload(WorkTimesheet.by))
    newest = statement.order_by(WorkTimesheet.month.desc(), WorkTimesheet.ordinal.desc())
    for row in db.session.scalars(newest).unique():
        found[row.order_id].append(row)
    return found


def absences_in(case: Case, month: date) -> list[date]:
    """The days of the month that begins on a day on which the person stayed away without a valid reason."""
    later = aliased(WorkDay)
    is_later = (later.order_id == WorkDay.order_id) & (later.on == WorkDay.on) & (later.ordinal > WorkDay.ordinal)
    statement = (
        select(WorkDay.on)
        .join(WorkOrder, WorkOrder.id == WorkDay.order_id)
        .where(
            WorkOrder.case_id == case.id,
            WorkDay.kind == DayKind.ABSENT,
            WorkDay.on >= month,
            WorkDay.on < months_after(month, 1),
            ~select(later.id).where(is_later).exists(),
        )
        .order_by(WorkDay.on)
    )
    return list(db.session.scalars(statement))


def timesheets_missing(month: date, due_on: date) -> Select[Any]:
    """Open cases with days noted in a month whose timesheet was not received; ``due_on`` is its last day.

    Columns: case, order, last day, one; joined are Assignment (the one that goes on) and WorkOrder.
    """
    later = aliased(WorkDay)
    is_later = (later.order_id == WorkDay.order_id) & (later.on == WorkDay.on) & (later.ordinal > WorkDay.ordinal)
    noted = select(WorkDay.id).where(
        WorkDay.order_id == WorkOrder.id, WorkDay.on >= month, WorkDay.on < months_after(month, 1),
        WorkDay.kind != DayKind.TAKEN_BACK, ~select(later.id).where(is_later).exists(),
    )  # fmt: skip
    received = select(WorkTimesheet.id).where(WorkTimesheet.order_id == WorkOrder.id, WorkTimesheet.month == month)
    line: tuple[Any, ...] = (Assignment.case_id, WorkOrder.id, literal(due_on), literal(1))
    return (
        select(*line)
        .select_from(Assignment)
        .join(WorkOrder, WorkOrder.case_id == Assignment.case_id)
        .where(Assignment.to_at.is_(None), ~GONE, noted.exists(), ~received.exists())
    )
