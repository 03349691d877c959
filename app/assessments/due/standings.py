"""What is known of some cases that decides when they are to be assessed, and the day with its reason for each."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Date,
    Select,
    String,
    and_,
    bindparam,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)

from app.assessments import library
from app.assessments.due.falling import Assessed, Due, Occasion, Standing, falls_due
from app.assessments.due.norms import Trigger, norms
from app.assessments.due.statements import RELEASED, objection_upheld
from app.assessments.models import Assessment, Completion
from app.assessments.queries import final_level_of, overtaken
from app.assessments.vocabulary import Level, Stage
from app.clients.cases import Case, CaseStage, Transfer, TransferAnswer
from app.clients.events import CaseEvent
from app.clients.models import Client
from app.clients.vocabulary import EventKind
from app.db import days, db
from app.web.dates import age_on

CASES: BindParameter[Any] = bindparam("cases", expanding=True)
DAY: BindParameter[Any] = bindparam("day", type_=Date)


def dues(cases: Collection[int], day: date) -> dict[int, Due | None]:
    """By when each case is to be assessed and why, by two statements however many there are; None: not at all."""
    return {number: falls_due(norms(), standing) for number, standing in standings(cases, day).items()}


def standings(cases: Collection[int], day: date) -> dict[int, Standing]:
    if not cases:
        return {}
    since = defaultdict(list)
    for row in db.session.execute(occasions(), {"cases": list(cases), "day": day}):
        event = EventKind(row.event) if row.event else None
        since[row.case_id].append(Occasion(Trigger(row.trigger), row.on, event))
    found = db.session.execute(facts(), {"cases": list(cases), "day": day})
    return {row.id: standing(row, tuple(since[row.id]), day) for row in found}


def standing(row: Any, since: tuple[Occasion, ...], day: date) -> Standing:
    stage = Stage(row.stage) if row.stage else None
    instrument = library.fitting(age_on(row.born_on, day), stage, day) if stage else None
    assessed = Assessed(row.completed_on, Level(row.level), row.reassess_by) if row.completed_on else None
    return Standing(row.registered_on, stage, instrument.initial_within_days if instrument else None, assessed, since)


@cache
def facts() -> Select[Any]:
    """One row for each case: its person, its stage on the day, and its last completed assessment."""
    latest = (
        select(
            Assessment.case_id,
            Completion.on.label("completed_on"),
            Completion.reassess_by,
            final_level_of().label("level"),
        )
        .join(Completion, Completion.assessment_id == Assessment.id)
        .where(Assessment.case_id.in_(CASES), ~overtaken())
        .subquery()
    )
    at_stage = and_(
        CaseStage.case_id == Case.id, CaseStage.from_on <= DAY, or_(CaseStage.to_on.is_(None), CaseStage.to_on > DAY)
    )
    return (
        select(
            Case.id, Case.registered_on, Client.born_on, type_coerce(CaseStage.stage, String).label("stage"),
            latest.c.completed_on, latest.c.reassess_by, latest.c.level,
        )
        .join(Client, Client.id == Case.client_id)
        .outerjoin(CaseStage, at_stage)
        .outerjoin(latest, latest.c.case_id == Case.id)
        .where(Case.id.in_(CASES))
    )  # fmt: skip


@cache
def occasions() -> Any:
    """What happened in the cases after their last completed assessments, as ``due`` asks for it."""
    event = (
        of(Trigger.EVENT, CaseEvent, CaseEvent.on, type_coerce(CaseEvent.kind, String))
        .where(CaseEvent.recorded_at > Completion.at, ~CaseEvent.withdrawal.has())
    )  # fmt: skip
    transfer = (
        of(Trigger.TRANSFER, Transfer, days.DayOf(TransferAnswer.at))
        .join(TransferAnswer, TransferAnswer.transfer_id == Transfer.id)
        .where(TransferAnswer.is_accepted, TransferAnswer.at > Completion.at)
    )
    release = of(Trigger.RELEASE, CaseStage, CaseStage.from_on).where(
        CaseStage.stage == RELEASED, CaseStage.from_on > Completion.on, CaseStage.from_on <= DAY
    )
    upheld = objection_upheld()
    objection = (
        select(Assessment.case_id, literal(Trigger.OBJECTION.value, String), upheld, literal(None, String))
        .join(Completion, Completion.assessment_id == Assessment.id)
        .where(Assessment.case_id.in_(CASES), ~overtaken(), upheld.is_not(None))
    )
    return union_all(event, transfer, release, objection)


def of(trigger: Trigger, row: Any, on: Any, event: Any = None) -> Select[Any]:
    """The rows of a table about cases, beside the last completed assessment of each."""
    none = literal(None, String)
    return (
        select(
            row.case_id, literal(trigger.value, String).label("trigger"), on.label("on"),
            (none if event is None else event).label("event"),
        )
        .select_from(row)
        .join(Assessment, Assessment.case_id == row.case_id)
        .join(Completion, Completion.assessment_id == Assessment.id)
        .where(row.case_id.in_(CASES), ~overtaken())
    )  # fmt: skip
