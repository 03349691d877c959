"""When a case is to be assessed, as conditions on cases: the same for one officer's day and for the whole country."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, false, or_, select

from app.assessments import library
from app.assessments.instrument import Instrument
from app.assessments.models import Assessment
from app.assessments.validity import months_after
from app.clients.cases import Case, CaseStage
from app.clients.models import Client
from app.clients.vocabulary import Stage as StageOfCase

MONTHS = 12  # in a year of age


def first_is_late(day: date) -> ColumnElement[bool]:
    """Nothing is complete, and the instrument's days since registration are over; needs Case and Client."""
    completed = select(Assessment.id).where(Assessment.case_id == Case.id, Assessment.completion.has())
    late = (
        and_(fits(instrument, day), Case.registered_on < day - timedelta(days=instrument.initial_within_days))
        for instrument in library.offered(day)
    )
    return and_(or_(false(), *late), ~completed.exists())


def first_within(day: date) -> timedelta:
    """How long after registration a first assessment may wait: the longest that an instrument allows."""
    return timedelta(days=max((one.initial_within_days for one in library.offered(day)), default=0))


def can_be_assessed(day: date) -> ColumnElement[bool]:
    """Some instrument applies to the case and its person."""
    return or_(false(), *(fits(instrument, day) for instrument in library.offered(day)))


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
