"""Finding assessments, never beyond the actor's reach, with everything that their pages show."""

from collections.abc import Collection
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.access.models import User
from app.access.policy import Permission, Reach, reach
from app.assessments.models import Assessment, Completion, ItemAnswer
from app.clients.cases import Assignment, Case
from app.clients.models import Client
from app.clients.queries import AROUND_CASE, NAMED
from app.clients.reach import cases_within, held_within, whose
from app.db import db, one_or_404

PAGE = 25
MONTHS = 12  # of a year


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
