"""The shapes of figures: quantities counted in cells, and the release in which they are published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product

TOTAL = "_T"  # as in SDMX
NORMAL, HIDDEN = "A", "Q"  # SDMX CL_OBS_STATUS: a normal value; missing, suppressed

Key = tuple[str, ...]  # one code or TOTAL per dimension, in the order of the dimensions
Spot = tuple[str, Key]  # a quantity at a key


class Contradiction(ValueError):
    """The figures cannot all be true at once, or do not fit their own description."""


class CannotBeMadeSafe(Exception):
    """Even with everything hidden that may be hidden the release would tell too much."""


class TooLarge(ValueError):
    """The release has more cells than can be protected and audited in reasonable time."""

    @classmethod
    def of(cls, cells: int, most: int) -> "TooLarge":
        return cls(
            f"These tables have {cells:,} unknown cells together; up to {most:,} can be protected as one release. "
            "Use broader categories, or tables of fewer dimensions."
        )


@dataclass(frozen=True, slots=True)
class Dimension:
    """What figures are cut by, with every code it can have, those that nobody has included.

    ``attribute``: to be of one of its categories tells something about a person (a level, a need), so that it may
    not be known of everybody in a group.
    """

    code: str
    categories: tuple[str, ...]
    attribute: bool = False


@dataclass(frozen=True, slots=True)
class Nesting:
    """That everyone knows of which ``outer`` code each ``inner`` code is a part: an office of its region."""

    inner: str
    outer: str
    of: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something counted in every cell.

    ``within`` names the quantity of which this one is a part: a numerator within its denominator. Everybody may
    know that, so the difference of the two is a figure too. ``shown_with`` names the quantity, earlier in the list,
    without which this one is not shown, and which leaves nothing of this one where it is nought itself. ``unit`` is
    1 for people; above 1 the quantity is an amount (60: minutes, shown as hours).

    ``dims`` names the dimensions that it is counted by (None: all of them); in the others it stands at the total. Of
    a dimension that the whole lacks, each category is within the whole by itself. ``at`` fixes codes of dimensions
    of the whole: a part of its people of one age only.
    """

    code: str
    within: str | None = None
    shown_with: str | None = None
    unit: int = 1
    dims: tuple[str, ...] | None = None
    at: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Quantities shown together by the same dimensions, with all the margins."""

    dims: tuple[str, ...]
    quantities: tuple[str, ...]


Tables = Sequence[Table] | Sequence[Sequence[str]]  # a sequence of dimensions shows every quantity


@dataclass(frozen=True, slots=True)
class Cells:
    """The truth: every quantity in each of its finest cells; a cell left out is nought."""

    dimensions: tuple[Dimension, ...]
    quantities: tuple[Quantity, ...]
    values: Mapping[str, Mapping[Key, int]]
    nestings: tuple[Nesting, ...] = ()

    def total(self, quantity: str, key: Key) -> int:
        """The sum over the finest cells that the key covers."""
        counted = self.values.get(quantity, {})
        return sum(number for cell, number in counted.items() if covers(key, cell))

    def check(self) -> None:
        """Raise Contradiction for unknown codes, numbers below nought, and parts larger than their whole."""
        by_code = {quantity.code: quantity for quantity in self.quantities}
        strangers = sorted(self.values.keys() - by_code.keys())
        if strangers:
            raise Contradiction(f"{strangers[0]}: not among the quantities")
        for code, counted in self.values.items():
            known = allowed_codes(by_code[code], self.dimensions)
            for cell, number in counted.items():
                fits = len(cell) == len(known) and all(one in codes for one, codes in zip(cell, known, strict=True))
                if not fits or number < 0 or (number and not possible(cell, self.dimensions, self.nestings)):
                    raise Contradiction(f"{code} {cell}: {number}")
        for quantity in self.quantities:
            if quantity.within:
                self._check_part(quantity, by_code[quantity.within])

    def _check_part(self, part: Quantity, whole: Quantity) -> None:
        places = {cell: key_in(part, whole, cell, self.dimensions) for cell in self.values.get(part.code, {})}
        wanted = set(places.values())
        room: dict[Key, int] = dict.fromkeys(wanted, 0)
        patterns = {tuple(code == TOTAL for code in key) for key in wanted}
        for cell, number in self.values.get(whole.code, {}).items():
            for pattern in patterns:
                key = tuple(TOTAL if summed else code for summed, code in zip(pattern, cell, strict=True))
                if key in wanted:
                    room[key] += number
        taken: dict[tuple[Key, Key], int] = {}  # of one place of the whole, by the part's own further codes
        own = own_dims(part, whole, self.dimensions)
        for cell, number in self.values.get(part.code, {}).items():
            further = tuple(code if mine else TOTAL for code, mine in zip(cell, own, strict=True))
            place = places[cell], further
            taken[place] = taken.get(place, 0) + number
            if taken[place] > room[places[cell]]:
                raise Contradiction(f"{part.code} {cell}: {taken[place]} of {room[places[cell]]} {whole.code}")


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
    tables: tuple[Table, ...]
    quantities: tuple[Quantity, ...]
    threshold: int
    figures: tuple[Figure, ...]
    nestings: tuple[Nesting, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "tables", as_tables(self.tables, self.quantities))

    def values(self) -> dict[Spot, int | None]:
        """Every figure by its quantity and key."""
        return {(figure.quantity, figure.key): figure.value for figure in self.figures}

    @property
    def hidden_count(self) -> int:
        return sum(figure.value is None for figure in self.figures)


def as_tables(tables: Tables, quantities: Sequence[Quantity]) -> tuple[Table, ...]:
    """Tables as such; plain dimensions become a table of every quantity."""
    every = tuple(quantity.code for quantity in quantities)
    return tuple(table if isinstance(table, Table) else Table(tuple(table), every) for table in tables)


def covers(key: Key, cell: Key) -> bool:
    """Whether the key's group holds the cell."""
    return all(wanted in (TOTAL, code) for wanted, code in zip(key, cell, strict=True))


