"""When cases are to be assessed, as conditions in statements: the same for one officer's day and for the whole country.

What ``falling_due`` reckons for one case is reckoned here for all of them; a test holds the two together.
"""

from collections.abc import Collection, Iterable
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, case, cast, false, func, null, or_, select, true
from sqlalchemy.orm import aliased

from app.assessments import library
from app.assessments.due.norms import Norm, Term, Trigger, Unit, norms
from app.assessments.instrument import Instrument
from app.assessments.models import Assessment, Completion, Objection, ObjectionAnswer, ObjectionOutcome
from app.assessments.queries import final_level_of
from app.assessments.vocabulary import Level, Stage
from app.clients.cases import Case, CaseStage, Transfer, TransferAnswer
from app.clients.events import CaseEvent
from app.clients.models import Client
from app.clients.vocabulary import Stage as StageOfCase
from app.db import days
from app.web.months import months_after

MONTHS = 12  # in a year of age
RELEASED = StageOfCase.POST_PENITENTIARY
Now = aliased(CaseStage, name="now")  # the stage on the day that a statement asks about


def never_assessed() -> ColumnElement[bool]:
    """For statements with Case: nothing is complete yet."""
    return ~select(Assessment.id).where(Assessment.case_id == Case.id, Assessment.completion.has()).exists()


def now_on(day: date) -> ColumnElement[bool]:
    """Joins ``Now``, the stage on a day, to a statement with Case."""
    return and_(Now.case_id == Case.id, Now.from_on <= day, or_(Now.to_on.is_(None), Now.to_on > day))


def first_due(day: date) -> ColumnElement[Any]:
    """For statements with Case, Client and Now: by when the first assessment is due; empty where none is possible."""
    cells = [(suits(instrument, day), first_under(instrument)) for instrument in library.offered(day)]
    return case(*cells) if cells else cast(null(), Date)


def first_under(instrument: Instrument) -> ColumnElement[Any]:
    """The instrument's own term, or the norms' where they are shorter."""
    own = days.days_after(Case.registered_on, instrument.initial_within_days)
    stricter = [
        norm
        for norm in norms()
        if norm.trigger is Trigger.REGISTRATION
        and (norm.term.unit is Unit.MONTHS or norm.term.count < instrument.initial_within_days)
    ]
    terms = [
        (and_(in_force(norm, Case.registered_on), at_now(norm.stages)), after(Case.registered_on, norm.term))
        for norm in stricter
    ]
    return days.Earliest(own, case(*terms, else_=own)) if terms else own


def first_is_late(day: date) -> ColumnElement[bool]:
    """Nothing is complete, and the first term is over; needs Case, Client and Now."""
    return and_(Case.registered_on < day, first_due(day) < day, never_assessed())


def reassessment_due(day: date) -> ColumnElement[Any]:
    """For statements with Assessment and Completion, the latest, and Now: by when the case is to be assessed again."""
    named = Completion.reassess_by
    following = [*events_since(), *transfers_since(), *releases_since(day), objection_upheld()]
    return days.Earliest(named, by_level(), *(func.coalesce(found, named) for found in following))


def by_level() -> Any:
    """By the level that holds; it may have been raised since the completion named a day."""
    by_completion = [norm for norm in norms() if norm.trigger is Trigger.COMPLETION]
    terms = {
        level.value: case(
            *(
                (and_(in_force(norm, Completion.on), at_now(norm.stages)), after(Completion.on, norm.term))
                for norm in by_completion
                if level in norm.levels
            ),
            else_=Completion.reassess_by,
        )
        for level in Level
    }
    return case(terms, value=final_level_of(), else_=Completion.reassess_by)


def events_since() -> Iterable[ColumnElement[Any]]:
    """The terms that run from what was noted after the completion: what its author could not have known."""
    by_event = (norm for norm in norms() if norm.trigger is Trigger.EVENT)
    for _alike, members in groupby(sorted(by_event, key=alikeness), key=alikeness):
        norm, *others = members
        kinds = [kind for one in (norm, *others) for kind in one.events]
        first = select(func.min(CaseEvent.on)).where(
            CaseEvent.case_id == Assessment.case_id,
            CaseEvent.kind.in_(kinds),
            CaseEvent.recorded_at > Completion.at,
            in_force(norm, CaseEvent.on),
            at_now(norm.stages),
            ~CaseEvent.withdrawal.has(),
        )
        yield after(following(first), norm.term)


def alikeness(norm: Norm) -> tuple[tuple[str, int], date, date, tuple[str, ...]]:
    """Norms that differ only in their events are asked for together."""
    term, stages = (norm.term.unit.value, norm.term.count), tuple(sorted(norm.stages))
    return term, norm.valid_from, norm.valid_to or date.max, stages


def transfers_since() -> Iterable[ColumnElement[Any]]:
    for norm in norms():
        if norm.trigger is Trigger.TRANSFER:
            first = (
                select(func.min(TransferAnswer.at))
                .join(Transfer, Transfer.id == TransferAnswer.transfer_id)
                .where(
                    Transfer.case_id == Assessment.case_id,
                    TransferAnswer.is_accepted,
                    TransferAnswer.at > Completion.at,
                    in_force(norm, days.DayOf(TransferAnswer.at)),
                    at_now(norm.stages),
                )
            )
            yield after(days.DayOf(following(first)), norm.term)


def releases_since(day: date) -> Iterable[ColumnElement[Any]]:
    for norm in norms():
        if norm.trigger is Trigger.RELEASE:
            first = select(func.min(CaseStage.from_on)).where(
                CaseStage.case_id == Assessment.case_id,
                CaseStage.stage == RELEASED,
                CaseStage.from_on > Completion.on,
                CaseStage.from_on <= day,
                in_force(norm, CaseStage.from_on),
                at_now(norm.stages),
            )
            yield after(following(first), norm.term)


def following(first: Select[Any]) -> Any:
    """The first of something after the completion, as a value of its statement."""
    return first.correlate(Assessment, Completion, Now).scalar_subquery()


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


def at_now(stages: Collection[Stage]) -> ColumnElement[bool]:
    """For statements with Now: the case is at one of these stages."""
    return true() if set(stages) == set(Stage) else Now.stage.in_([StageOfCase(stage) for stage in stages])


def can_be_assessed(day: date) -> ColumnElement[bool]:
    """For statements with Client and Now: some instrument applies to the case and its person."""
    return or_(false(), *(suits(instrument, day) for instrument in library.offered(day)))


def suits(instrument: Instrument, day: date) -> ColumnElement[bool]:
    """What ``Instrument.applies_to`` says, for statements with Client and Now."""
    return and_(at_now(instrument.stages), of_age(instrument, day))


def of_age(instrument: Instrument, day: date) -> ColumnElement[bool]:
    oldest: ColumnElement[bool] = true()
    if instrument.age_to is not None:
        oldest = Client.born_on > months_after(day, -MONTHS * (instrument.age_to + 1))
    return and_(Client.born_on <= months_after(day, -MONTHS * instrument.age_from), oldest)


def fits(instrument: Instrument, day: date) -> ColumnElement[bool]:
    """The same for statements with Case and Client, which do not join the stage."""
    return and_(at_stages(frozenset(instrument.stages), day), of_age(instrument, day))


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
