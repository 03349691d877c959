"""Programmes that are late: not submitted, not answered, with steps past their date, or not reviewed in time."""

from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from app.assessments.models import Assessment, Completion
from app.clients.cases import Assignment
from app.db import days
from app.desk.late.open_cases import ONE, open_cases
from app.programs.decisions.terms import ANSWER, DRAFT, REVIEW_AFTER_ASSESSMENT, last_overdue
from app.programs.models import Approval, Closure, Goal, Program, Progress, Return, Step, Submission, Version
from app.programs.progress.review_terms import assessed_since, planned_review
from app.programs.vocabulary import Phase, StepState


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
