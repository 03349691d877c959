"""The goals of a case's approved programme that volunteers and mentors help with."""

from collections.abc import Iterable

from sqlalchemy import exists, select

from app.db import db
from app.programs.models import Approval, Goal, Program, Version
from app.programs.wording import goal_in_words


def current_goals(case_id: int) -> list[tuple[str, str]]:
    """Thread and words of each goal of the case's approved programme, in its latest approved version."""
    latest = (
        select(Version.id)
        .join(Version.program)
        .join(Version.approval)
        .where(Program.case_id == case_id, ~Program.closure.has())
        .order_by(Program.id.desc(), Version.ordinal.desc())
        .limit(1)
        .scalar_subquery()
    )
    goals = db.session.scalars(select(Goal).where(Goal.version_id == latest).order_by(Goal.ordinal))
    return [(goal.thread, goal_in_words(goal)) for goal in goals]


def current_program_id(case_id: int) -> int | None:
    """The case's programme that has an approved version and goes on."""
    statement = (
        select(Program.id)
        .where(Program.case_id == case_id, ~Program.closure.has())
        .where(exists().where(Version.program_id == Program.id, Approval.version_id == Version.id))
    )
    return db.session.scalar(statement.order_by(Program.id.desc()).limit(1))


def words_of_goals(threads: Iterable[str]) -> dict[str, str]:
    """The words of goals as they were approved last, by thread; also of those that later versions dropped."""
    statement = (
        select(Goal)
        .join(Goal.version_)
        .join(Version.approval)
        .where(Goal.thread.in_(set(threads)))
        .order_by(Version.ordinal)
    )
    return {goal.thread: goal_in_words(goal) for goal in db.session.scalars(statement)}
