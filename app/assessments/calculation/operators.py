"""What each operator makes of the values of its operands; those that only look at some of them are in expressions."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.web.dates import age_on

Value = Decimal | bool | date | str


class NoValue(ArithmeticError):
    """The formula has no value for these answers; the text says why."""


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
OF_ANY: Mapping[str, Callable[[list[Any], Any], Value | None]] = {
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


OF_KNOWN: Mapping[str, Callable[[list[Any], Any], Value]] = {
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
