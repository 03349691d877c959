"""What a person's supervision page shows of deadlines."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.clients.cases import Case
from app.supervision.deadlines.queries import deadlines_of, late_first

TEMPLATE = "supervision/deadlines/_panel.html"


def gather(cases: Sequence[Case], day: date) -> dict[str, Any]:
    """What is due first, what was done last; and the cases in which another deadline may be opened."""
    rows = late_first(deadlines_of(cases), day)
    return {
        "cases": [case for case in cases if case.is_open],
        "open": [row for row in rows if not row.is_settled],
        "settled": [row for row in rows if row.is_settled],
    }
