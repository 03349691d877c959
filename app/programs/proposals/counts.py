"""What became of the proposals of every rule, counted by the database in one statement."""

from typing import Any

from sqlalchemy import CompoundSelect, Integer, Select, case, cast, exists, func, select, union

from app.db import db
from app.programs.models import Approval, Declined, GoalClosure, GoalProgress, Proposal, Version
from app.programs.proposals.use import Counted
from app.programs.vocabulary import GoalOutcome, GoalState


def counted() -> dict[str, Counted]:
    """By rule. The unit is a programme: what was proposed in several of its signed versions counts once."""
    of_program = in_programs().subquery()
    achieved = threads_achieved().subquery()
    is_achieved = case((of_program.c.thread.in_(select(achieved.c.thread)), 1), else_=0)
    declined = case((of_program.c.taken == 0, of_program.c.declined), else_=0)
    statement = select(
        of_program.c.rule,
        func.count(),
        func.sum(of_program.c.taken),
        func.sum(of_program.c.changed),
        func.sum(declined),
        func.sum(is_achieved),
    ).group_by(of_program.c.rule)
    return {row[0]: Counted(row[0], *(int(number) for number in row[1:])) for row in db.session.execute(statement)}


def in_programs() -> Select[str, int, str | None, Any, int, Any]:
    """A row for every rule that was proposed in a programme, with what became of it in any signed version."""
    refused = exists().where(Declined.version_id == Proposal.version_id, Declined.rule == Proposal.rule)
    return (
        select(
            Proposal.rule.label("rule"),
            Version.program_id.label("program_id"),
            func.max(Proposal.goal_thread).label("thread"),
            func.max(case((Proposal.goal_thread.is_not(None), 1), else_=0)).label("taken"),
            func.max(cast(Proposal.is_changed, Integer)).label("changed"),
            func.max(case((refused, 1), else_=0)).label("declined"),
        )
        .join(Proposal.version_)
        .join(Approval, Approval.version_id == Version.id)
        .group_by(Proposal.rule, Version.program_id)
    )


def threads_achieved() -> CompoundSelect[tuple[str]]:
    """The goals of which the latest word is that they are achieved, or that ended so with their programme."""
    latest = select(func.max(GoalProgress.id)).group_by(GoalProgress.thread)
    said = select(GoalProgress.thread).where(GoalProgress.id.in_(latest), GoalProgress.state == GoalState.ACHIEVED)
    ended = select(GoalClosure.thread).where(GoalClosure.outcome == GoalOutcome.ACHIEVED)
    return union(said, ended)
