"""Build orders of community work, their days and reported months; name only what the test is about."""

from datetime import date
from typing import Any

from app.clients.cases import Case
from app.clock import now, today
from app.db import db
from app.supervision.community_work.models import WorkDay, WorkOrder, WorkTimesheet
from app.supervision.community_work.vocabulary import DayKind
from app.supervision.community_work.working import Ordered, Placed, Reported, Told, note_day, order_work, report_month
from tests.factories.people import make_case

HOUR = 60  # minutes


def make_order(case: Case | None = None, from_on: date = date(2026, 11, 2), **facts: Any) -> WorkOrder:
    """100 hours in the park, since early November, for somebody who works elsewhere."""
    case = case or make_case()
    placed = {"place": "Park of the first president", "is_idle": False, "overseer": "Омаров Н."}
    placed |= {name: facts.pop(name) for name in ("place", "is_idle", "overseer") if name in facts}
    ordered = {"hours": 100, "ordered_on": min(from_on, today()), "act_number": "17-k"} | facts
    by = case.assignment.officer
    order = order_work(case, Ordered(placed=Placed(from_on, **placed), **ordered), by, today(), now())
    db.session.commit()
    return order


def work(order: WorkOrder, on: date, hours: float = 4, kind: DayKind = DayKind.WORKED, **facts: Any) -> WorkDay:
    """A day of so many hours, or of an absence."""
    minutes = int(hours * HOUR) if kind is DayKind.WORKED else 0
    words = "A note of the clinic" if kind is DayKind.VALID_REASON else None
    day = note_day(order, Told(on, kind, minutes, facts.get("words", words)), order.by, today(), now())
    db.session.commit()
    return day


def make_timesheet(order: WorkOrder | None = None, month: date = date(2026, 11, 1)) -> WorkTimesheet:
    """November, reported today; with one day worked where nothing is noted yet."""
    if order is None:
        order = make_order()
        work(order, date(2026, 11, 3))
    timesheet = report_month(order, Reported(month, today()), order.by, today(), now())
    db.session.commit()
    return timesheet
