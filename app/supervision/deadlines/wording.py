"""Deadlines in words: each explains itself in one sentence."""

from datetime import date

from app.supervision.deadlines.models import Deadline, DeadlineChange
from app.supervision.norms import NoNorm, Norm, norm, norms
from app.supervision.norms.wording import why_due


def norm_of(code: str, valid_from: date) -> Norm | None:
    """The norm that was used: of a code, valid from a day; the newest of the code where the file has it no more."""
    known = [one for one in norms() if one.code == code]
    try:
        return next((one for one in known if one.valid_from == valid_from), None) or norm(code, valid_from)
    except NoNorm:
        return known[-1] if known else None


def why(deadline: Deadline) -> str:
    """Why the day that holds is due: “10 days from the entry into force on 4 March 2026 (…, article 21): 14 March”."""
    found = norm_of(deadline.code, deadline.norm_now_from)
    return why_due(found, deadline.now_since, deadline.now_due) if found else deadline.code


def why_then(change: DeadlineChange) -> str:
    """Why a proposed day would be due."""
    found = norm_of(change.deadline.code, change.norm_from)
    return why_due(found, change.since, change.due_on) if found else change.deadline.code
