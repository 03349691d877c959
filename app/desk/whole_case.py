"""A person's cases at a glance: the latest assessment, the programme in force, the sessions, by one statement each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, select
from sqlalchemy.orm import contains_eager, selectinload

from app.assessments.due.falling import Due
from app.assessments.due.standings import dues
from app.assessments.models import Assessment, Completion
from app.assistance.models import Referral
from app.assistance.referrals.queries import open_in as open_referrals_in
from app.clients.cases import Case
from app.db import db
from app.programs.models import Goal, Program, Progress, Submission, Version
from app.programs.vocabulary import StepState
from app.programs.wording import step_in_words
from app.sessions.models import Confirmation, Match, Session
from app.signals.models import Signal
from app.signals.queries import open_in

OPEN_STEPS = 5


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step of the programme that still has to be done."""

    text: str
    doer: str
    due_on: date
    state: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What an officer wants to see first."""

    assessment: Assessment | None
    version: Version | None  # the approved one in force
    draft: Version | None  # one that is newer and not yet approved
    next_steps: tuple[NextStep, ...]
    steps_done: int
    steps: int
    sessions: int
    minutes: int
    due: Due | None  # when the next assessment is due, and why
    signals: tuple[Signal, ...]  # open ones, the most urgent first
    referrals: tuple[Referral, ...]  # those that go on


def overview(cases: Sequence[Case], day: date) -> Overview:
    """The state of a person's cases on a day, whatever their number, by a fixed number of statements."""
    ids = [case.id for case in cases]
    version, draft = versions(ids)
    states = progress_of(version)
    steps = [step for goal in version.goals for step in goal.steps] if version else []
    left = [step for step in steps if states.get(step.thread) not in {StepState.DONE, StepState.NOT_NEEDED}]
    held, minutes = session_time(ids)
    return Overview(
        assessment=latest_assessment(ids),
        version=version,
        draft=draft,
        next_steps=tuple(
            NextStep(
                step_in_words(step), step.doer.label, step.due_on, states.get(step.thread, StepState.NOT_STARTED).label
            )
            for step in sorted(left, key=lambda step: step.due_on)[:OPEN_STEPS]
        ),
        steps_done=len(steps) - len(left),
        steps=len(steps),
        sessions=held,
        minutes=minutes,
        due=earliest(dues([case.id for case in cases if case.is_open], day)),
        signals=tuple(open_in(ids)),
        referrals=tuple(open_referrals_in(ids)),
    )


def earliest(found: dict[int, Due | None]) -> Due | None:
    return min((due for due in found.values() if due), key=lambda due: due.on, default=None)


CASES: BindParameter[Any] = bindparam("cases", expanding=True)
LATEST_ASSESSMENT = (
    select(Assessment)
    .join(Assessment.completion)
    .where(Assessment.case_id.in_(CASES))
    .options(contains_eager(Assessment.completion).defer(Completion.result), selectinload(Assessment.needs))
    .order_by(Completion.at.desc())
    .limit(1)
)
VERSIONS = (
    select(Version)
    .join(Version.program)
    .outerjoin(Version.approval)
    .where(Program.case_id.in_(CASES))
    .options(
        contains_eager(Version.approval),
        contains_eager(Version.program),
        selectinload(Version.submissions).joinedload(Submission.answer),
        selectinload(Version.goals).selectinload(Goal.steps),
    )
    .order_by(Version.id.desc())
    .limit(4)
)
NEWEST_PROGRESS = select(func.max(Progress.id)).where(Progress.thread.in_(bindparam("threads", expanding=True)))
STATES = select(Progress.thread, Progress.state).where(Progress.id.in_(NEWEST_PROGRESS.group_by(Progress.thread)))
SESSION_TIME = (
    select(func.count(Session.id), func.coalesce(func.sum(Session.minutes), 0))
    .join(Match, Match.id == Session.match_id)
    .join(Confirmation, Confirmation.session_id == Session.id)
    .where(Match.case_id.in_(CASES), Session.has_met)
)


def latest_assessment(cases: list[int]) -> Assessment | None:
    return db.session.scalar(LATEST_ASSESSMENT, {"cases": cases})


def versions(cases: list[int]) -> tuple[Version | None, Version | None]:
    """The version in force, and the one being worked on."""
    found = list(db.session.scalars(VERSIONS, {"cases": cases}))
    in_force = next((row for row in found if row.approval), None)
    draft = found[0] if found and found[0].approval is None else None
    return in_force, draft


def progress_of(version: Version | None) -> dict[str, StepState]:
    """How each step of a version stands, by its thread."""
    if version is None:
        return {}
    threads = [step.thread for goal in version.goals for step in goal.steps]
    return {row.thread: row.state for row in db.session.execute(STATES, {"threads": threads})}


def session_time(cases: list[int]) -> tuple[int, int]:
    """Sessions held, and the minutes that the officer has confirmed."""
    held, minutes = db.session.execute(SESSION_TIME, {"cases": cases}).one()
    return held, minutes
