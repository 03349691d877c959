"""What stands side by side when a programme is looked back at: since its approval, or since the last review."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.assessments.history.comparison import Change
from app.assessments.models import Assessment, Completion
from app.clients.cases import Case
from app.clients.events import CaseEvent
from app.db import db
from app.programs.models import Approval, GoalProgress, Program, Review, Version
from app.programs.progress.looking_back import Moved, NeedThenNow, change_of, moved_since, needs_then_and_now
from app.programs.progress.standing import Standing, standing_of
from app.programs.queries import progress_of, said_of_goals

MOST_EVENTS = 25


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was held for a person since a day, under one goal (by its thread) or under none."""

    thread: str | None
    count: int
    minutes: int


# The room of sessions lies above this one; it enters here how to count what was held in a case since a day.
delivered: list[Callable[[Case, date], Sequence[Delivered]]] = []


@dataclass(frozen=True, slots=True)
class LookBack:
    """Everything that the page of a review shows."""

    since: date
    last: Review | None  # the review before; None when the approval was the last look
    then: Assessment
    now: Assessment
    needs: tuple[NeedThenNow, ...]
    moved: dict[str, Moved]
    goals: dict[str, GoalProgress]  # the latest word on each goal since then
    standing: Standing
    held: dict[str | None, Delivered]
    events: Sequence[CaseEvent]

    @property
    def level_change(self) -> Change:
        return change_of(self.then.final_level, self.now.final_level)

    @property
    def is_assessed_anew(self) -> bool:
        return self.then.id != self.now.id

    @property
    def total(self) -> Delivered:
        rows = self.held.values()
        return Delivered(None, sum(row.count for row in rows), sum(row.minutes for row in rows))


def last_look(version: Version) -> tuple[date, datetime]:
    """The day and the moment of the last review of a version; of its approval when there was none."""
    looks: list[Review | Approval] = [*([version.approval] if version.approval else []), *version.reviews]
    return looks[-1].on, looks[-1].at


def look_back(program: Program, version: Version) -> LookBack:
    """What changed since the last look at the version in force, in a fixed number of statements."""
    since, at = last_look(version)
    then, now = assessments_around(version, at)
    said, of_goals = progress_of(program), said_of_goals(program)
    return LookBack(
        since=since,
        last=version.reviews[-1] if version.reviews else None,
        then=then,
        now=now,
        needs=needs_then_and_now(then.needs, now.needs),
        moved=moved_since(said, since),
        goals={thread: rows[-1] for thread, rows in of_goals.items() if rows[-1].on >= since},
        standing=standing_of(version, said, of_goals),
        held={row.thread: row for source in delivered for row in source(program.case, since)},
        events=events_since(program.case, since),
    )


def assessments_around(version: Version, at: datetime) -> tuple[Assessment, Assessment]:
    """The assessment that was the latest at a moment, and the one that is the latest today.

    The first is never older than the one that the version rests on.
    """
    statement = (
        select(Assessment)
        .join(Assessment.completion)
        .where(Assessment.case_id == version.program.case_id)
        .options(contains_eager(Assessment.completion).defer(Completion.result), selectinload(Assessment.needs))
        .order_by(Completion.at.desc())
        .limit(1)
    )
    now = db.session.scalar(statement) or version.assessment
    then = db.session.scalar(statement.where(Completion.at <= at)) if version.reviews else None
    return then or version.assessment, now


def events_since(case: Case, since: date) -> Sequence[CaseEvent]:
    """What happened in the case since a day and was not withdrawn, latest first."""
    statement = (
        select(CaseEvent)
        .where(CaseEvent.case_id == case.id, CaseEvent.on >= since, ~CaseEvent.withdrawal.has())
        .order_by(CaseEvent.on.desc(), CaseEvent.id.desc())
        .limit(MOST_EVENTS)
        .options(joinedload(CaseEvent.recorded_by))
    )
    return db.session.scalars(statement).unique().all()
