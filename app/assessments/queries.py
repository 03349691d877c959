"""Finding assessments, never beyond the actor's reach, with everything that their pages show."""

from collections.abc import Collection
from functools import cache

from sqlalchemy import ColumnElement, Select, String, bindparam, func, select, type_coerce
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from app.access.models import User
from app.access.policy import Permission, Reach, reach
from app.assessments.models import (
    Assessment,
    Completion,
    ItemAnswer,
    Objection,
    ObjectionAnswer,
    Override,
    OverrideAnswer,
    OverrideWithdrawal,
)
from app.assessments.prefill import Earlier
from app.clients.cases import Assignment, Case
from app.clients.models import Client
from app.clients.queries import AROUND_CASE, NAMED
from app.clients.reach import cases_within, held_within, whose
from app.db import db, one_or_404

PAGE = 25
MONTHS = 12  # of a year

# What a page about a level shows: every proposal and every objection with who said what.
WITH_DECISIONS = (
    selectinload(Assessment.overrides).options(
        joinedload(Override.by),
        joinedload(Override.answer).joinedload(OverrideAnswer.by),
        joinedload(Override.withdrawal).joinedload(OverrideWithdrawal.by),
    ),
    selectinload(Assessment.objections).options(
        joinedload(Objection.by), joinedload(Objection.answer).joinedload(ObjectionAnswer.by)
    ),
)


def get_assessment(actor: User, permission: Permission, assessment_id: int, **_within: str) -> Assessment:
    """An assessment within reach, with its answers and its completion; otherwise 404."""
    return one_or_404(
        select(Assessment)
        .join(Assessment.case)
        .where(Assessment.id == assessment_id, cases_within(actor, permission))
        .options(
            joinedload(Assessment.case).options(*AROUND_CASE),
            joinedload(Assessment.started_by),
            joinedload(Assessment.completion).joinedload(Completion.by),
            selectinload(Assessment.answers),
            selectinload(Assessment.notes),
            selectinload(Assessment.needs),
        )
    )


def load_decisions(assessment: Assessment) -> Assessment:
    """The same assessment with what was decided about its level and what the person says, as its pages show them."""
    about = select(Assessment).where(Assessment.id == assessment.id).options(*WITH_DECISIONS)
    return db.session.scalars(about).unique().one()


def get_override(actor: User, permission: Permission, override_id: int) -> Override:
    """A proposal within reach, with its assessment; otherwise 404."""
    about = select(Override.assessment_id).where(Override.id == override_id).scalar_subquery()
    assessment = one_or_404(about_level(actor, permission).where(Assessment.id == about))
    return next(row for row in assessment.overrides if row.id == override_id)


def get_objection(actor: User, permission: Permission, objection_id: int) -> Objection:
    """An objection within reach, with its assessment; otherwise 404."""
    about = select(Objection.assessment_id).where(Objection.id == objection_id).scalar_subquery()
    assessment = one_or_404(about_level(actor, permission).where(Assessment.id == about))
    return next(row for row in assessment.objections if row.id == objection_id)


def about_level(actor: User, permission: Permission) -> Select[Assessment]:
    """Assessments within reach, with what was decided about their level and what the person says."""
    return (
        select(Assessment)
        .join(Assessment.case)
        .where(cases_within(actor, permission))
        .options(
            joinedload(Assessment.case).options(*AROUND_CASE),
            joinedload(Assessment.completion).joinedload(Completion.by),
            *WITH_DECISIONS,
        )
    )


def hold_decisions(assessment: Assessment) -> None:
    """Nobody else may decide about the level or the objections until the commit; they are as they are now."""
    db.session.scalar(select(Assessment.id).where(Assessment.id == assessment.id).with_for_update())
    db.session.refresh(assessment, ["completion", "override", "overrides", "objections"])
    for override in assessment.overrides:
        db.session.refresh(override, ["answer", "withdrawal"])
    for objection in assessment.objections:
        db.session.refresh(objection, ["answer"])


def is_latest(assessment: Assessment) -> bool:
    """Whether no assessment of the case was completed after this one."""
    newest = latest_completed(assessment.case)
    return newest is not None and newest.id == assessment.id


def final_level_of() -> ColumnElement[str]:
    """For statements with Completion: the level that holds, as ``Assessment.final_level`` says it of one."""
    agreed = (
        select(type_coerce(Override.to_level, String))
        .join(OverrideAnswer, OverrideAnswer.override_id == Override.id)
        .where(Override.assessment_id == Completion.assessment_id, OverrideAnswer.is_approved)
        .correlate(Completion)
        .scalar_subquery()
    )
    return func.coalesce(agreed, Completion.level)


