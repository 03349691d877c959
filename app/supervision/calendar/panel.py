"""When a person is expected, on the page of their supervision."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.clients.cases import Case
from app.supervision.calendar.queries import AHEAD, BEHIND, rhythms_of, visits_ahead, visits_behind
from app.supervision.hours.queries import hours_of_all

TEMPLATE = "supervision/calendar/_panel.html"


def gather(cases: Sequence[Case], day: date) -> dict[str, Any]:
    """The rhythm, the visits ahead and those behind of each case, and which of them meet a closed door."""
    ahead, behind = visits_ahead(cases), visits_behind(cases)
    offices = {case.id: case.assignment.office_id for case in cases}
    hours = hours_of_all(offices.values())
    return {
        "cases": cases,
        "rhythms": {rhythm.case_id: rhythm for rhythm in rhythms_of(cases)},
        # hours or holidays may have changed since, or the case has come to another office
        "closed": {row.id for row in ahead if row.on >= day and not hours[offices[row.case_id]].is_open(row.on)},
        "ahead": {case.id: [row for row in ahead if row.case_id == case.id][:AHEAD] for case in cases},
        "behind": {case.id: [row for row in behind if row.case_id == case.id][:BEHIND] for case in cases},
    }
