"""What an analyst may change when too much is hidden: broader categories, or a table less, and what each would hide."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from app.indicators.sensitivity import THRESHOLD, Reason
from app.indicators.suppression import hidden_at_least
from app.indicators.tables import (
    CannotBeMadeSafe,
    Cells,
    Dimension,
    Key,
    Spot,
    Table,
    Tables,
    as_tables,
    has_dim,
    spots_of,
)

JOINED = "+"  # between the codes of categories that were put together
TRIED = 6  # changes, each a release of its own
FEW = 3  # of the smallest categories of a dimension that are tried with one another


@dataclass(frozen=True, slots=True)
class Alternative:
    """A change, and how many figures there would be then and how many of them hidden.

    ``hidden`` is the proven least: where a release is too large for the optimum it may be a little more in the end.
    """

    kind: Literal["merge", "drop"]
    dimension: str | None  # the dimension in which categories are merged
    codes: tuple[str, ...]  # the categories merged
    table: tuple[str, ...] | None  # the dimensions of the table left out
    figures: int
    hidden: int

    @property
    def share(self) -> float:
        return self.hidden / self.figures if self.figures else 0.0


def alternatives(
    cells: Cells,
    tables: Tables,
    threshold: int = THRESHOLD,
    sensitive: Iterable[Spot] | Mapping[Spot, Reason] = (),
    *,
    fixed: Mapping[Spot, bool] | None = None,
) -> list[Alternative]:
    """The changes that would hide a smaller share of the figures, the best first.

    ``sensitive`` and ``fixed`` are those of ``protect``; of categories put together they say nothing more.

    Tried are each table left out, and each two of the three smallest categories of a dimension put together; at most
    ``TRIED`` changes. Raises as ``protect`` does for facts that it refuses.
    """
    shown = as_tables(tables, cells.quantities)
    ties = sensitive if isinstance(sensitive, Mapping) else dict.fromkeys(sensitive, Reason.DOMINANCE)
    now = _tried(cells, shown, threshold, ties, fixed or {})
    if not now or not now[1]:
        return []
    found = []
    for kind, dimension, codes, table, changed, left in list(_changes(cells, shown))[:TRIED]:
        counted = _tried(changed, left, threshold, ties, fixed or {})
        if counted and counted[1] * now[0] < now[1] * counted[0]:
            found.append(Alternative(kind, dimension, codes, table, *counted))
    return sorted(found, key=lambda each: (each.share, -each.figures, each.kind, each.codes, each.table or ()))


def merged(cells: Cells, dimension: str, codes: Sequence[str]) -> Cells:
    """The same facts with some categories of a dimension put together, in the place of the first of them."""
    at = [each.code for each in cells.dimensions].index(dimension)
    joined = JOINED.join(codes)
    first, *others = codes

    def renamed(key: Key) -> Key:
        return (*key[:at], joined if key[at] in codes else key[at], *key[at + 1 :])

    values: dict[str, dict[Key, int]] = {}
    for code, counted in cells.values.items():
        place = values.setdefault(code, {})
        for cell, number in counted.items():
            place[renamed(cell)] = place.get(renamed(cell), 0) + number
    dimensions = tuple(
        Dimension(
            each.code,
            tuple(joined if code == first else code for code in each.categories if code not in others),
            each.attribute,
        )
        if each.code == dimension
        else each
        for each in cells.dimensions
    )
    return replace(cells, dimensions=dimensions, values=values)


_Change = tuple[Literal["merge", "drop"], str | None, tuple[str, ...], tuple[str, ...] | None, Cells, tuple[Table, ...]]


def _changes(cells: Cells, tables: tuple[Table, ...]) -> Iterator[_Change]:
    """The changes to be tried: tables left out first, the ones with most dimensions before the others."""
    for table in sorted(tables if len(tables) > 1 else (), key=lambda each: -len(each.dims)):
        yield "drop", None, (), table.dims, cells, tuple(each for each in tables if each != table)
    bound = {code for each in cells.nestings for code in (each.inner, each.outer)}
    bound |= {dimension for quantity in cells.quantities for dimension, _ in quantity.at}
    used = {code for table in tables for code in table.dims}
    for dimension in cells.dimensions:
        if dimension.code in used - bound and len(dimension.categories) > 2:  # noqa: PLR2004 – of two, none would be left
            for codes in combinations(_smallest(cells, dimension), 2):
                yield "merge", dimension.code, codes, None, merged(cells, dimension.code, codes), tables


def _smallest(cells: Cells, dimension: Dimension) -> list[str]:
    """The categories with the fewest counted in them, in their own order."""
    at = [each.code for each in cells.dimensions].index(dimension.code)
    sums = dict.fromkeys(dimension.categories, 0)
    plain = next(each for each in cells.quantities if has_dim(each, dimension.code))
    for cell, number in cells.values.get(plain.code, {}).items():
        sums[cell[at]] += number
    chosen = sorted(dimension.categories, key=lambda code: (sums[code], dimension.categories.index(code)))[:FEW]
    return sorted(chosen, key=dimension.categories.index)


def _tried(
    cells: Cells, tables: Sequence[Table], threshold: int, sensitive: Mapping[Spot, Reason], fixed: Mapping[Spot, bool]
) -> tuple[int, int] | None:
    """How many figures there are and how many of them are hidden; None where that cannot be made safe."""
    known = set(spots_of(tables, cells.dimensions, cells.quantities, cells.nestings))
    asked = {spot: reason for spot, reason in sensitive.items() if spot in known}
    bound = {spot: is_shown for spot, is_shown in fixed.items() if spot in known}
    try:
        return len(known), hidden_at_least(cells, tables, threshold, asked, fixed=bound)
    except CannotBeMadeSafe:
        return None
