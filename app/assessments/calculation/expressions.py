"""A formula as a tree of operators, and its value.

Numbers are decimal with 40 digits, logarithms and exponentials included, so that a score is the same to the last
digit on every machine and for ever. None stands for what is not known; it makes everything unknown that needs it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal, DecimalException, localcontext
from enum import StrEnum
from typing import Any

from app.web.dates import age_on

Value = Decimal | bool | date | str
Known = Mapping[str, Value | None]

# Twice the digits of a double: rounding to a few places never depends on the order in which a sum was written.
# No score needs a number beyond 10 to the 99th; writing out a really large one would take minutes.
EXACT = Context(prec=40, rounding=ROUND_HALF_EVEN, Emax=99, Emin=-99)


class Sort(StrEnum):
    """What kind of value a formula has."""

    NUMBER = "a number"
    TRUTH = "true or false"
    DATE = "a date"
    WORD = "a word"


class NoValue(ArithmeticError):
    """The formula has no value for these answers; the text says why."""


@dataclass(frozen=True, slots=True)
class Expression:
    """One operator with its operands. `setting` holds what is not a formula: a constant, a name, table limits."""

    operator: str
    parts: tuple["Expression", ...] = ()
    setting: Any = None
    place: str = ""
    line: int | None = None

    def names(self) -> Iterator[str]:
        """The names that the formula refers to, in reading order."""
        if self.operator in ("name", "known"):
            yield self.setting
        for part in self.parts:
            yield from part.names()

    def points_of(self) -> Iterator["Expression"]:
        """The references to points of items and sections."""
        if self.operator == "points":
            yield self
        for part in self.parts:
            yield from part.points_of()


def value_of(expression: Expression, known: Known) -> Value | None:
    """The value of a formula; None when something that it needs is not known.

    known: by name; points of an item or a section under "points of CODE".
    Raises NoValue for a number outside a table, a logarithm of nothing, a division by zero.
    """
    try:
        with localcontext(EXACT):
            return _value(expression, known)
    except DecimalException as error:
        raise NoValue("the numbers are too large, or something is divided by zero") from error


def _value(one: Expression, known: Known) -> Value | None:
    if one.operator in _LAZY:
        return _LAZY[one.operator](one, known)
    values = [_value(part, known) for part in one.parts]
    if one.operator in _OF_ANY:
        return _OF_ANY[one.operator](values, one.setting)
    if any(value is None for value in values):
        return None
    return _OF_KNOWN[one.operator](values, one.setting)


def _chosen_row(one: Expression, known: Known) -> Value | None:
    number = _value(one.parts[0], known)
    if number is None:
        return None
    for (first, last), part in zip(one.setting, one.parts[1:], strict=True):
        if (first is None or number >= first) and (last is None or number <= last):
            return _value(part, known)
    raise NoValue(f"{number} is outside the table")


def _chosen_case(one: Expression, known: Known) -> Value | None:
    word = _value(one.parts[0], known)
    if word is None:
        return None
    if word in one.setting:
        return _value(one.parts[1 + one.setting.index(word)], known)
    if len(one.parts) > len(one.setting) + 1:
        return _value(one.parts[-1], known)
    raise NoValue(f"there is no case for {word}")


def _branch(one: Expression, known: Known) -> Value | None:
    condition = _value(one.parts[0], known)
    if condition is None:
        return None
    return _value(one.parts[1] if condition else one.parts[2], known)


def _first_known(one: Expression, known: Known) -> Value | None:
    return next((value for part in one.parts if (value := _value(part, known)) is not None), None)


_LAZY: Mapping[str, Callable[[Expression, Known], Value | None]] = {
    "constant": lambda one, known: one.setting,
    "name": lambda one, known: known[one.setting],
    "known": lambda one, known: known[one.setting] is not None,
    "points": lambda one, known: known[points_name(one.setting)],
    "lookup": _chosen_row,
    "match": _chosen_case,
    "if": _branch,
    "first_known": _first_known,
}


def points_name(code: str) -> str:
    """Under which name the points of an item or a section are known; no code of an input can be like it."""
    return f"points of {code}"


def _all(values: list[Any], _: Any) -> bool | None:
    if any(value is False for value in values):
        return False
    return None if None in values else True


def _any(values: list[Any], _: Any) -> bool | None:
    if any(value is True for value in values):
        return True
    return None if None in values else False


def _sum_known(values: list[Any], _: Any) -> Decimal | None:
    there = [value for value in values if value is not None]
    return sum(there, Decimal(0)) if there else None


def _highest(values: list[Any], order: tuple[str, ...]) -> str | None:
    there = [value for value in values if value is not None]
    if strange := [value for value in there if value not in order]:
        raise NoValue(f"{strange[0]} has no place in the order {', '.join(order)}")
    return max(there, key=order.index) if there else None


# Operators that make something of operands that are not known.
_OF_ANY: Mapping[str, Callable[[list[Any], Any], Value | None]] = {
    "all": _all,
    "any": _any,
    "sum_known": _sum_known,
    "highest": _highest,
}


def _product(values: list[Decimal], _: Any) -> Decimal:
    product = Decimal(1)
    for value in values:
        product *= value
    return product


def _ln(values: list[Decimal], _: Any) -> Decimal:
    if values[0] <= 0:
        raise NoValue(f"there is no logarithm of {values[0]}")
    return values[0].ln()


def _logistic(values: list[Decimal], _: Any) -> Decimal:
    """Of a far tail 0 or 1: the exponential of the negative side never grows too large."""
    tail = (-abs(values[0])).exp()
    return (1 if values[0] > 0 else tail) / (1 + tail)


def _linear(values: list[Decimal], setting: tuple[Decimal, tuple[Decimal, ...]]) -> Decimal:
    intercept, weights = setting
    return intercept + sum((weight * value for weight, value in zip(weights, values, strict=True)), Decimal(0))


def _rounded(values: list[Decimal], setting: tuple[int, str]) -> Decimal:
    places, mode = setting
    return values[0].quantize(Decimal(1).scaleb(-places), rounding=mode)


def _clamped(values: list[Decimal], limits: tuple[Decimal | None, Decimal | None]) -> Decimal:
    least, most = limits
    value = values[0] if least is None else max(values[0], least)
    return value if most is None else min(value, most)


def _cell(values: list[Any], limits: tuple[tuple[Decimal, ...], tuple[Decimal, ...]]) -> Value:
    row, column, *cells = values
    across = len(limits[1])
    return cells[_step(row, limits[0]) * across + _step(column, limits[1])]


def _step(number: Decimal, starts: tuple[Decimal, ...]) -> int:
    """Which step of a staircase holds the number; each step starts at its limit, in any order of writing."""
    below = [start for start in starts if start <= number]
    if not below:
        raise NoValue(f"{number} is outside the matrix")
    return starts.index(max(below))


def _age(values: list[date], _: Any) -> Decimal:
    born, on = values
    if on < born:
        raise NoValue(f"{on} is before the birth")
    return Decimal(age_on(born, on))


_OF_KNOWN: Mapping[str, Callable[[list[Any], Any], Value]] = {
    "sum": lambda values, _: sum(values, Decimal(0)),
    "product": _product,
    "difference": lambda values, _: values[0] - values[1],
    "quotient": lambda values, _: values[0] / values[1],
    "least": lambda values, _: min(values),
    "most": lambda values, _: max(values),
    "negative": lambda values, _: -values[0],
    "ln": _ln,
    "exp": lambda values, _: values[0].exp(),
    "logistic": _logistic,
    "linear": _linear,
    "round": _rounded,
    "clamp": _clamped,
    "matrix": _cell,
    "count": lambda values, _: Decimal(sum(values)),
    "not": lambda values, _: not values[0],
    "equal": lambda values, _: values[0] == values[1],
    "at_least": lambda values, _: values[0] >= values[1],
    "more_than": lambda values, _: values[0] > values[1],
    "at_most": lambda values, _: values[0] <= values[1],
    "less_than": lambda values, _: values[0] < values[1],
    "one_of": lambda values, allowed: values[0] in allowed,
    "age": _age,
    "days": lambda values, _: Decimal((values[1] - values[0]).days),
}
