"""The scores of a set of answers under an instrument of any make: by its formulas, by its points, or by both."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.assessments.calculation.answers import read_answers
from app.assessments.calculation.evaluation import (
    Computed,
    Objected,
    Scored,
    compute,
    contradicting,
    plain,
)
from app.assessments.calculation.expressions import points_name
from app.assessments.calculation.model import Calculation, Missing
from app.assessments.calculation.operators import Value
from app.assessments.instrument import TOTAL, Instrument
from app.assessments.scoring import RefusalKind, Result, refusals, score
from app.assessments.vocabulary import Kind, Text, Use

REASONS = {
    RefusalKind.NO_SUCH_ITEM: "{item} is not asked by this instrument",
    RefusalKind.NO_SUCH_OPTION: "{item} has no option {option}",
    RefusalKind.MUST_BE_KNOWN: "{item} cannot be left as not known",
    RefusalKind.BOTH: "{item} is answered and not known at once",
}
# Of an instrument that only adds up points.
NOTHING = Calculation((), (), (), (), (), Missing(), None)


@dataclass(frozen=True, slots=True)
class Outcome:
    instrument: Instrument
    computed: Computed

    def to_json(self) -> dict[str, Any]:
        """Plain content, the same for the same answers to the last digit."""
        return {
            "instrument": self.instrument.code,
            "version": self.instrument.version,
            "applicable": self.computed.applicable,
            "scores": {name: _score(one) for name, one in self.computed.scores.items()},
            "missing": list(self.computed.missing),
            "steps": [{"name": name, "value": plain(value)} for name, value in self.computed.steps],
        }


def _score(one: Scored) -> dict[str, Any]:
    shown: dict[str, Any] = {"value": plain(one.value), "level": one.level}
    if one.provisional:
        shown |= {"provisional": True, "level_if_worst": one.level_if_worst}
        shown |= {} if one.value_if_worst is None else {"value_if_worst": plain(one.value_if_worst)}
    return shown


@dataclass(frozen=True, slots=True)
class Sifted:
    """The answers that can be used, and what is to be said of the others."""

    answers: Mapping[str, str]  # option by item
    not_known: Collection[str]  # items
    values: Mapping[str, Value | None]  # by input
    objected: Objected


def outcome(instrument: Instrument, given: Mapping[str, object], language: str = "en") -> Outcome:
    """Score raw answers.

    given: by code of an item (its option's code) or an input (as calculation.answers reads it). Null is an answer that
    is not known: in an assessment only where the item allows it, at a visit anywhere, in a calculation as no answer.
    Raises AnswersRefused with every reason.
    """
    sifted = _sifted(instrument, given)
    result = score(instrument, sifted.answers, sifted.not_known)
    points = dict(_points(instrument, sifted.answers))
    by_points = _scores_by_points(instrument, result, points)
    steps = tuple((code, points[code]) for code in by_points)
    items = [item.code for section, item in instrument.items() if section.kind.has_points]
    left = tuple(code for code in items if code not in sifted.answers)
    policy_decides = instrument.use is Use.CALCULATION
    computed = compute(
        instrument.calculation or NOTHING,
        _known(instrument, sifted.answers) | dict(sifted.values),
        left if policy_decides else (),
        sifted.objected,
        language,
    )
    scores = {**by_points, **computed.scores} if computed.applicable else computed.scores
    missing = computed.missing if policy_decides else left
    return Outcome(instrument, Computed(computed.applicable, scores, steps + computed.steps, missing))


def _sifted(instrument: Instrument, given: Mapping[str, object]) -> Sifted:
    items = {item.code: section.kind for section, item in instrument.items()}
    inputs = instrument.calculation.inputs if instrument.calculation else ()
    values, misfits = read_answers(inputs, given)
    chosen = {code: value for code, value in given.items() if code not in values}
    shapeless = [code for code in items if not isinstance(chosen.get(code, ""), str | None)]
    answers = {code: value for code, value in chosen.items() if isinstance(value, str)}
    not_known = chosen.keys() - answers.keys() - set(shapeless)
    if instrument.use is not Use.ASSESSMENT:
        not_known -= items.keys()
    refused = tuple(refusals(instrument, answers, not_known))
    wrong = {*misfits, *shapeless, *(one.item_code for one in refused)}
    must = [code for code, kind in items.items() if kind.scored or instrument.use is Use.ACUTE]
    missing = [code for code in must if code not in given] if instrument.use is not Use.CALCULATION else []
    reasons = [
        *misfits.values(),
        *(f"{code} is not the code of an option" for code in shapeless),
        *(REASONS[one.kind].format(item=one.item_code, option=one.option_code) for one in refused),
        *(f"{code} has no answer" for code in missing),
    ]
    return Sifted(
        {code: option for code, option in answers.items() if code not in wrong},
        not_known - wrong,
        values,
        Objected(frozenset(wrong), tuple(reasons)),
    )


def contradictions(instrument: Instrument, answers: Mapping[str, str]) -> tuple[Text, ...]:
    """Why these answers cannot all be true, as far as the instrument's checks say; option code by item code."""
    if instrument.calculation is None:
        return ()
    return contradicting(instrument.calculation, _known(instrument, answers))


def _known(instrument: Instrument, answers: Mapping[str, str]) -> dict[str, Value | None]:
    """What the formulas may ask of the items: the chosen option by item, and points."""
    known: dict[str, Value | None] = {item.code: answers.get(item.code) for _, item in instrument.items()}
    known.update({points_name(code): number for code, number in _points(instrument, answers)})
    return known


def _points(instrument: Instrument, answers: Mapping[str, str]) -> Iterator[tuple[str, Decimal | None]]:
    """Points by code of each item, of each section, and of the whole; None where nothing is answered."""
    total: list[Decimal] = []
    for section in instrument.sections:
        if not section.kind.has_points:
            continue
        numbers = []
        for item in section.items:
            option = item.option(answers.get(item.code, ""))
            yield item.code, Decimal(option.points) if option else None
            numbers += [Decimal(option.points)] if option else []
        yield section.code, sum(numbers, Decimal(0)) if numbers else None
        total += [-number for number in numbers] if section.kind is Kind.PROTECTIVE else numbers
    yield TOTAL, sum(total, Decimal(0)) if total else None


def _scores_by_points(
    instrument: Instrument, result: Result, points: Mapping[str, Decimal | None]
) -> dict[str, Scored]:
    sections = [section for section in instrument.sections if section.kind.has_points]
    if not sections:
        return {}
    levels = {domain.code: (domain.level, domain.level_if_worst) for domain in result.by_domain}
    levels[TOTAL] = (result.level, result.level_if_worst)
    scores = {}
    for code in (*(section.code for section in sections), TOTAL):
        level, if_worst = levels.get(code, (None, None))
        scores[code] = Scored(points[code], level, level != if_worst, if_worst)
    return scores
