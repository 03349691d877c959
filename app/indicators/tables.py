"""The shapes of figures: quantities counted in cells, and the release in which they are published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product

TOTAL = "_T"  # as in SDMX
NORMAL, HIDDEN = "A", "Q"  # SDMX CL_OBS_STATUS: a normal value; missing, suppressed

Key = tuple[str, ...]  # one code or TOTAL per dimension, in the order of the dimensions


class Contradiction(ValueError):
    """The figures cannot all be true at once, or do not fit their own description."""


class CannotBeMadeSafe(Exception):
    """Even with everything hidden the release would tell too much."""


class TooLarge(ValueError):
    """The release has more cells than can be protected and audited in reasonable time."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """What figures are cut by, with every code it can have, those that nobody has included."""

    code: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something counted in every cell.

    ``within`` names the quantity of which this one is a part: a numerator within its denominator. Everybody may
    know that, so the difference of the two is a figure too. ``shown_with`` names the quantity, earlier in the list,
    without which this one is not shown, and which leaves nothing of this one where it is nought itself. ``unit`` is
    1 for people; above 1 the quantity is an amount (60: minutes, shown as hours).
    """

    code: str
    within: str | None = None
    shown_with: str | None = None
    unit: int = 1


@dataclass(frozen=True, slots=True)
class Cells:
    """The truth: every quantity in every finest cell; a cell left out is nought."""

    dimensions: tuple[Dimension, ...]
    quantities: tuple[Quantity, ...]
    values: Mapping[str, Mapping[Key, int]]

    def total(self, quantity: str, key: Key) -> int:
        """The sum over the finest cells that the key covers."""
        counted = self.values.get(quantity, {})
        return sum(number for cell, number in counted.items() if covers(key, cell))

    def check(self) -> None:
        """Raise Contradiction for unknown codes, numbers below nought, and parts larger than their whole."""
        codes = {quantity.code for quantity in self.quantities}
        strangers = sorted(self.values.keys() - codes)
        if strangers:
            raise Contradiction(f"{strangers[0]}: not among the quantities")
        places = set(finest(self.dimensions))
        for code, counted in self.values.items():
            for cell, number in counted.items():
                if cell not in places or number < 0:
                    raise Contradiction(f"{code} {cell}: {number}")
        for quantity in self.quantities:
            self._check_part(quantity)

    def _check_part(self, quantity: Quantity) -> None:
        whole = self.values.get(quantity.within, {}) if quantity.within else None
        for cell, number in self.values.get(quantity.code, {}).items():
            if whole is not None and number > whole.get(cell, 0):
                raise Contradiction(f"{quantity.code} {cell}: {number} of {whole.get(cell, 0)} {quantity.within}")


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number; None when it is hidden. Nothing says why it is hidden."""

    quantity: str
    key: Key
    value: int | None

    @property
    def obs_status(self) -> str:
        return HIDDEN if self.value is None else NORMAL


@dataclass(frozen=True, slots=True)
class Release:
    """Tables published together, with all that an outsider knows of how they are made up."""

    dimensions: tuple[Dimension, ...]
    tables: tuple[tuple[str, ...], ...]
    quantities: tuple[Quantity, ...]
    threshold: int
    figures: tuple[Figure, ...]

    def values(self) -> dict[tuple[str, Key], int | None]:
        """Every figure by its quantity and key."""
        return {(figure.quantity, figure.key): figure.value for figure in self.figures}

    @property
    def hidden_count(self) -> int:
        return sum(figure.value is None for figure in self.figures)


def covers(key: Key, cell: Key) -> bool:
    """Whether the key's group holds the cell."""
    return all(wanted in (TOTAL, code) for wanted, code in zip(key, cell, strict=True))


def finest(dimensions: Sequence[Dimension]) -> list[Key]:
    """Every finest cell, in the order of the categories."""
    return list(product(*(dimension.categories for dimension in dimensions)))


def keys_of(table: Sequence[str], dimensions: Sequence[Dimension]) -> list[Key]:
    """The keys of one table with all its margins, inner cells first, the total last.

    Raises Contradiction for a dimension that does not exist.
    """
    known = {dimension.code for dimension in dimensions}
    strangers = [code for code in table if code not in known]
    if strangers:
        raise Contradiction(f"{strangers[0]}: not among the dimensions")
    cuts = chain.from_iterable(combinations(table, size) for size in range(len(table), -1, -1))
    return [key for cut in cuts for key in _keys_by(cut, dimensions)]


def _keys_by(cut: Sequence[str], dimensions: Sequence[Dimension]) -> Iterable[Key]:
    return product(*(each.categories if each.code in cut else (TOTAL,) for each in dimensions))


def all_keys(tables: Sequence[Sequence[str]], dimensions: Sequence[Dimension]) -> list[Key]:
    """The keys of all tables, each once however many tables show it."""
    return list(dict.fromkeys(key for table in tables for key in keys_of(table, dimensions)))


def wide_enough(low: int, high: int | None, quantity: Quantity, threshold: int) -> bool:
    """Whether an outsider who knows the interval knows too little.

    A count must be uncertain by the threshold at least. An amount must be uncertain by as many whole units, and by
    half of its largest possible value, so that it is not known "within a few per cent" either.
    """
    if high is None:
        return True
    return high - low >= threshold * quantity.unit and (quantity.unit == 1 or high >= 2 * low)
