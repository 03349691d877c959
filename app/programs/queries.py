"""Finding programmes and their parts, never beyond the actor's reach, with everything that their pages show."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from app.access.models import User
from app.access.policy import Permission
from app.assessments.models import Assessment, Completion
from app.clients.cases import Case
from app.clients.models import Client
from app.clients.queries import AROUND_CASE
from app.clients.reach import cases_within
from app.db import db, one_or_404
from app.printing.models import IssuedPaper
from app.printing.vocabulary import PaperKind
from app.programs.models import (
    Agreement,
    Approval,
    Closure,
    Goal,
    GoalProgress,
    Program,
    Progress,
    Removal,
    Return,
    Review,
    Step,
    Submission,
    TakingBack,
    Version,
)

AROUND_VERSIONS = (
    joinedload(Program.closure).joinedload(Closure.by),
    selectinload(Program.versions).options(
        joinedload(Version.approval), selectinload(Version.submissions).joinedload(Submission.answer)
    ),
)
AROUND_PROGRAM = (
    joinedload(Program.case).options(*AROUND_CASE),
    joinedload(Program.grew_from).joinedload(Program.case),
    joinedload(Program.grew_into).joinedload(Program.case),
    *AROUND_VERSIONS,
)
INSIDE_VERSION = (
    selectinload(Version.goals).options(
        selectinload(Goal.steps), joinedload(Goal.need), selectinload(Goal.areas), selectinload(Goal.strengths)
    ),
    selectinload(Version.declined),
    selectinload(Version.removals).options(
        joinedload(Removal.by), joinedload(Removal.taken_back).joinedload(TakingBack.by)
    ),
    joinedload(Version.agreement).joinedload(Agreement.by),
    joinedload(Version.drafted_by),
    joinedload(Version.approval).joinedload(Approval.by),
    selectinload(Version.submissions).options(
        joinedload(Submission.by), joinedload(Submission.answer).joinedload(Return.by)
    ),
    selectinload(Version.reviews).joinedload(Review.by),
    joinedload(Version.assessment).options(
        selectinload(Assessment.needs), selectinload(Assessment.notes), joinedload(Assessment.completion)
    ),
)

MOST_EARLIER = 5  # programmes offered to go on from
Said = TypeVar("Said", Progress, GoalProgress)


def get_program(actor: User, permission: Permission, program_id: int, language: str = "") -> Program:
    """A programme within reach, with its versions and how they stand; otherwise 404. The language narrows nothing."""
    return one_or_404(
        select(Program)
        .join(Program.case)
        .where(Program.id == program_id, cases_within(actor, permission))
        .options(*AROUND_PROGRAM)
    )


def get_version(actor: User, permission: Permission, version_id: int, language: str = "") -> Version:
    """A version within reach, with goals, steps and history; otherwise 404. The sheet's language narrows nothing."""
    return one_or_404(versions_within(actor, permission).where(Version.id == version_id))


def get_goal(actor: User, permission: Permission, goal_id: int) -> Goal:
    """A goal within reach, inside its whole version; otherwise 404."""
    version = one_or_404(versions_within(actor, permission).where(Version.goals.any(Goal.id == goal_id)))
    return next(goal for goal in version.goals if goal.id == goal_id)


def get_step(actor: User, permission: Permission, step_id: int) -> Step:
    """A step within reach, inside its whole version; otherwise 404."""
    inside = Version.goals.any(Goal.steps.any(Step.id == step_id))
    version = one_or_404(versions_within(actor, permission).where(inside))
    return next(step for goal in version.goals for step in goal.steps if step.id == step_id)


def get_removal(actor: User, permission: Permission, removal_id: int) -> Removal:
    """A removed goal within reach, inside its whole version; otherwise 404."""
    version = one_or_404(versions_within(actor, permission).where(Version.removals.any(Removal.id == removal_id)))
    return next(row for row in version.removals if row.id == removal_id)


def versions_within(actor: User, permission: Permission) -> Select[Version]:
    return (
        select(Version)
        .join(Version.program)
        .join(Program.case)
        .where(cases_within(actor, permission))
        .options(joinedload(Version.program).options(*AROUND_PROGRAM), *INSIDE_VERSION)
    )


