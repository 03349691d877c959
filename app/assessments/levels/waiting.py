"""What waits for somebody: proposals and objections for the head of service, their answers for the officer."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import contains_eager, joinedload

from app.access.models import User
from app.access.policy import Permission, Reach, reach
from app.assessments.models import Assessment, Completion, Objection, ObjectionAnswer, Override, OverrideAnswer
from app.assessments.queries import overtaken
from app.clients.cases import Assignment
from app.clients.queries import NAMED
from app.clients.reach import GONE, held_within, whose
from app.db import db

MOST = 25  # lines of one kind

# What a line shows of an assessment: whose it is.
NAMED_ASSESSMENT = (joinedload(Assessment.case).options(*NAMED),)


@cache
def proposals_within(extent: Reach | None) -> Select[Override]:
    """Proposals that can still be decided, the oldest first."""
    return (
        select(Override)
        .select_from(Assignment)
        .join(Assessment, Assessment.case_id == Assignment.case_id)
        .join(Completion, Completion.assessment_id == Assessment.id)
        .join(Override, Override.assessment_id == Assessment.id)
        .where(held_within(extent), ~GONE, ~Override.answer.has(), ~Override.withdrawal.has(), ~overtaken())
        .order_by(Override.id)
        .limit(bindparam("most"))
        .options(joinedload(Override.by), contains_eager(Override.assessment).options(*NAMED_ASSESSMENT))
    )


def proposals_waiting(actor: User, most: int = MOST) -> Sequence[Override]:
    """Overrides that the actor may decide about."""
    statement = proposals_within(reach(actor, Permission.APPROVE_LEVEL))
    return db.session.scalars(statement, whose(actor) | {"most": most}).all()


@cache
def objections_within(extent: Reach | None) -> Select[Objection]:
    """Objections without an answer, the one due first on top. They do not end with the case."""
    return (
        select(Objection)
        .select_from(Assignment)
        .join(Assessment, Assessment.case_id == Assignment.case_id)
        .join(Objection, Objection.assessment_id == Assessment.id)
        .where(held_within(extent), ~Objection.answer.has())
        .order_by(Objection.due_on, Objection.id)
        .limit(bindparam("most"))
        .options(joinedload(Objection.by), contains_eager(Objection.assessment).options(*NAMED_ASSESSMENT))
    )


def objections_waiting(actor: User, most: int = MOST) -> Sequence[Objection]:
    """Objections that the actor may answer; those past their day are late."""
    statement = objections_within(reach(actor, Permission.ANSWER_OBJECTION))
    return db.session.scalars(statement, whose(actor) | {"most": most}).all()


@cache
def decisions_within(extent: Reach | None) -> Select[Override]:
    """Overrides answered since a moment, the newest first."""
    return (
        select(Override)
        .select_from(Assignment)
        .join(Assessment, Assessment.case_id == Assignment.case_id)
        .join(Override, Override.assessment_id == Assessment.id)
        .join(OverrideAnswer, OverrideAnswer.override_id == Override.id)
        .where(held_within(extent), ~GONE, OverrideAnswer.at >= bindparam("since", type_=OverrideAnswer.at.type))
        .order_by(OverrideAnswer.at.desc())
        .limit(bindparam("most"))
        .options(
            contains_eager(Override.answer).joinedload(OverrideAnswer.by),
            contains_eager(Override.assessment).options(*NAMED_ASSESSMENT),
        )
    )


def decisions_since(actor: User, since: date, most: int = MOST) -> Sequence[Override]:
    """What was decided about proposals in the actor's cases."""
    statement = decisions_within(reach(actor, Permission.ASSESS_CLIENT))
    return db.session.scalars(statement, whose(actor) | {"since": beginning_of(since), "most": most}).all()


@cache
def answers_within(extent: Reach | None) -> Select[Objection]:
    """Objections answered since a moment, the newest first."""
    return (
        select(Objection)
        .select_from(Assignment)
        .join(Assessment, Assessment.case_id == Assignment.case_id)
        .join(Objection, Objection.assessment_id == Assessment.id)
        .join(ObjectionAnswer, ObjectionAnswer.objection_id == Objection.id)
        .where(held_within(extent), ObjectionAnswer.at >= bindparam("since", type_=ObjectionAnswer.at.type))
        .order_by(ObjectionAnswer.at.desc())
        .limit(bindparam("most"))
        .options(
            contains_eager(Objection.answer).joinedload(ObjectionAnswer.by),
            contains_eager(Objection.assessment).options(*NAMED_ASSESSMENT),
        )
    )


def answers_since(actor: User, since: date, most: int = MOST) -> Sequence[Objection]:
    """What was answered to objections in the actor's cases."""
    statement = answers_within(reach(actor, Permission.ASSESS_CLIENT))
    return db.session.scalars(statement, whose(actor) | {"since": beginning_of(since), "most": most}).all()


def beginning_of(day: date) -> datetime:
    return datetime.combine(day, time(0), UTC)
