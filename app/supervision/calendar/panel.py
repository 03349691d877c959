"""When a person is expected, on the page of their supervision."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.clients.cases import Case
from app.supervision.calendar.queries import AHEAD, BEHIND, rhythms_of, visits_ahead, visits_behind

TEMPLATE = "visits/_panel.html"


def gather(cases: Sequence[Case], day: date) -> dict[str, Any]:
    """The rhythm, the visits ahead and those behind of each case."""
    ahead, behind = visits_ahead(cases), visits_behind(cases)
    return {
        "cases": cases,
        "rhythms": {rhythm.case_id: rhythm for rhythm in rhythms_of(cases)},
        "ahead": {case.id: [row for row in ahead if row.case_id == case.id][:AHEAD] for case in cases},
        "behind": {case.id: [row for row in behind if row.case_id == case.id][:BEHIND] for case in cases},
    }