def overtaken() -> ColumnElement[bool]:
    """For statements with Assessment and Completion: the case has a newer completed assessment."""
    other, later = aliased(Assessment), aliased(Completion)
    newer = (
        select(later.assessment_id)
        .join(other, other.id == later.assessment_id)
        .where(other.case_id == Assessment.case_id, later.at > Completion.at)
        .correlate(Assessment, Completion)
    )
    return newer.exists()


def hold(assessment: Assessment) -> Assessment:
    """The same assessment as it is now, kept from everybody else until the commit."""
    db.session.scalar(select(Assessment.id).where(Assessment.id == assessment.id).with_for_update())
    db.session.refresh(assessment, ["version", "saved_at", "answers", "notes", "completion"])
    return assessment


def hold_case(case: Case) -> None:
    """Nobody else may start an assessment of the case until the commit."""
    db.session.scalar(select(Case.id).where(Case.id == case.id).with_for_update())


def open_assessment(case: Case) -> Assessment | None:
    """The assessment of the case that is under way."""
    found: Assessment | None = db.session.scalar(
        select(Assessment).where(Assessment.case_id == case.id, ~Assessment.completion.has()).limit(1)
    )
    return found


def open_assessments_of(cases: Collection[Case]) -> list[Assessment]:
    """Those of these cases that are under way."""
    numbers = [case.id for case in cases]
    return list(
        db.session.scalars(select(Assessment).where(Assessment.case_id.in_(numbers), ~Assessment.completion.has()))
    )


def latest_completed(case: Case, before: Assessment | None = None) -> Assessment | None:
    """The newest completed assessment of a case, with completion and needs; or the newest before another one."""
    statement = select(Assessment).join(Assessment.completion).where(Assessment.case_id == case.id)
    if before and before.completion:
        statement = statement.where(Completion.at < before.completion.at)
    found: Assessment | None = db.session.scalar(
        statement.order_by(Completion.at.desc(), Assessment.id.desc())
        .limit(1)
        .options(contains_eager(Assessment.completion).joinedload(Completion.by), selectinload(Assessment.needs))
    )
    return found


def last_answers(assessment: Assessment) -> dict[str, Earlier]:
    """What the case's last completed assessment under the same instrument answered, by item; unknowns are left out."""
    latest = (
        select(Completion.assessment_id)
        .join(Assessment, Assessment.id == Completion.assessment_id)
        .where(
            Assessment.case_id == assessment.case_id,
            Assessment.instrument_code == assessment.instrument_code,
            Assessment.id != assessment.id,
        )
        .order_by(Completion.at.desc(), Completion.assessment_id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(ItemAnswer.item_code, ItemAnswer.option_code, ItemAnswer.source, Completion.on)
        .join(Completion, Completion.assessment_id == ItemAnswer.assessment_id)
        .where(ItemAnswer.assessment_id == latest, ItemAnswer.option_code.is_not(None))
    )
    return {row.item_code: Earlier(row.option_code, row.source, row.on) for row in rows}


def assessments_of(actor: User, client: Client, before: int | None = None) -> list[Assessment]:
    """A person's assessments in the cases within reach, newest first; one more than a page when there are older."""
    statement = (
        select(Assessment)
        .join(Assessment.case)
        .where(Case.client_id == client.id, cases_within(actor, Permission.VIEW_ASSESSMENT))
        .order_by(Assessment.id.desc())
        .limit(PAGE + 1)
        .options(
            contains_eager(Assessment.case),
            joinedload(Assessment.started_by),
            joinedload(Assessment.completion).joinedload(Completion.by),
        )
    )
    return list(db.session.scalars(statement if before is None else statement.where(Assessment.id < before)))


@cache
def open_within(extent: Reach | None) -> Select[Assessment]:
    return (
        select(Assessment)
        .select_from(Assignment)
        .join(Case, Case.id == Assignment.case_id)
        .join(Assessment, Assessment.case_id == Case.id)
        .where(held_within(extent), ~Assessment.completion.has(), is_open())
        .order_by(Assessment.saved_at, Assessment.id)
        .limit(bindparam("most"))
        .options(selectinload(Assessment.case).options(*NAMED))
    )


def open_assessments(actor: User, limit: int = PAGE) -> list[Assessment]:
    """What the actor has under way, with case and person; the one left alone for longest first."""
    statement = open_within(reach(actor, Permission.ASSESS_CLIENT))
    return list(db.session.scalars(statement, whose(actor) | {"most": limit}))


def answered_counts(assessments: Collection[Assessment]) -> dict[int, int]:
    """How many items have an answer, by the assessment's number."""
    numbers = [assessment.id for assessment in assessments]
    counts = db.session.execute(
        select(ItemAnswer.assessment_id, func.count())
        .where(ItemAnswer.assessment_id.in_(numbers))
        .group_by(ItemAnswer.assessment_id)
    )
    return dict.fromkeys(numbers, 0) | {row[0]: row[1] for row in counts}


def is_open() -> ColumnElement[bool]:
    return ~Case.deregistration.has()
