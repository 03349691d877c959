"""A formula as a tree of operators, and its value.

Numbers are decimal with 40 digits, logarithms and exponentials included, so that a score is the same to the last
digit on every machine and for ever. None stands for what is not known; it makes everything unknown that needs it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, DecimalException, localcontext
from enum import StrEnum
from typing import Any

from app.assessments.calculation.operators import OF_ANY, OF_KNOWN, NoValue, Value

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
    if one.operator in OF_ANY:
        return OF_ANY[one.operator](values, one.setting)
    if any(value is None for value in values):
        return None
    return OF_KNOWN[one.operator](values, one.setting)


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