def of_client(client: Client) -> Sequence[Program]:
    """All programmes of a person, newest first, with their versions and how they stand."""
    statement = (
        select(Program)
        .join(Program.case)
        .where(Case.client_id == client.id)
        .order_by(Program.id.desc())
        .options(joinedload(Program.case), *AROUND_VERSIONS)
    )
    return db.session.scalars(statement).unique().all()


def open_program_of(case: Case) -> Program | None:
    """The programme of a case that is not closed; there is at most one. Holds the case, so that no second slips in."""
    db.session.execute(select(Case.id).where(Case.id == case.id).with_for_update())
    return db.session.scalar(
        select(Program).where(Program.case_id == case.id, ~Program.closure.has()).order_by(Program.id.desc()).limit(1)
    )


def latest_assessment(case: Case) -> Assessment | None:
    """The assessment of a case that was completed last, with its needs in order."""
    return db.session.scalar(
        select(Assessment)
        .join(Assessment.completion)
        .where(Assessment.case_id == case.id)
        .order_by(Completion.on.desc(), Assessment.id.desc())
        .limit(1)
        .options(joinedload(Assessment.completion), selectinload(Assessment.needs), selectinload(Assessment.notes))
    )


def approved_version_of(program: Program) -> Version | None:
    """The version in force with everything inside it; None before the first approval."""
    if program.in_force is None:
        return None
    statement = select(Version).where(Version.id == program.in_force.id).options(*INSIDE_VERSION)
    return db.session.scalars(statement).unique().one()


def progress_of(program: Program) -> dict[str, list[Progress]]:
    """What was said about the steps of a programme, by the step's thread, oldest first.

    Steps that came from an earlier programme bring along what was said there.
    """
    threads = select(Step.thread).join(Step.goal).join(Goal.version_).where(Version.program_id == program.id)
    statement = select(Progress).where(Progress.thread.in_(threads)).order_by(Progress.id)
    return by_thread(db.session.scalars(statement.options(joinedload(Progress.by))))


def said_of_goals(program: Program) -> dict[str, list[GoalProgress]]:
    """The same of its goals: achieved, and taken up again."""
    threads = select(Goal.thread).join(Goal.version_).where(Version.program_id == program.id)
    statement = select(GoalProgress).where(GoalProgress.thread.in_(threads)).order_by(GoalProgress.id)
    return by_thread(db.session.scalars(statement.options(joinedload(GoalProgress.by))))


def by_thread(rows: Iterable[Said]) -> dict[str, list[Said]]:
    found: defaultdict[str, list[Said]] = defaultdict(list)
    for row in rows:
        found[row.thread].append(row)
    return dict(found)


def sheets_of(version: Version) -> Sequence[IssuedPaper]:
    """The sheets issued for a version, without their bytes, by language."""
    of_version = (IssuedPaper.kind == PaperKind.PROGRAM, IssuedPaper.record_id == version.id)
    statement = select(IssuedPaper).where(*of_version).order_by(IssuedPaper.language)
    return db.session.scalars(statement.options(joinedload(IssuedPaper.issued_by))).all()


def whole_version(version: Version) -> Version:
    """The same version with everything inside it."""
    return db.session.scalars(select(Version).where(Version.id == version.id).options(*INSIDE_VERSION)).unique().one()


def earlier_programs(actor: User, case: Case) -> Sequence[Program]:
    """The person's latest programmes from which one in the case might go on, within the actor's reach to edit them."""
    statement = (
        select(Program)
        .join(Program.case)
        .where(Case.client_id == case.client_id, cases_within(actor, Permission.EDIT_PROGRAM))
        .order_by(Program.closure.has(), Program.id.desc())
        .limit(MOST_EARLIER)
        .options(*AROUND_PROGRAM)
    )
    return db.session.scalars(statement).unique().all()


def versions_of(programs: Iterable[Program]) -> Sequence[Version]:
    """Every version of the programmes with everything inside, in the order in which they were drafted."""
    statement = (
        select(Version)
        .where(Version.program_id.in_([program.id for program in programs]))
        .order_by(Version.drafted_at, Version.id)
        .options(joinedload(Version.program), *INSIDE_VERSION)
    )
    return db.session.scalars(statement).unique().all()
