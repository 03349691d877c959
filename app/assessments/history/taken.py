"""Completed assessments as their history shows them: what the pictures and rows need, in a fixed number of reads."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from app.assessments import library
from app.assessments.history.pictures import Taken
from app.assessments.models import Assessment, DomainNote, Need
from app.assessments.stored import from_json
from app.assessments.vocabulary import Level
from app.db import db

MOST = 12  # columns that can still be read side by side


def taken_from(assessments: Sequence[Assessment]) -> list[Taken]:
    """The newest of these that are complete, oldest first; with completion and override loaded. Two statements."""
    completed = sorted(
        ((one.completion.at, one.id, one, one.completion) for one in assessments if one.completion), reverse=True
    )[:MOST]
    numbers = [number for _at, number, *_rest in completed]
    noted, support = strengths_noted(numbers), support_counts(numbers)
    return [
        Taken(
            number=number,
            on=completion.on,
            instrument=library.of(assessment),
            result=from_json(completion.result),
            raw=Level(completion.level),
            final=assessment.final_level or Level(completion.level),
            strengths=noted.get(number, frozenset()),
            support=support.get(number, 0),
        )
        for _at, number, assessment, completion in reversed(completed)
    ]


def strengths_noted(numbers: Collection[int]) -> dict[int, frozenset[str]]:
    """The sections under which strengths were noted, by the assessment's number."""
    found: dict[int, set[str]] = {}
    rows = select(DomainNote.assessment_id, DomainNote.domain_code).where(
        DomainNote.assessment_id.in_(numbers), DomainNote.text.is_not(None)
    )
    for number, code in db.session.execute(rows):
        found.setdefault(number, set()).add(code)
    return {number: frozenset(codes) for number, codes in found.items()}


def support_counts(numbers: Collection[int]) -> dict[int, int]:
    """How many needs for help were found, by the assessment's number; what is not known is not counted."""
    counted = (
        select(Need.assessment_id, func.count())
        .where(Need.assessment_id.in_(numbers), Need.is_support, Need.level.is_not(None))
        .group_by(Need.assessment_id)
    )
    return {row[0]: row[1] for row in db.session.execute(counted)}
