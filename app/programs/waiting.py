"""What waits for somebody: submissions for the head of service, steps and reviews for the officer."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Date, Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.access.models import User
from app.access.policy import Permission
from app.clients.cases import Case
from app.clients.queries import AROUND_CASE
from app.clients.reach import cases_within
from app.db import db
from app.programs.models import Approval, Goal, Program, Progress, Review, Step, Submission, Version
from app.programs.vocabulary import StepState

MOST = 25  # rows of a list at a time
SETTLED = [state for state in StepState if state.is_settled]
AROUND = (joinedload(Version.program).joinedload(Program.case).options(*AROUND_CASE),)


def submissions_waiting(actor: User, after: int = 0, most: int = MOST) -> Sequence[Submission]:
    """What the actor may decide about, oldest first; ``after`` is the number of the last one on the page before."""
    statement = (
        undecided(actor)
        .where(Submission.id > after)
        .order_by(Submission.id)
        .limit(most)
        .options(joinedload(Submission.by), joinedload(Submission.version_).options(*AROUND))
    )
    return db.session.scalars(statement).unique().all()


def count_of_submissions_waiting(actor: User) -> int:
    return db.session.scalar(select(func.count()).select_from(undecided(actor).subquery())) or 0


def undecided(actor: User) -> Select[Submission]:
    return (
        select(Submission)
        .join(Submission.version_)
        .join(Version.program)
        .join(Program.case)
        .where(
            cases_within(actor, Permission.APPROVE_PROGRAM),
            ~Submission.answer.has(),
            ~Version.approval.has(),
            going_on(),
        )
    )


def steps_due(actor: User, until: date, since: date = date.min, most: int = MOST) -> Sequence[Step]:
    """Unsettled steps of versions in force that are due from a day to a day (inclusive), the most urgent first."""
    latest = (
        select(Progress.state)
        .where(Progress.thread == Step.thread)
        .order_by(Progress.id.desc())
        .limit(1)
        .correlate(Step)
        .scalar_subquery()
    )
    statement = (
        select(Step)
        .join(Step.goal)
        .join(Goal.version_)
        .join(Version.program)
        .join(Program.case)
        .where(
            cases_within(actor, Permission.VIEW_PROGRAM),
            Step.due_on.between(since, until),
            in_force(),
            going_on(),
            or_(latest.is_(None), latest.not_in(SETTLED)),
        )
        .order_by(Step.due_on, Step.id)
        .limit(most)
        .options(joinedload(Step.goal).joinedload(Goal.version_).options(*AROUND))
    )
    return db.session.scalars(statement).unique().all()


def reviews_due(actor: User, until: date, since: date = date.min, most: int = MOST) -> Sequence[tuple[Version, date]]:
    """Versions in force whose next review falls between two days (inclusive), with its day, oldest first."""
    latest = (
        select(Review.next_review_on)
        .where(Review.version_id == Version.id, Review.next_review_on.is_not(None))
        .order_by(Review.id.desc())
        .limit(1)
        .correlate(Version)
        .scalar_subquery()
    )
    due_on = func.coalesce(latest, Version.review_on, type_=Date)
    statement = (
        select(Version, due_on)
        .join(Version.program)
        .join(Program.case)
        .where(cases_within(actor, Permission.VIEW_PROGRAM), in_force(), going_on(), due_on.between(since, until))
        .order_by(due_on, Version.id)
        .limit(most)
        .options(*AROUND)
    )
    return [(version, day) for version, day in db.session.execute(statement).unique() if day]


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


def going_on() -> ColumnElement[bool]:
    """A condition on programmes: not closed, in a case that is still on the register."""
    return ~Program.closure.has() & ~Case.deregistration.has()
