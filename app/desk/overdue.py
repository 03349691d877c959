"""What is late, found by one statement for each kind: for one officer's day, or for all officers at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, literal, select, union_all
from sqlalchemy.orm import aliased

from app.access.policy import Reach
from app.assessments.acute.due import review_due, review_is_late
from app.assessments.due.statements import (
    Now,
    can_be_assessed,
    first_due,
    first_is_late,
    never_assessed,
    now_on,
    reassessment_due,
)
from app.assessments.models import Assessment, Completion
from app.assessments.queries import overtaken
from app.clients.cases import Assignment, Case, Deregistration
from app.clients.models import Client
from app.clients.reach import held_within
from app.db import db
from app.desk.models import Late, Reminder
from app.programs.models import Approval, Closure, Goal, Program, Progress, Review, Step, Version
from app.programs.vocabulary import StepState

# A practice setting, not law: a programme within 14 days of the assessment it rests on. The law's own term was not
# found; ten working days is the usual practice.
DRAW_UP_WITHIN = timedelta(days=14)
MOST = 50  # lines of one kind on a page; the count beside them is exact


@dataclass(frozen=True, slots=True)
class Overdue:
    """One late thing: what, in which case, and since when."""

    kind: Late
    reference_id: int
    case_id: int
    due_on: date
    count: int = 1  # how many of a kind the line stands for


ONE = literal(1)


def open_cases(reference: Any, due: Any, count: Any = ONE) -> Select[Any]:
    """Open cases, by the assignment that goes on, and what is late in them since when."""
    gone = select(Deregistration.case_id).where(Deregistration.case_id == Assignment.case_id)
    return (
        select(Assignment.case_id, reference, due, count)
        .select_from(Assignment)
        .where(Assignment.to_at.is_(None), ~gone.exists())
    )


def with_person(statement: Select[Any]) -> Select[Any]:
    return statement.join(Case, Case.id == Assignment.case_id).join(Client, Client.id == Case.client_id)


def first_assessments(day: date) -> Select[Any]:
    """Cases on the register for longer than the first assessment may take, and never assessed."""
    return not_assessed(day).where(first_is_late(day))


def not_assessed(day: date) -> Select[Any]:
    """Cases with their person and stage, and by when their first assessment is due."""
    return with_person(open_cases(Case.id, first_due(day).label("due_on"))).join(Now, now_on(day))


def reassessments(day: date) -> Select[Any]:
    """Cases whose latest assessment is past its time: by its level, or after something happened since."""
    return assessed(day).where(reassessment_due(day) < day)


def assessed(day: date) -> Select[Any]:
    """Cases with their latest assessment, where somebody can be assessed again, and by when that is due."""
    return (
        with_person(open_cases(Assessment.id, reassessment_due(day).label("due_on")))
        .join(Assessment, Assessment.case_id == Assignment.case_id)
        .join(Completion, Completion.assessment_id == Assessment.id)
        .join(Now, now_on(day))
        .where(~overtaken(), can_be_assessed(day))
    )


def missing_programs(day: date) -> Select[Any]:
    """Assessed cases for which no programme was approved in time."""
    approved = (
        select(Approval.version_id)
        .join(Version, Version.id == Approval.version_id)
        .join(Program, Program.id == Version.program_id)
        .where(Program.case_id == Assignment.case_id)
    )
    first = (
        select(func.min(Completion.on))
        .join(Assessment, Assessment.id == Completion.assessment_id)
        .where(Assessment.case_id == Assignment.case_id)
        .correlate(Assignment)
        .scalar_subquery()
    )
    return open_cases(Assignment.case_id, first).where(first < day - DRAW_UP_WITHIN, ~approved.exists())


def current_versions(reference: Any, due: Any, count: Any = ONE) -> Select[Any]:
    """The approved version in force of each open programme of an open case."""
    other, other_approval = aliased(Version), aliased(Approval)
    newer = (
        select(other_approval.version_id)
        .join(other, other.id == other_approval.version_id)
        .where(other.program_id == Version.program_id, other.ordinal > Version.ordinal)
    )
    return (
        open_cases(reference, due, count)
        .join(Program, Program.case_id == Assignment.case_id)
        .join(Version, Version.program_id == Program.id)
        .join(Approval, Approval.version_id == Version.id)
        .where(~newer.exists(), ~select(Closure.program_id).where(Closure.program_id == Program.id).exists())
    )


def late_steps(day: date) -> Select[Any]:
    """Programmes with steps past their date that are neither done nor dropped: how many, and since when."""
    latest = (
        select(Progress.state).where(Progress.thread == Step.thread).order_by(Progress.id.desc()).limit(1)
    ).scalar_subquery()
    settled = [StepState.DONE.value, StepState.NOT_NEEDED.value]
    return (
        current_versions(Version.id, func.min(Step.due_on), func.count(Step.id))
        .join(Goal, Goal.version_id == Version.id)
        .join(Step, Step.goal_id == Goal.id)
        .where(Step.due_on < day, func.coalesce(latest, "").not_in(settled))
        .group_by(Assignment.case_id, Version.id)
    )


def late_reviews(day: date) -> Select[Any]:
    """Programmes whose next review is past its date."""
    latest = (
        select(Review.next_review_on).where(Review.version_id == Version.id).order_by(Review.id.desc()).limit(1)
    ).scalar_subquery()
    due = func.coalesce(latest, Version.review_on)
    return current_versions(Version.id, due).where(due < day)


def missing_visits(day: date) -> Select[Any]:
    """People whose level is not low and of whom no review at a visit says how they are now."""
    return (
        with_person(open_cases(Case.id, review_due(day)))
        .join(Assessment, Assessment.case_id == Case.id)
        .join(Completion, Completion.assessment_id == Assessment.id)
        .where(~overtaken(), review_is_late(day))
    )


KINDS: dict[Late, Callable[[date], Select[Any]]] = {
    Late.ASSESSMENT: first_assessments,
    Late.REASSESSMENT: reassessments,
    Late.PROGRAM: missing_programs,
    Late.STEP: late_steps,
    Late.REVIEW: late_reviews,
    Late.VISIT: missing_visits,
}


@dataclass(frozen=True, slots=True)
class Held:
    """Whose assignments are meant: how far around an actor."""

    extent: Reach | None
    actor_id: int
    office_id: int

    @property
    def values(self) -> dict[str, int]:
        return {"actor_id": self.actor_id, "actors_office_id": self.office_id}


EVERYBODYS = Held(Reach.EVERYWHERE, 0, 0)


@lru_cache(maxsize=60)
def late(kind: Late, day: date, extent: Reach | None) -> Select[Any]:
    """What of one kind is late on a day, the longest first. Built once a day: building it takes as long as asking."""
    statement = KINDS[kind](day)
    due = list(statement.selected_columns)[-2]
    return statement.where(held_within(extent)).order_by(due, Assignment.case_id).limit(bindparam("most"))


@lru_cache(maxsize=60)
def coming(day: date, until: date, extent: Reach | None) -> Select[Any]:
    """First assessments and reassessments that fall due from a day to another, the earliest first."""
    fresh = not_assessed(day).where(never_assessed(), first_due(day).between(day, until))
    repeated = assessed(day).where(reassessment_due(day).between(day, until))
    both = union_all(fresh.where(held_within(extent)), repeated.where(held_within(extent))).subquery()
    case_id, _reference, due_on, *_rest = both.c
    return select(case_id, due_on).order_by(due_on, case_id).limit(MOST)


def assessments_coming(day: date, until: date, held: Held) -> list[tuple[int, date]]:
    """Cases that somebody holds, and the days to come on which they are to be assessed."""
    found = db.session.execute(coming(day, until, held.extent), held.values)
    return [(case_id, due_on) for case_id, due_on in found]


@lru_cache(maxsize=60)
def counted(kind: Late, day: date, extent: Reach | None) -> Select[Any]:
    return select(func.count()).select_from(KINDS[kind](day).where(held_within(extent)).subquery())


def overdue(kind: Late, day: date, held: Held = EVERYBODYS, most: int | None = MOST) -> list[Overdue]:
    """What of one kind is late on a day, the longest first; ``held`` narrows to somebody's assignments."""
    statement = late(kind, day, held.extent)
    if most is None:
        rows = db.session.execute(statement.limit(None), held.values).all()
    else:
        rows = db.session.execute(statement, held.values | {"most": most}).all()
    allowed = allowance(kind)
    return [Overdue(kind, reference, case_id, due_on + allowed, count) for case_id, reference, due_on, count in rows]


def allowance(kind: Late) -> timedelta:
    """What lies between the day that a statement finds and the day by which the thing was due."""
    match kind:
        case Late.PROGRAM:
            return DRAW_UP_WITHIN
        case _:
            return timedelta(0)


def count_overdue(kind: Late, day: date, held: Held) -> int:
    """How many of one kind are late on a day: exact, however many lines the page shows."""
    return db.session.scalar(counted(kind, day, held.extent), held.values) or 0


TOLD = select(Reminder.kind, Reminder.reference_id, Reminder.raised_at).where(
    Reminder.settled_at.is_(None),
    Reminder.kind.in_(Late),  # the index begins with it
    Reminder.reference_id.in_(bindparam("references", expanding=True)),
)


def told_since(lines: list[Overdue]) -> dict[tuple[Late, int], Any]:
    """Since when the officer has been told of each line, where the clock has already found it."""
    known = db.session.execute(TOLD, {"references": [line.reference_id for line in lines]})
    return {(kind, reference): raised for kind, reference, raised in known}
