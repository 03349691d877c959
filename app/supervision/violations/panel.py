"""What a person's supervision page shows of violations: what is proposed and why, what was recorded and answered."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.clients.cases import Case
from app.supervision.norms import NoNorm, norm
from app.supervision.violations.catalogue import missed_visit_of
from app.supervision.violations.dossier import dossier_of, facts_of, missing_since, proposals_for

TEMPLATE = "supervision/violations/_panel.html"
LINES = 10


def gather(cases: Sequence[Case], day: date) -> dict[str, Any]:
    known = dossier_of(cases)
    going_on = [case for case in cases if case.is_open]
    bound = {case.id for case in going_on if missed_visit_of(case.legal_basis)}
    return {
        "cases": going_on,
        "known": known,
        "proposals": [(case, one) for case in going_on for one in proposals_for(case, known, day)],
        "offered": [visit for visit in known.offered if visit.case_id in bound],
        "absences": [day for day in known.offered_days if any(day.order.case_id == case.id for case in going_on)],
        "missing": [(case, since, days_left(case, since, day)) for case in going_on if (since := gone(case, known))],
        "violations": [(one, known.standing_of(one)) for one in known.violations[:LINES]],
        "answers": known.answers[:LINES],
        "searches": known.searches[:LINES],
    }


def gone(case: Case, known: Any) -> date | None:
    """Since when nobody has reached the person after a missed registration, while nobody searches."""
    return None if known.search_in(case) else missing_since(case, known)


def days_left(case: Case, since: date, day: date) -> tuple[int, int] | None:
    """Which day it is since the missed registration, and after how many it is hiding."""
    try:
        return (day - since).days, norm("hiding-days", day, facts_of(case, day)).count
    except NoNorm:
        return None
