"""The scores of a set of answers under an instrument of any make: by its formulas, by its points, or by both."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.assessments.calculation.answers import read_answers
from app.assessments.calculation.evaluation import (
    AnswersRefused,
    Computed,
    Scored,
    compute,
    contradicting,
    plain,
)
from app.assessments.calculation.expressions import Value, points_name
from app.assessments.instrument import TOTAL, Instrument
from app.assessments.scoring import Refusal, RefusalKind, Refused, Result, score
from app.assessments.vocabulary import Kind, Text, Use

REASONS = {
    RefusalKind.NO_SUCH_ITEM: "{item} is not asked by this instrument",
    RefusalKind.NO_SUCH_OPTION: "{item} has no option {option}",
    RefusalKind.MUST_BE_KNOWN: "{item} cannot be left as not known",
    RefusalKind.BOTH: "{item} is answered and not known at once",
}


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
    return shown


def outcome(instrument: Instrument, given: Mapping[str, object], language: str = "en") -> Outcome:
    """Score raw answers.

    given: by code of an item (its option's code) or an input (as calculation.answers reads it); null for an answer that
    is not known. Raises AnswersRefused with every reason, in the file's order, strange codes last.
    """
    inputs = instrument.calculation.inputs if instrument.calculation else ()
    own = {one.code for one in inputs}
    chosen = {code: value for code, value in given.items() if code not in own}
    reasons = [f"{code} is not the code of an option" for code, value in chosen.items() if not _is_code(value)]
    values, misfits = read_answers(inputs, given)
    answers = {code: value for code, value in chosen.items() if isinstance(value, str)}
    not_known = {code for code, value in chosen.items() if value is None}
    result, refusals = _result(instrument, answers, not_known)
    reasons += misfits + [_sentence(one) for one in refusals]
    if reasons or result is None:
        raise AnswersRefused(reasons)
    return Outcome(instrument, _joined(instrument, result, values, answers, language))


def contradictions(instrument: Instrument, answers: Mapping[str, str]) -> tuple[Text, ...]:
    """Why these answers cannot all be true, as far as the instrument's checks say; option code by item code."""
    if instrument.calculation is None:
        return ()
    return contradicting(instrument.calculation, _known(instrument, answers))


def _is_code(value: object) -> bool:
    return value is None or isinstance(value, str)


def _sentence(refusal: Refusal) -> str:
    return REASONS[refusal.kind].format(item=refusal.item_code, option=refusal.option_code)


def _result(
    instrument: Instrument, answers: Mapping[str, str], not_known: Collection[str]
) -> tuple[Result | None, tuple[Refusal, ...]]:
    try:
        return score(instrument, answers, not_known), ()
    except Refused as refused:
        return None, refused.refusals


def _joined(
    instrument: Instrument,
    result: Result,
    values: dict[str, Value | None],
    answers: Mapping[str, str],
    language: str,
) -> Computed:
    """What the points give, and what the formulas make of them and of the inputs."""
    points = dict(_points(instrument, answers))
    left = tuple(code for section, item in instrument.items() if section.kind.has_points
                 for code in (item.code,) if code not in answers)  # fmt: skip
    by_points = _scores_by_points(instrument, result, points)
    steps = tuple((code, points[code]) for code in by_points)
    if instrument.use is Use.ASSESSMENT and result.missing:
        raise AnswersRefused([f"{code} has no answer" for code in result.missing])
    if instrument.use is Use.ACUTE and left:
        raise AnswersRefused([f"{code} has no answer" for code in left])
    if instrument.calculation is None:
        return Computed(True, by_points, steps, left)
    computed = compute(instrument.calculation, _known(instrument, answers) | values, left, language)
    return Computed(
        computed.applicable,
        {**by_points, **computed.scores} if computed.applicable else computed.scores,
        steps + computed.steps,
        computed.missing,
    )


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