def finest(dimensions: Sequence[Dimension]) -> list[Key]:
    """Every finest cell, in the order of the categories."""
    return list(product(*(dimension.categories for dimension in dimensions)))


def has_dim(quantity: Quantity, dimension: str) -> bool:
    return quantity.dims is None or dimension in quantity.dims


def allowed_codes(quantity: Quantity, dimensions: Sequence[Dimension]) -> list[tuple[str, ...]]:
    """The codes of a finest cell of the quantity, dimension by dimension."""
    return [each.categories if has_dim(quantity, each.code) else (TOTAL,) for each in dimensions]


def finest_of(quantity: Quantity, dimensions: Sequence[Dimension]) -> list[Key]:
    """Every finest cell of one quantity, at the total where it is not counted by the dimension."""
    return list(product(*allowed_codes(quantity, dimensions)))


def possible(cell: Key, dimensions: Sequence[Dimension], nestings: Iterable[Nesting]) -> bool:
    """Whether anybody can be in the cell: not in an office together with another region than its own."""
    at = {each.code: place for place, each in enumerate(dimensions)}
    for nesting in nestings:
        inner, outer = cell[at[nesting.inner]], cell[at[nesting.outer]]
        if TOTAL not in (inner, outer) and dict(nesting.of).get(inner) != outer:
            return False
    return True


def key_in(part: Quantity, whole: Quantity, key: Key, dimensions: Sequence[Dimension]) -> Key:
    """Where the whole stands that a part at the key is within: the same group, as far as the whole knows of it."""
    fixed = dict(part.at)
    return tuple(
        fixed[each.code] if each.code in fixed else code if has_dim(whole, each.code) else TOTAL
        for each, code in zip(dimensions, key, strict=True)
    )


def own_dims(part: Quantity, whole: Quantity, dimensions: Sequence[Dimension]) -> tuple[bool, ...]:
    """Which dimensions the part has and its whole has not."""
    return tuple(has_dim(part, each.code) and not has_dim(whole, each.code) for each in dimensions)


def leaves_rest(part: Quantity, whole: Quantity, key: Key, dimensions: Sequence[Dimension]) -> bool:
    """Whether whole less part means anything at the key: not where the part adds up what overlaps in the whole."""
    return not any(mine and code == TOTAL for mine, code in zip(own_dims(part, whole, dimensions), key, strict=True))


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


def all_keys(tables: Tables, dimensions: Sequence[Dimension]) -> list[Key]:
    """The keys of all tables, each once however many tables show it."""
    cuts = [table.dims if isinstance(table, Table) else table for table in tables]
    return list(dict.fromkeys(key for cut in cuts for key in keys_of(cut, dimensions)))


def spots_of(
    tables: Tables,
    dimensions: Sequence[Dimension],
    quantities: Sequence[Quantity],
    nestings: Sequence[Nesting] = (),
) -> list[Spot]:
    """Every figure of the tables, each once: quantity after quantity, in the order in which the tables show them.

    A group that cannot exist (an office under another region) is no figure. Raises Contradiction for a dimension or
    a quantity that does not exist.
    """
    shown = as_tables(tables, quantities)
    known = {quantity.code for quantity in quantities}
    strangers = [code for table in shown for code in table.quantities if code not in known]
    if strangers:
        raise Contradiction(f"{strangers[0]}: not among the quantities")
    spots: list[Spot] = []
    for quantity in quantities:
        cuts = [_dims_shown(table, quantity, dimensions) for table in shown if quantity.code in table.quantities]
        keys = all_keys(cuts, dimensions)
        spots += [(quantity.code, key) for key in keys if possible(key, dimensions, nestings)]
    return spots


def _dims_shown(table: Table, quantity: Quantity, dimensions: Sequence[Dimension]) -> tuple[str, ...]:
    """The dimensions of the table that the quantity has, unknown ones too, for those are refused later."""
    lacking = {each.code for each in dimensions if not has_dim(quantity, each.code)}
    return tuple(code for code in table.dims if code not in lacking)


def wide_enough(low: int, high: int | None, quantity: Quantity, threshold: int) -> bool:
    """Whether an outsider who knows the interval knows too little.

    A count must be uncertain by the threshold at least. An amount must be uncertain by as many whole units, and by
    half of its largest possible value, so that it is not known "within a few per cent" either.
    """
    if high is None:
        return True
    return high - low >= threshold * quantity.unit and (quantity.unit == 1 or high >= 2 * low)
