"""Small worlds of figures for the tests, and the plain enumeration that the attack is measured against."""

from collections.abc import Iterator, Mapping
from itertools import product

from app.indicators.tables import TOTAL, Cells, Dimension, Figure, Key, Quantity, Release, all_keys, covers, finest

COUNT = (Quantity("count"),)
RATE = (Quantity("register"), Quantity("I-04", within="register", shown_with="register"))


def dimensions(**sizes: int) -> tuple[Dimension, ...]:
    """``dimensions(office=2)`` is one dimension with the codes o0 and o1."""
    return tuple(Dimension(name, tuple(f"{name[0]}{number}" for number in range(size))) for name, size in sizes.items())


def cells_of(cut: tuple[Dimension, ...], **counted: list[int]) -> Cells:
    """Cells filled in the order of ``finest``: ``count`` alone, or ``register`` and ``met`` out of it."""
    quantities = RATE if "register" in counted else COUNT
    lists = dict(zip([quantity.code for quantity in quantities], counted.values(), strict=True))
    return Cells(cut, quantities, {code: dict(zip(finest(cut), row, strict=True)) for code, row in lists.items()})


def released(cells: Cells, tables, hidden: set[tuple[str, Key]], threshold: int = 5) -> Release:
    """A release that hides exactly what it is told."""
    figures = tuple(
        Figure(quantity.code, key, None if (quantity.code, key) in hidden else cells.total(quantity.code, key))
        for quantity in cells.quantities
        for key in all_keys(tables, cells.dimensions)
    )
    return Release(cells.dimensions, tuple(map(tuple, tables)), cells.quantities, threshold, figures)


def enumerated(release: Release) -> dict[tuple[str, Key, str | None], tuple[int, int]]:
    """The range of every figure and every rest over all possible tables, found by trying them all.

    The release must show the total of its first quantity, of which the others are parts.
    """
    ranges: dict[tuple[str, Key, str | None], tuple[int, int]] = {}
    for table in _possible(release):
        for name, number in _everything(release, table).items():
            low, high = ranges.get(name, (number, number))
            ranges[name] = min(low, number), max(high, number)
    return ranges


def _possible(release: Release) -> Iterator[dict[str, dict[Key, int]]]:
    places = finest(release.dimensions)
    first, *others = release.quantities
    shown = [figure for figure in release.figures if figure.value is not None]
    total = release.values()[first.code, (TOTAL,) * len(release.dimensions)]
    wholes = [row for row in product(range(total + 1), repeat=len(places)) if sum(row) == total]
    for whole in wholes:
        for parts in product(*(range(number + 1) for _ in others for number in whole)):
            numbers = [*whole, *parts]
            table = {
                quantity.code: dict(zip(places, numbers[at * len(places) :], strict=False))
                for at, quantity in enumerate(release.quantities)
            }
            if all(_sum(table, figure.quantity, figure.key) == figure.value for figure in shown):
                yield table


def _everything(release: Release, table: Mapping[str, Mapping[Key, int]]) -> dict[tuple[str, Key, str | None], int]:
    within = {quantity.code: quantity.within for quantity in release.quantities}
    sums = {(each.quantity, each.key): _sum(table, each.quantity, each.key) for each in release.figures}
    rests = {
        (code, key, within[code]): sums[within[code], key] - own for (code, key), own in sums.items() if within[code]
    }
    return {(code, key, None): own for (code, key), own in sums.items()} | rests


def _sum(table: Mapping[str, Mapping[Key, int]], quantity: str, key: Key) -> int:
    return sum(number for cell, number in table[quantity].items() if covers(key, cell))
