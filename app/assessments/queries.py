"""Finding assessments, never beyond the actor's reach, with everything that their pages show."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from app.access.models import User
from app.access.policy import Permission
from app.assessments import library
from app.assessments.instrument import Instrument
from app.assessments.models import Assessment, Completion, ItemAnswer
from app.assessments.validity import months_after
from app.clients.cases import Case, CaseStage
from app.clients.models import Client
from app.clients.queries import AROUND_CASE
from app.clients.reach import cases_within
from app.clients.vocabulary import Stage as StageOfCase
from app.db import db, one_or_404

PAGE = 25
MONTHS = 12  # of a year


@dataclass(frozen=True, slots=True)
class Due:
    """A case whose person is to be assessed: for the first time, or again."""

    case: Case
    by: date
    is_first: bool


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


def open_assessments(actor: User, limit: int = PAGE) -> list[Assessment]:
    """What the actor has under way, with case and person; the one left alone for longest first."""
    return list(
        db.session.scalars(
            select(Assessment)
            .join(Assessment.case)
            .where(cases_within(actor, Permission.ASSESS_CLIENT), ~Assessment.completion.has(), is_open())
            .order_by(Assessment.saved_at, Assessment.id)
            .limit(limit)
            .options(contains_eager(Assessment.case).joinedload(Case.client))
        )
    )


def answered_counts(assessments: Collection[Assessment]) -> dict[int, int]:
    """How many items have an answer, by the assessment's number."""
    numbers = [assessment.id for assessment in assessments]
    counts = db.session.execute(
        select(ItemAnswer.assessment_id, func.count())
        .where(ItemAnswer.assessment_id.in_(numbers))
        .group_by(ItemAnswer.assessment_id)
    )
    return dict.fromkeys(numbers, 0) | {row[0]: row[1] for row in counts}


def assessments_due(actor: User, day: date, limit: int = PAGE) -> list[Due]:
    """The cases within reach to be assessed by the day, the most overdue first, at most so many.

    First: nothing is complete, and the instrument's days since registration are over. Again: the newest completed
    assessment holds no longer. A case that no instrument applies to is not due.
    """
    first = [
        Due(case, case.registered_on + timedelta(days=instrument.initial_within_days), is_first=True)
        for instrument in library.offered(day)
        for case in db.session.scalars(never_assessed(actor, instrument, day).limit(limit)).unique()
    ]
    again = [
        Due(case, by, is_first=False)
        for case, by in db.session.execute(to_be_repeated(actor, day).limit(limit)).unique()
    ]
    return sorted(first + again, key=lambda due: (due.by, due.case.id))[:limit]


def never_assessed(actor: User, instrument: Instrument, day: date) -> Select[Case]:
    latest_registration = day - timedelta(days=instrument.initial_within_days)
    completed = select(Assessment.id).join(Assessment.completion).where(Assessment.case_id == Case.id)
    return within(select(Case), actor, fits(instrument, day)).where(
        Case.registered_on <= latest_registration, ~completed.exists()
    ).order_by(Case.registered_on, Case.id)  # fmt: skip


def to_be_repeated(actor: User, day: date) -> Select[Case, date]:
    later, later_completion = aliased(Assessment), aliased(Completion)
    newer = (
        select(later.id)
        .join(later_completion, later_completion.assessment_id == later.id)
        .where(later.case_id == Case.id, later_completion.at > Completion.at)
    )
    statement = (
        select(Case, Completion.reassess_by)
        .join(Assessment, Assessment.case_id == Case.id)
        .join(Completion, Completion.assessment_id == Assessment.id)
    )
    fitting = or_(*(fits(instrument, day) for instrument in library.offered(day)))
    return within(statement, actor, fitting).where(
        Completion.reassess_by <= day, ~newer.exists()
    ).order_by(Completion.reassess_by, Case.id)  # fmt: skip


def within(statement: Any, actor: User, fitting: ColumnElement[bool]) -> Any:
    """Open cases that the actor may see and that an instrument fits, with the person."""
    return (
        statement.join(Case.client)
        .where(cases_within(actor, Permission.VIEW_ASSESSMENT), is_open(), fitting)
        .options(contains_eager(Case.client))
    )


def fits(instrument: Instrument, day: date) -> ColumnElement[bool]:
    """What ``Instrument.applies_to`` says, as a condition on a case and its person."""
    at_stage = select(CaseStage.id).where(
        CaseStage.case_id == Case.id,
        CaseStage.stage.in_([StageOfCase(stage) for stage in instrument.stages]),
        CaseStage.from_on <= day,
        or_(CaseStage.to_on.is_(None), CaseStage.to_on > day),
    )
    conditions = [Client.born_on <= months_after(day, -MONTHS * instrument.age_from), at_stage.exists()]
    if instrument.age_to is not None:
        conditions.append(Client.born_on > months_after(day, -MONTHS * (instrument.age_to + 1)))
    return and_(*conditions)


def is_open() -> ColumnElement[bool]:
    return ~Case.deregistration.has()
