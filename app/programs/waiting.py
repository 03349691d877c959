"""What waits for somebody: submissions for the head of service; returned drafts and steps for the officer."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.access.models import User
from app.access.policy import Permission, Reach, reach
from app.clients.cases import Assignment
from app.clients.queries import NAMED
from app.clients.reach import GONE, held_within, whose
from app.db import db
from app.programs.models import Approval, Goal, Program, Progress, Return, Step, Submission, Version
from app.programs.vocabulary import Phase, StepState

MOST = 25  # rows of a list at a time
SETTLED = [state for state in StepState if state.is_settled]

# What a line shows of a programme: whose it is.
NAMED_PROGRAM = (joinedload(Program.case).options(*NAMED),)


def submissions_waiting(actor: User, after: int = 0, most: int = MOST) -> Sequence[Submission]:
    """What the actor may decide about, oldest first; ``after`` is the number of the last one on the page before."""
    statement = (
        undecided(reach(actor, Permission.APPROVE_PROGRAM))
        .where(Submission.id > after)
        .order_by(Submission.id)
        .limit(most)
        .options(
            selectinload(Submission.by),
            selectinload(Submission.version_).options(
                joinedload(Version.agreement), joinedload(Version.program).options(*NAMED_PROGRAM)
            ),
        )
    )
    return db.session.scalars(statement, whose(actor)).all()


def count_of_submissions_waiting(actor: User) -> int:
    found = undecided(reach(actor, Permission.APPROVE_PROGRAM)).subquery()
    return db.session.scalar(select(func.count()).select_from(found), whose(actor)) or 0


def undecided(extent: Reach | None) -> Select[Submission]:
    return (
        select(Submission)
        .select_from(Assignment)
        .join(Program, Program.case_id == Assignment.case_id)
        .join(Version, Version.program_id == Program.id)
        .join(Submission, Submission.version_id == Version.id)
        .where(
            held_within(extent),
            ~Submission.answer.has(),
            ~Version.approval.has(),
            ~Program.closure.has(),
            ~GONE,
        )
    )


@cache
def steps_within(extent: Reach | None) -> Select[Step]:
    latest = (
        select(Progress.state)
        .where(Progress.thread == Step.thread)
        .order_by(Progress.id.desc())
        .limit(1)
        .correlate(Step)
        .scalar_subquery()
    )
    return (
        select(Step)
        .select_from(Assignment)
        .join(Program, Program.case_id == Assignment.case_id)
        .join(Version, Version.program_id == Program.id)
        .join(Goal, Goal.version_id == Version.id)
        .join(Step, Step.goal_id == Goal.id)
        .where(
            held_within(extent),
            Goal.phase == Phase.ACTIVE,
            Step.due_on.between(bindparam("since"), bindparam("until")),
            in_force(),
            ~Program.closure.has(),
            ~GONE,
            or_(latest.is_(None), latest.not_in(SETTLED)),
        )
        .order_by(Step.due_on, Step.id)
        .limit(bindparam("most"))
        .options(
            selectinload(Step.goal)
            .joinedload(Goal.version_)
            .options(joinedload(Version.program).options(*NAMED_PROGRAM))
        )
    )


def steps_due(actor: User, until: date, since: date = date.min, most: int = MOST) -> Sequence[Step]:
    """Unsettled steps of versions in force that are due from a day to a day (inclusive), the most urgent first."""
    statement = steps_within(reach(actor, Permission.VIEW_PROGRAM))
    return db.session.scalars(statement, whose(actor) | {"since": since, "until": until, "most": most}).all()


def in_force() -> ColumnElement[bool]:
    """A condition on versions: approved, and no later one is."""
    later = aliased(Version)
    replaced = (
        select(later.id)
        .join(Approval, Approval.version_id == later.id)
        .where(later.program_id == Version.program_id, later.ordinal > Version.ordinal)
        .correlate(Version)
        .exists()
    )
    return Version.approval.has() & ~replaced


@cache
def returned_within(extent: Reach | None) -> Select[Version]:
    newer = aliased(Submission)
    return (
        select(Version)
        .select_from(Assignment)
        .join(Program, Program.case_id == Assignment.case_id)
        .join(Version, Version.program_id == Program.id)
        .join(Submission, Submission.version_id == Version.id)
        .join(Return, Return.submission_id == Submission.id)
        .where(
            held_within(extent),
            ~Version.approval.has(),
            ~Program.closure.has(),
            ~select(newer.id).where(newer.version_id == Version.id, newer.id > Submission.id).exists(),
        )
        .options(
            selectinload(Version.program).options(*NAMED_PROGRAM),
            selectinload(Version.submissions).joinedload(Submission.answer),
        )
        .order_by(Version.id)
        .limit(bindparam("most"))
    )


def returned_to(actor: User, most: int = MOST) -> list[Version]:
    """Versions that the head of service returned and that still wait to be submitted again."""
    statement = returned_within(reach(actor, Permission.EDIT_PROGRAM))
    return list(db.session.scalars(statement, whose(actor) | {"most": most}))
