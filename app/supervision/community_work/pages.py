"""What the pages show of an order: its months, and what is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select

from app.clients.cases import Case
from app.supervision.community_work.days import Days, days_known, first_of
from app.supervision.community_work.models import WorkDay, WorkOrder, WorkTimesheet
from app.supervision.community_work.queries import orders_of, rows_of, timesheets_missing, timesheets_of
from app.supervision.community_work.working import changed_since
from app.supervision.norms import norm
from app.supervision.norms.values import Limit, MonthEnd
from app.web.months import months_after


@dataclass(frozen=True, slots=True)
class Month:
    """A month of an order: its days, when its timesheet is due, and how it was reported."""

    first: date
    days: Days
    due_on: date
    reports: tuple[WorkTimesheet, ...]  # the latest first
    is_changed: bool  # since the latest report
    absences_allowed: int

    @property
    def has_too_many_absences(self) -> bool:
        return len(self.days.absences) > self.absences_allowed

    def is_late_on(self, day: date) -> bool:
        return not self.reports and self.due_on < day


@dataclass(frozen=True, slots=True)
class OfOrder:
    """An order: what was worked, what is left, and its months, the newest first."""

    order: WorkOrder
    days: Days
    months: tuple[Month, ...]

    @property
    def left(self) -> int:
        return max(self.order.minutes - self.days.minutes, 0)

    @property
    def goes_on(self) -> bool:
        return self.order.ending is None and self.order.case.is_open

    def month(self, first: date) -> Month | None:
        return next((one for one in self.months if one.first == first), None)


def order_pages(orders: Sequence[WorkOrder]) -> list[OfOrder]:
    """Some orders with their months, by two statements however many there are."""
    numbers = [order.id for order in orders]
    rows, reports = (rows_of(numbers), timesheets_of(numbers)) if numbers else ({}, {})
    return [order_page(order, rows[order.id], reports[order.id]) for order in orders]


def order_page(order: WorkOrder, rows: list[WorkDay], reports: list[WorkTimesheet]) -> OfOrder:
    """An order with its months, from everything noted of its days and every report."""
    days = days_known(rows)
    months = sorted({*days.months, *(report.month for report in reports)}, reverse=True)
    return OfOrder(
        order,
        days,
        tuple(month_of(first, days, rows, tuple(one for one in reports if one.month == first)) for first in months),
    )


def month_of(first: date, days: Days, rows: list[WorkDay], reports: tuple[WorkTimesheet, ...]) -> Month:
    return Month(
        first=first,
        days=days.of_month(first),
        due_on=timesheet_due(first),
        reports=reports,
        is_changed=bool(reports) and changed_since(rows, first, reports[0]),
        absences_allowed=absences_allowed(first),
    )


def timesheet_due(month: date) -> date:
    """The day by which the timesheet of a month is to come. Raises TypeError when the norm sets none."""
    value = norm("timesheet-due", month).value
    if not isinstance(value, MonthEnd):
        raise TypeError("timesheet-due sets no end of a month")
    return value.after(month)


def timesheets_late(day: date) -> Select[Any]:
    """Open cases with days noted in the last month whose timesheet should be here by a day, and is not.

    Columns: case, order, last day, one; joined are Assignment (the one that goes on) and WorkOrder.
    """
    month = first_of(day)
    if timesheet_due(month) >= day:
        month = months_after(month, -1)
    return timesheets_missing(month, timesheet_due(month))


def absences_allowed(month: date) -> int:
    """How many absences in a month are not yet evasion. Raises TypeError when the norm sets no limit."""
    value = norm("absences-limit", month).value
    if not isinstance(value, Limit):
        raise TypeError("absences-limit sets no limit")
    return value.most


def month_in(text: str) -> date | None:
    """The first day of a month written 2026-11; None for anything else."""
    try:
        return first_of(date.fromisoformat(f"{text}-01")) if len(text) == len("2026-11") else None
    except ValueError:
        return None


TEMPLATE = "supervision/community_work/_panel.html"


def gather(cases: Sequence[Case], day: date) -> dict[str, Any]:
    """For the supervision page: the orders of a person, and the cases in which one may be noted."""
    shown = order_pages(orders_of(cases))
    busy = {one.order.case_id for one in shown if one.goes_on and one.left}
    bases = norm("work-hours-day", day).applies.bases
    free = [case for case in cases if case.is_open and case.id not in busy]
    return {"orders": shown, "cases": free, "is_expected": any(case.legal_basis in bases for case in free)}
