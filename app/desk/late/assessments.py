"""Assessments that are late or fall due, and people of whom no review at a visit says how they are now."""

from datetime import date
from typing import Any

from sqlalchemy import Select

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
from app.clients.cases import Assignment, Case
from app.desk.late.open_cases import open_cases, with_person


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


def first_coming(day: date, until: date) -> Select[Any]:
    """Cases whose first assessment falls due from a day to another."""
    return not_assessed(day).where(never_assessed(), first_due(day).between(day, until))


def again_coming(day: date, until: date) -> Select[Any]:
    """Cases that are to be assessed again from a day to another."""
    return assessed(day).where(reassessment_due(day).between(day, until))


def missing_visits(day: date) -> Select[Any]:
    """People whose level is not low and of whom no review at a visit says how they are now."""
    return (
        with_person(open_cases(Case.id, review_due(day)))
        .join(Assessment, Assessment.case_id == Case.id)
        .join(Completion, Completion.assessment_id == Assessment.id)
        .where(~overtaken(), review_is_late(day))
    )
