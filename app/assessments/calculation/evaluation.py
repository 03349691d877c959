"""Computes the scores of an instrument from its answers, keeping every step."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.assessments.calculation.expressions import Known, value_of
from app.assessments.calculation.model import Calculation, Policy, Score
from app.assessments.calculation.operators import NoValue, Value
from app.assessments.calculation.placing import choosing, level_of
from app.assessments.vocabulary import Text


@dataclass(frozen=True, slots=True)
class Scored:
    """One score. The two further fields are told only where missing answers are projected."""

    value: Value | None
    level: str | None
    provisional: bool = False  # the missing answers could change it
    level_if_worst: str | None = None
    value_if_worst: Value | None = None  # where the score has no levels


@dataclass(frozen=True, slots=True)
class Computed:
    """What came out: by score's name in the file's order, and every step in the file's order."""

    applicable: bool
    scores: Mapping[str, Scored]
    steps: tuple[tuple[str, Value | None], ...]
    missing: tuple[str, ...]


class AnswersRefused(ValueError):
    """The answers cannot be scored; `reasons` lists every reason as a sentence."""

    def __init__(self, reasons: Collection[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = tuple(reasons)


@dataclass(frozen=True, slots=True)
class Objected:
    """What was wrong with the answers before anything was computed: the codes, and a sentence for each reason."""

    codes: frozenset[str] = frozenset()
    reasons: tuple[str, ...] = ()


def compute(
    calculation: Calculation,
    known: Known,
    missing: Collection[str] = (),
    objected: Objected = Objected(),
    language: str = "en",
) -> Computed:
    """The scores of answers that fit their inputs.

    known: values by name of inputs, items and points; missing: items without an answer, beside the missing inputs;
    objected: answers that are there, but of no use. Where the instrument does not apply there are no scores, and
    nothing is refused for being missing.
    Raises AnswersRefused with what was objected, the contradictions that the checks find, the missing answers that the
    policy forbids, and the steps without a value.
    """
    unanswered = [one.code for one in calculation.inputs if known[one.code] is None]
    absent = tuple(code for code in (*missing, *unanswered) if code not in objected.codes)
    steps, faults = _steps(calculation, known)
    applies, untold = _applies(calculation, steps)
    reasons = [*objected.reasons, *untold]
    if not applies and not reasons:
        return Computed(False, {score.name: Scored(None, None) for score in calculation.scores}, (), absent)
    optional = {one.code for one in calculation.inputs if one.optional} - choosing(calculation)
    required = [code for code in absent if code not in optional]
    if applies:
        contradictions, unchecked = _checked(calculation, steps)
        reasons += [text[language] for text in contradictions]
        reasons += [*faults, *unchecked, *_forbidden(calculation, required)]
    if reasons:
        raise AnswersRefused(reasons)
    by_name = tuple((step.name, steps[step.name]) for step in calculation.steps)
    most = calculation.missing.at_most
    if most is not None and len(required) > most:
        return Computed(True, {score.name: Scored(None, None) for score in calculation.scores}, by_name, absent)
    if calculation.missing.policy is Policy.PROJECT and absent:
        return Computed(True, _projected(calculation, known), by_name, absent)
    return Computed(True, {score.name: _scored(score, steps) for score in calculation.scores}, by_name, absent)


def _applies(calculation: Calculation, values: Known) -> tuple[bool, list[str]]:
    """Whether the instrument is for these answers, as far as they are known; and why that cannot be told."""
    untold = "it cannot be told whether the instrument applies"
    try:
        answer = calculation.applies_when is None or value_of(calculation.applies_when, values)
    except NoValue as reason:
        return True, [f"{untold}: {reason}"]
    # Under the policy forbid the answers that it needs are told to be missing, each by its name.
    unclear = answer is None and calculation.missing.policy is not Policy.FORBID
    return answer is not False, [f"{untold}: an answer is missing"] if unclear else []


def _steps(calculation: Calculation, known: Known) -> tuple[dict[str, Value | None], list[str]]:
    """Everything known together with the steps, and a reason for each step that has no value."""
    values, faults = dict(known), []
    for index in calculation.order:
        step = calculation.steps[index]
        try:
            values[step.name] = value_of(step.formula, values)
        except NoValue as reason:
            values[step.name] = None
            faults.append(f"{step.name} cannot be computed: {reason}")
    return values, faults


def contradicting(calculation: Calculation, known: Known) -> tuple[Text, ...]:
    """The reasons for which the checks refuse the answers, as far as these are known."""
    return tuple(_checked(calculation, _steps(calculation, known)[0])[0])


def _checked(calculation: Calculation, values: Known) -> tuple[list[Text], list[str]]:
    """The reasons of the checks that refuse, and a sentence for each check that could not be made."""
    found, unchecked = [], []
    for check in calculation.checks:
        try:
            if value_of(check.refuse_when, values) is True:
                found.append(check.reason)
        except NoValue as reason:
            unchecked.append(f"the answers cannot be checked: {reason}")
    return found, unchecked


def _forbidden(calculation: Calculation, required: Collection[str]) -> Iterator[str]:
    """The missing answers that may not be missing: under the policy project those without a best and a worst."""
    policy = calculation.missing.policy
    projected = {one.code for one in calculation.inputs if one.worst is not None}
    needed = choosing(calculation)
    for code in required:
        if policy is Policy.FORBID or code in needed or (policy is Policy.PROJECT and code not in projected):
            yield f"{code} has no answer"


def _scored(score: Score, values: Known) -> Scored:
    try:
        value = value_of(score.value, values)
        return Scored(value, level_of(score, value, values))
    except NoValue as reason:
        raise AnswersRefused([f"{score.name} cannot be computed: {reason}"]) from reason


def _projected(calculation: Calculation, known: Known) -> dict[str, Scored]:
    """Each score with the missing answers at their best, and whether their worst would give another level."""
    at_best = _standing_in(calculation, known, {one.code: one.best for one in calculation.inputs})
    at_worst = _standing_in(calculation, known, {one.code: one.worst for one in calculation.inputs})
    changed_level = calculation.missing.level_if_changed
    scores = {}
    for score in calculation.scores:
        best, worst = _scored(score, at_best), _scored(score, at_worst)
        changed = best.level != worst.level if score.cutoffs else best.value != worst.value
        level = changed_level if changed and changed_level else best.level
        scores[score.name] = Scored(best.value, level, changed, worst.level, None if score.cutoffs else worst.value)
    return scores


def _standing_in(
    calculation: Calculation, known: Known, instead: Mapping[str, Value | None]
) -> dict[str, Value | None]:
    values = {name: instead.get(name) if value is None else value for name, value in known.items()}
    steps, faults = _steps(calculation, values)
    if faults:
        raise AnswersRefused(faults)
    return steps


def plain(value: Value | None) -> object:
    """A value as JSON has it: whole numbers stay whole, others are the nearest double."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
