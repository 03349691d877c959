"""How much and how an instrument is used, counted by the database: assessments, overrides, answers left open."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, case, func, literal, select

from app.assessments.figures.follow_up import YEAR, completed, number_of, rows_of
from app.assessments.models import Assessment, Completion, ItemAnswer, Override, OverrideAnswer
from app.assessments.validation.question import Question
from app.db import db
from app.db.days import days_after
from app.offices.models import Office, Region


def instruments_used(until: date) -> list[Row[Any]]:
    """Each version of each instrument: assessments, and those of them that are a year old."""
    year_old = Completion.on <= days_after(literal(until), -YEAR)
    keys = Assessment.instrument_code.label("code"), Assessment.instrument_version.label("version")
    statement = select(*keys, func.count().label("completed"), number_of(year_old).label("year_old"))
    found = rows_of(statement.join(Assessment.completion).where(Completion.on < until).group_by(*keys))
    return sorted(found, key=lambda row: (row.code, -int(row.version)))


def overrides(question: Question) -> list[Row[Any]]:
    """All assessments of the last twelve months, by office, direction and kind of override, if any was approved."""
    (start, end), *_earlier = question.windows
    keys = Office.code.label("office"), Override.from_level, Override.to_level, Override.reason
    approved = select(OverrideAnswer.override_id).where(OverrideAnswer.is_approved)
    return rows_of(
        completed(question, *keys, func.count().label("assessments"))
        .outerjoin(Override, and_(Override.assessment_id == Assessment.id, Override.id.in_(approved)))
        .where(Completion.on >= start, Completion.on < end)
        .group_by(*keys)
    )


def answers(question: Question) -> list[Row[Any]]:
    """All answers of the last two windows, by office and window: how many are unknown, and how many carried over."""
    (start, end), (earlier, _start), *_older = question.windows
    keys = Office.code.label("office"), case((Completion.on >= start, 0), else_=1).label("window")
    return rows_of(
        completed(
            question,
            *keys,
            func.count(Assessment.id.distinct()).label("assessments"),
            func.count().label("answers"),
            number_of(ItemAnswer.option_code.is_(None)).label("unknown"),
            number_of(ItemAnswer.carried_over).label("carried_over"),
        )
        .join(ItemAnswer, ItemAnswer.assessment_id == Assessment.id)
        .where(Completion.on >= earlier, Completion.on < end)
        .group_by(*keys)
    )


def offices_by_code(codes: Iterable[str]) -> dict[str, Office]:
    return {office.code: office for office in db.session.scalars(select(Office).where(Office.code.in_(codes)))}


def regions_by_code(codes: Iterable[str]) -> dict[str, Region]:
    return {region.code: region for region in db.session.scalars(select(Region).where(Region.code.in_(codes)))}
