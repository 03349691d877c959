"""Supervision in which something is late: a visit nobody noted, a deadline of the law, a person nobody has reached."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, and_, or_, select

from app.clients.cases import Assignment, Case, CaseStage
from app.clients.vocabulary import Stage
from app.db import days
from app.desk.late.open_cases import open_cases
from app.supervision.calendar.models import Visit
from app.supervision.calendar.statements import awaited
from app.supervision.calendar.vocabulary import VisitKind
from app.supervision.contacts.silence import is_silent, silent_since
from app.supervision.deadlines.models import Deadline
from app.supervision.deadlines.queries import due_day, unsettled
from app.supervision.norms import norm
from app.supervision.searches.queries import searched_for

SILENCE, FIRST_APPEARANCE = "silence", "first-appearance"
DAY = timedelta(days=1)


def days_of_silence(day: date) -> int:
    """After how many days without having been reached a person counts as silent, by the norm of a day."""
    return norm(SILENCE, day).count


def people_not_reached(day: date) -> Select[Any]:
    """People whom nobody has reached for longer than the norm allows.

    Who is in an institution is not looked for, and of who is searched for nobody is surprised to hear nothing.
    """
    length = days_of_silence(day)
    inside = and_(
        CaseStage.case_id == Case.id,
        CaseStage.stage == Stage.PENITENTIARY,
        CaseStage.from_on <= day,
        or_(CaseStage.to_on.is_(None), CaseStage.to_on > day),
    )
    return (
        open_cases(Case.id, days.days_after(silent_since(), length))
        .join(Case, Case.id == Assignment.case_id)
        .where(
            is_silent(day - timedelta(days=length) - DAY),
            ~select(CaseStage.id).where(inside).exists(),
            ~searched_for(Assignment.case_id),
        )
    )


def open_deadlines() -> Select[Any]:
    """Deadlines that are neither met nor withdrawn, with the day that holds.

    The first appearance stands as a visit where one is awaited, and nothing stands twice.
    """
    as_a_visit = and_(
        Deadline.kind == FIRST_APPEARANCE,
        select(Visit.id).where(Visit.case_id == Deadline.case_id, Visit.kind == VisitKind.FIRST, awaited()).exists(),
    )
    return (
        open_cases(Deadline.id, due_day().label("due_on"))
        .join(Deadline, Deadline.case_id == Assignment.case_id)
        .where(unsettled(), ~as_a_visit)
    )


def late_deadlines(day: date) -> Select[Any]:
    return open_deadlines().where(due_day() < day)


def deadlines_between(first: date, last: date) -> Select[Any]:
    """Deadlines that fall due from a day up to and with another."""
    return open_deadlines().where(due_day().between(first, last))
