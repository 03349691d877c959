"""Deadlines of cases, and days that a changed norm proposes."""

from datetime import date
from typing import Any

from app.clients.cases import Case
from app.clock import now
from app.supervision.deadlines.models import Deadline, DeadlineChange
from tests.factories.people import make_case
from tests.factories.saving import saved


def make_deadline(case: Case | None = None, **facts: Any) -> Deadline:
    """A first appearance that is due on 1 December 2026, unless the test says otherwise."""
    case = case or make_case()
    defaults = {
        "case_id": case.id, "code": "first-appearance", "kind": "first-appearance", "since": date(2026, 11, 21),
        "due_on": date(2026, 12, 1), "norm_from": date(2015, 1, 1), "opened_at": now(),
    }  # fmt: skip
    return saved(Deadline(**defaults | facts))


def make_change(deadline: Deadline | None = None, **facts: Any) -> DeadlineChange:
    """Another day that the norms of today give, five days later."""
    deadline = deadline or make_deadline()
    defaults = {
        "deadline": deadline, "since": deadline.since, "due_on": date(2026, 12, 6), "norm_from": date(2026, 11, 1),
        "found_at": now(),
    }  # fmt: skip
    return saved(DeadlineChange(**defaults | facts))
