"""Releases on the desk: items past their day, releases and first visits that nobody noted, handovers without an answer.

A line about a handover says only that it waits for an answer, and stands on the day of the case's officer alone.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Select, func, select

from app.access.models import User
from app.assistance.release.models import FirstVisit, Released, ReleaseDay, ReleaseDue
from app.assistance.release.queries import is_latest, is_open
from app.assistance.treatment.queries import silent_since
from app.clients.cases import Assignment
from app.desk.models import Late

Opener = Callable[..., Select[Any]]  # open cases with what is late in them (app/desk/overdue.py)


def noted_release() -> Any:
    return select(Released.id).where(Released.case_id == Assignment.case_id)


def late_items(open_cases: Opener, day: date) -> Select[Any]:
    """Plans with items past their day that nobody decided: how many, and since when."""
    return (
        open_cases(ReleaseDay.id, func.min(ReleaseDue.due_on), func.count(ReleaseDue.id))
        .join(ReleaseDay, ReleaseDay.case_id == Assignment.case_id)
        .join(ReleaseDue, ReleaseDue.day_id == ReleaseDay.id)
        .where(ReleaseDay.on >= day, ReleaseDue.due_on < day, is_latest(), is_open(), ~noted_release().exists())
        .group_by(Assignment.case_id, ReleaseDay.id)
    )


def releases_not_noted(open_cases: Opener, day: date) -> Select[Any]:
    """Expected days that have passed without a word on whether the person was released."""
    return (
        open_cases(ReleaseDay.id, ReleaseDay.on)
        .join(ReleaseDay, ReleaseDay.case_id == Assignment.case_id)
        .where(ReleaseDay.on < day, is_latest(), ~noted_release().exists())
    )


def visits_not_noted(open_cases: Opener, day: date) -> Select[Any]:
    """Releases whose last day for the first visit has passed, and nobody noted a visit."""
    visit = select(FirstVisit.id).where(FirstVisit.case_id == Assignment.case_id)
    return (
        open_cases(Released.case_id, func.max(Released.visit_by))
        .join(Released, Released.case_id == Assignment.case_id)
        .where(~visit.exists())
        .group_by(Assignment.case_id, Released.case_id)
        .having(func.max(Released.visit_by) < day)
    )


def explained_release(kind: Late, case_id: int, count: int) -> tuple[str, str, str]:
    """Why the line is there, the words of the next act, and where it leads."""
    match kind:
        case Late.RELEASE:
            why = _("The expected day of release has passed. Was the person released?")
            return why, _("Note the release"), url_for("release.note_release", case_id=case_id)
        case Late.FIRST_VISIT:
            why = _("Released, and no first visit is noted")
            return why, _("Note the first visit"), url_for("release.note_visit", case_id=case_id)
        case _:
            why = ngettext(
                "%(num)d item of the release plan has passed its date",
                "%(num)d items of the release plan have passed their dates",
                count,
            )
            return why, _("Open the plan"), url_for("release.show", case_id=case_id)


def handovers_waiting(user: User, day: date) -> list[tuple[str, str, str, date]]:
    """Own cases in which a clinic is silent: whose, the person's page, the page of the handover, since when."""
    return [
        (
            f"{row.surname} {row.given_name}",
            url_for("desk.client", client_id=row.client_id),
            url_for("treatment.show", case_id=row.id),
            row.answer_by,
        )
        for row in silent_since(user, day)
    ]
