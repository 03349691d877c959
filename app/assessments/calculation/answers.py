"""Turns raw answers into values, refusing with every reason what no input of the instrument can be."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from app.assessments.calculation.model import Form, Input
from app.assessments.calculation.operators import Value
from app.assessments.calculation.reading_inputs import fits
from app.assessments.reading import DAY

# Larger numbers are slips of the finger, and would make exact arithmetic slow.
MOST_DIGITS = 15


class Misfit(ValueError):
    """The answer does not fit its input; the text says what would."""


def value_of_answer(one: Input, given: object) -> Value:
    """The answer as a value. Raises Misfit.

    given: as JSON has it: true or false, a number, a word, a date like 2026-01-31. Nothing is guessed: the text "1"
    is not the number 1, and true is not 1.
    """
    value: Value = _READ[one.form](given)
    if one.form is not Form.DATE and not fits(value, one):
        raise Misfit(f"is not {_asked(one)}")
    return value


def _truth(given: object) -> bool:
    if not isinstance(given, bool):
        raise Misfit("is neither true nor false")
    return given


def _number(given: object) -> Decimal:
    if isinstance(given, bool) or not isinstance(given, int | float | Decimal):
        raise Misfit("is not a number")
    try:
        number = Decimal(str(given))
    except (InvalidOperation, ValueError) as error:  # more digits than Python turns into text
        raise Misfit("is too large") from error
    if not number.is_finite():
        raise Misfit("is not a number")
    if number and not -MOST_DIGITS <= number.adjusted() < MOST_DIGITS:
        raise Misfit("is too large or too small")
    return number


def _whole(given: object) -> Decimal:
    number = _number(given)
    if not isinstance(given, int) and number != number.to_integral_value():
        raise Misfit("is not a whole number")
    return number.to_integral_value()


def _date(given: object) -> date:
    try:
        if isinstance(given, str) and DAY.fullmatch(given):
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise Misfit("is not a date like 2026-01-31")


def _word(given: object) -> str:
    if not isinstance(given, str):
        raise Misfit("is not a word")
    return given


_READ: Mapping[Form, Callable[[object], Value]] = {
    Form.TRUTH: _truth,
    Form.NUMBER: _number,
    Form.WHOLE: _whole,
    Form.DATE: _date,
    Form.WORD: _word,
}


def _asked(one: Input) -> str:
    if one.form is Form.WORD:
        return f"one of {', '.join(one.words)}"
    if one.least is not None and one.most is not None:
        return f"between {one.least} and {one.most}"
    return f"at least {one.least}" if one.least is not None else f"at most {one.most}"


def read_answers(
    inputs: tuple[Input, ...], given: Mapping[str, object]
) -> tuple[dict[str, Value | None], dict[str, str]]:
    """Every input's value by code, None where there is none, and by code why an answer does not fit its input."""
    values: dict[str, Value | None] = {}
    misfits: dict[str, str] = {}
    for one in inputs:
        values[one.code] = None
        if given.get(one.code) is not None:
            try:
                values[one.code] = value_of_answer(one, given[one.code])
            except Misfit as misfit:
                misfits[one.code] = f"{one.code} {misfit}"
    return values, misfits
