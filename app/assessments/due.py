"""When cases are to be assessed, as conditions in statements: the same for one officer's day and for the whole country.

What ``falling_due`` reckons for one case is reckoned here for all of them; a test holds the two together.
"""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, case, cast, false, func, null, or_, select, true
from sqlalchemy.orm import aliased

from app.assessments import library
from app.assessments.instrument import Instrument
from app.assessments.models import Assessment, Completion, Objection, ObjectionAnswer, ObjectionOutcome
from app.assessments.norms import Norm, Term, Trigger, Unit, norms
from app.assessments.queries import final_level_of
from app.assessments.validity import months_after
from app.assessments.vocabulary import Stage
from app.clients.cases import Case, CaseStage, Transfer, TransferAnswer
from app.clients.events import CaseEvent
from app.clients.models import Client
from app.clients.vocabulary import Stage as StageOfCase
from app.db import days

MONTHS = 12  # in a year of age
RELEASED = StageOfCase.POST_PENITENTIARY


def never_assessed() -> ColumnElement[bool]:
    """For statements with Case: nothing is complete yet."""
    return ~select(Assessment.id).where(Assessment.case_id == Case.id, Assessment.completion.has()).exists()


def first_due(day: date) -> ColumnElement[Any]:
    """For statements with Case and Client: by when the first assessment is due; empty where no instrument fits."""
    by_registration = [norm for norm in norms() if norm.trigger is Trigger.REGISTRATION]
    cells: list[tuple[ColumnElement[bool], ColumnElement[Any]]] = []
    for instrument in library.offered(day):
        own = days.days_after(Case.registered_on, instrument.initial_within_days)
        cells += [
            (
                and_(fits(instrument, day), in_force(norm, Case.registered_on), at_stages(norm.stages, day)),
                days.Earliest(own, after(Case.registered_on, norm.term)),
            )
            for norm in by_registration
        ]
        cells.append((fits(instrument, day), own))
    return case(*cells) if cells else cast(null(), Date)


def first_is_late(day: date) -> ColumnElement[bool]:
    """Nothing is complete, and the first term is over; needs Case and Client."""
    return and_(Case.registered_on < day, first_due(day) < day, never_assessed())


def reassessment_due(day: date) -> ColumnElement[Any]:
    """For statements with Case, Assessment and Completion, the latest: by when the case is to be assessed again."""
    named = Completion.reassess_by
    following = [*events_since(day), *transfers_since(day), *releases_since(day), objection_upheld()]
    return days.Earliest(named, by_level(day), *(func.coalesce(found, named) for found in following))


def by_level(day: date) -> Any:
    """By the level that holds; it may have been raised since the completion named a day."""
    level = final_level_of()
    cells = [
        (
            and_(
                level.in_([one.value for one in norm.levels]),
                in_force(norm, Completion.on),
                at_stages(norm.stages, day),
            ),
            after(Completion.on, norm.term),
        )
        for norm in norms()
        if norm.trigger is Trigger.COMPLETION
    ]
    return case(*cells, else_=Completion.reassess_by) if cells else Completion.reassess_by


def events_since(day: date) -> Iterable[ColumnElement[Any]]:
    """The terms that run from what was noted after the completion: what its author could not have known."""
    by_event = (norm for norm in norms() if norm.trigger is Trigger.EVENT)
    for (term, *_dates, stages), alike in groupby(sorted(by_event, key=alikeness), key=alikeness):
        members = list(alike)
        kinds = [kind for norm in members for kind in norm.events]
        first = select(func.min(CaseEvent.on)).where(
            CaseEvent.case_id == Case.id,
            CaseEvent.kind.in_(kinds),
            CaseEvent.recorded_at > Completion.at,
            in_force(members[0], CaseEvent.on),
            at_stages(frozenset(map(Stage, stages)), day),
            ~CaseEvent.withdrawal.has(),
        )
        yield after(first.correlate(Case, Completion).scalar_subquery(), Term(term[1], Unit(term[0])))


def alikeness(norm: Norm) -> tuple[tuple[str, int], date, date, tuple[str, ...]]:
    """Norms that differ only in their events are asked for together."""
    term, stages = (norm.term.unit.value, norm.term.count), tuple(sorted(norm.stages))
    return term, norm.valid_from, norm.valid_to or date.max, stages


def transfers_since(day: date) -> Iterable[ColumnElement[Any]]:
    for norm in norms():
        if norm.trigger is Trigger.TRANSFER:
            first = (
                select(func.min(TransferAnswer.at))
                .join(Transfer, Transfer.id == TransferAnswer.transfer_id)
                .where(
                    Transfer.case_id == Case.id,
                    TransferAnswer.is_accepted,
                    TransferAnswer.at > Completion.at,
                    in_force(norm, days.DayOf(TransferAnswer.at)),
                    at_stages(norm.stages, day),
                )
            )
            yield after(days.DayOf(first.correlate(Case, Completion).scalar_subquery()), norm.term)


def releases_since(day: date) -> Iterable[ColumnElement[Any]]:
    for norm in norms():
        if norm.trigger is Trigger.RELEASE:
            first = select(func.min(CaseStage.from_on)).where(
                CaseStage.case_id == Case.id,
                CaseStage.stage == RELEASED,
                CaseStage.from_on > Completion.on,
                CaseStage.from_on <= day,
                in_force(norm, CaseStage.from_on),
                at_stages(norm.stages, day),
            )
            yield after(first.correlate(Case, Completion).scalar_subquery(), norm.term)


def objection_upheld() -> ColumnElement[Any]:
    """For statements with Completion: the day on which an objection to the assessment was upheld."""
    first = (
        select(func.min(ObjectionAnswer.on))
        .join(Objection, Objection.id == ObjectionAnswer.objection_id)
        .where(Objection.assessment_id == Completion.assessment_id, ObjectionAnswer.outcome == ObjectionOutcome.UPHELD)
    )
    return first.correlate(Completion).scalar_subquery()


def after(day: Any, term: Term) -> ColumnElement[Any]:
    reckon = days.months_after if term.unit is Unit.MONTHS else days.days_after
    return reckon(day, term.count)


def in_force(norm: Norm, on: Any) -> ColumnElement[bool]:
    return and_(on >= norm.valid_from, true() if norm.valid_to is None else on < norm.valid_to)


def at_stages(stages: frozenset[Stage], day: date) -> ColumnElement[bool]:
    """For statements with Case: it is at one of these stages on a day."""
    if stages == frozenset(Stage):
        return true()
    passed = aliased(CaseStage)
    return (
        select(passed.id)
        .where(
            passed.case_id == Case.id,
            passed.stage.in_([StageOfCase(stage) for stage in stages]),
            passed.from_on <= day,
            or_(passed.to_on.is_(None), passed.to_on > day),
        )
        .correlate(Case)
        .exists()
    )


def can_be_assessed(day: date) -> ColumnElement[bool]:
    """Some instrument applies to the case and its person."""
    return or_(false(), *(fits(instrument, day) for instrument in library.offered(day)))


def fits(instrument: Instrument, day: date) -> ColumnElement[bool]:
    """What ``Instrument.applies_to`` says, as a condition on a case and its person."""
    conditions = [
        Client.born_on <= months_after(day, -MONTHS * instrument.age_from),
        at_stages(frozenset(instrument.stages), day),
    ]
    if instrument.age_to is not None:
        conditions.append(Client.born_on > months_after(day, -MONTHS * (instrument.age_to + 1)))
    return and_(*conditions)
