"""Releases in which something is late: items of the plan, the release itself, the first visit after it."""

from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from app.assistance.release.models import FirstVisit, Released, ReleaseDay, ReleaseDue
from app.assistance.release.queries import is_latest, is_open
from app.clients.cases import Assignment
from app.desk.late.open_cases import open_cases


def noted_release() -> Any:
    return select(Released.id).where(Released.case_id == Assignment.case_id)


def late_items(day: date) -> Select[Any]:
    """Plans with items past their day that nobody decided: how many, and since when."""
    return (
        open_cases(ReleaseDay.id, func.min(ReleaseDue.due_on), func.count(ReleaseDue.id))
        .join(ReleaseDay, ReleaseDay.case_id == Assignment.case_id)
        .join(ReleaseDue, ReleaseDue.day_id == ReleaseDay.id)
        .where(ReleaseDay.on >= day, ReleaseDue.due_on < day, is_latest(), is_open(), ~noted_release().exists())
        .group_by(Assignment.case_id, ReleaseDay.id)
    )


def releases_not_noted(day: date) -> Select[Any]:
    """Expected days that have passed without a word on whether the person was released."""
    return (
        open_cases(ReleaseDay.id, ReleaseDay.on)
        .join(ReleaseDay, ReleaseDay.case_id == Assignment.case_id)
        .where(ReleaseDay.on < day, is_latest(), ~noted_release().exists())
    )


def visits_not_noted(day: date) -> Select[Any]:
    """Releases whose last day for the first visit has passed, and nobody noted a visit."""
    visit = select(FirstVisit.id).where(FirstVisit.case_id == Assignment.case_id)
    return (
        open_cases(Released.case_id, func.max(Released.visit_by))
        .join(Released, Released.case_id == Assignment.case_id)
        .where(~visit.exists())
        .group_by(Assignment.case_id, Released.case_id)
        .having(func.max(Released.visit_by) < day)
    )
