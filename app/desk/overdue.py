"""What is late, found by one statement for each kind: for one officer's day, or for all officers at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
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
from app.assistance.models import Referral
from app.assistance.referrals.statements import Accepted, accepted_one, waits
from app.assistance.referrals.statements import due as due_of_provider
from app.assistance.referrals.vocabulary import Awaited
from app.clients.cases import Assignment, Case, Deregistration
from app.clients.models import Client
from app.clients.reach import held_within
from app.db import days, db
from app.desk.late_releases import late_items, releases_not_noted, visits_not_noted
from app.desk.models import Late, Reminder
from app.programs.decisions.terms import ANSWER, DAY, DRAFT, REVIEW_AFTER_ASSESSMENT, last_overdue, term
from app.programs.models import Approval, Closure, Goal, Program, Progress, Return, Step, Submission, Version
from app.programs.progress.review_terms import assessed_since, planned_review
from app.programs.vocabulary import Phase, StepState

# The norms whose terms run from the day that a statement finds; of the other kinds it finds the last day itself.
TERMS = {Late.PROGRAM: DRAFT, Late.ANSWER: ANSWER, Late.REVIEW_AFTER: REVIEW_AFTER_ASSESSMENT}
MOST = 50  # lines of one kind on a page; the count beside them is exact


@dataclass(frozen=True, slots=True)
class Overdue:
    """One late thing: what, in which case, and since when."""

    kind: Late
    reference_id: int
    case_id: int
    due_on: date
    count: int = 1  # how many of a kind the line stands for
    since: date | None = None  # from when the term of its norm runs


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
    """Assessed cases in which no programme was submitted in time."""
    return never_submitted().where(first_assessed() <= last_overdue(DRAFT, day))


def never_submitted() -> Select[Any]:
    """Assessed cases in which no programme was ever submitted, with the day of their first assessment."""
    submitted = (
        select(Submission.id)
        .join(Version, Version.id == Submission.version_id)
        .join(Program, Program.id == Version.program_id)
        .where(Program.case_id == Assignment.case_id)
    )
    approved = (
        select(Approval.version_id)
        .join(Version, Version.id == Approval.version_id)
        .join(Program, Program.id == Version.program_id)
        .where(Program.case_id == Assignment.case_id)
    )
    return open_cases(Assignment.case_id, first_assessed()).where(~submitted.exists(), ~approved.exists())


def first_assessed() -> Any:
    return (
        select(func.min(Completion.on))
        .join(Assessment, Assessment.id == Completion.assessment_id)
        .where(Assessment.case_id == Assignment.case_id)
        .correlate(Assignment)
        .scalar_subquery()
    )


def missing_answers(day: date) -> Select[Any]:
    """Versions that the head of service should have approved or returned, with the day of their submission."""
    submitted_on = days.DayOf(Submission.at)
    return (
        open_cases(Version.id, submitted_on)
        .join(Program, Program.case_id == Assignment.case_id)
        .join(Version, Version.program_id == Program.id)
        .join(Submission, Submission.version_id == Version.id)
        .where(
            submitted_on <= last_overdue(ANSWER, day),
            ~select(Return.submission_id).where(Return.submission_id == Submission.id).exists(),
            ~select(Approval.version_id).where(Approval.version_id == Version.id).exists(),
            ~select(Closure.program_id).where(Closure.program_id == Program.id).exists(),
        )
    )


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
    """Programmes with steps past their date that are neither done nor dropped: how many, and since when.

    Steps of goals for later are nobody's yet.
    """
    latest = (
        select(Progress.state).where(Progress.thread == Step.thread).order_by(Progress.id.desc()).limit(1)
    ).scalar_subquery()
    settled = [StepState.DONE.value, StepState.NOT_NEEDED.value]
    return (
        current_versions(Version.id, func.min(Step.due_on), func.count(Step.id))
        .join(Goal, Goal.version_id == Version.id)
        .join(Step, Step.goal_id == Goal.id)
        .where(Goal.phase == Phase.ACTIVE, Step.due_on < day, func.coalesce(latest, "").not_in(settled))
        .group_by(Assignment.case_id, Version.id)
    )


def late_reviews(day: date) -> Select[Any]:
    """Programmes whose next review is past its date."""
    due = planned_review()
    return current_versions(Version.id, due).where(due < day)


def reviews_after_assessment(day: date) -> Select[Any]:
    """Programmes that nobody reviewed in time after a new assessment, with its day; not those late by their date."""
    assessed_on = assessed_since()
    late = assessed_on <= last_overdue(REVIEW_AFTER_ASSESSMENT, day)
    return current_versions(Version.id, assessed_on).where(late, planned_review() >= day)


def missing_visits(day: date) -> Select[Any]:
    """People whose level is not low and of whom no review at a visit says how they are now."""
    return (
        with_person(open_cases(Case.id, review_due(day)))
        .join(Assessment, Assessment.case_id == Case.id)
        .join(Completion, Completion.assessment_id == Assessment.id)
        .where(~overtaken(), review_is_late(day))
    )


def silent_services(day: date) -> Select[Any]:
    """Referrals that no service has answered in time."""
    return late_referrals(day, Awaited.ANSWER)


def starts_missing(day: date) -> Select[Any]:
    """Accepted referrals whose help has not started in time."""
    return late_referrals(day, Awaited.START)


def late_referrals(day: date, about: Awaited) -> Select[Any]:
    return (
        open_cases(Referral.id, due_of_provider().label("due_on"))
        .join(Referral, Referral.case_id == Assignment.case_id)
        .outerjoin(Accepted, accepted_one())
        .where(waits(about), due_of_provider() < day)
    )


KINDS: dict[Late, Callable[[date], Select[Any]]] = {
    Late.ASSESSMENT: first_assessments,
    Late.REASSESSMENT: reassessments,
    Late.PROGRAM: missing_programs,
    Late.ANSWER: missing_answers,
    Late.STEP: late_steps,
    Late.REVIEW: late_reviews,
    Late.REVIEW_AFTER: reviews_after_assessment,
    Late.VISIT: missing_visits,
    Late.REFERRAL: silent_services,
    Late.REFERRAL_START: starts_missing,
    Late.RELEASE_ITEM: partial(late_items, open_cases),
    Late.RELEASE: partial(releases_not_noted, open_cases),
    Late.FIRST_VISIT: partial(visits_not_noted, open_cases),
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


@lru_cache(maxsize=20)
def drafts_coming(first: date, last: date, extent: Reach | None) -> Select[Any]:
    assessed_on = first_assessed()
    statement = never_submitted().where(assessed_on > first, assessed_on <= last)
    return statement.where(held_within(extent)).order_by(assessed_on, Assignment.case_id).limit(MOST)


def drafts_ahead(day: date, until: date, held: Held) -> list[Overdue]:
    """Assessed cases without a submitted programme whose term ends from a day to another, the earliest first."""
    span = last_overdue(DRAFT, day), last_overdue(DRAFT, until + DAY)
    rows = db.session.execute(drafts_coming(*span, held.extent), held.values)
    return [overdue_of(Late.PROGRAM, *row) for row in rows]


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
    return [overdue_of(kind, *row) for row in rows]


def overdue_of(kind: Late, case_id: int, reference_id: int, found: date, count: int) -> Overdue:
    """``found`` is the last day of a thing, or the day from which the term of its norm runs."""
    if code := TERMS.get(kind):
        return Overdue(kind, reference_id, case_id, term(code, found).due_on, count, found)
    return Overdue(kind, reference_id, case_id, found, count)


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
