"""Every table of up to twelve cells, and every way of linking tables, against trying all whole numbers."""

from functools import cache
from itertools import combinations, product
from math import prod
from random import Random

import numpy as np
import pytest

from app.indicators.attack import attack
from app.indicators.tables import TOTAL, Cells, Dimension, Figure, Quantity, Release, Table, spots_of
from tests.indicators.stranger import found_in

pytestmark = pytest.mark.one_engine

MOST_CELLS = 12


def shapes(left: int = MOST_CELLS, least: int = 2) -> list[tuple[int, ...]]:
    """Every shape of a table of up to twelve cells, each once: 2 x 6 is 6 x 2."""
    found = []
    for size in range(least, left + 1):
        found += [(size,), *((size, *more) for more in shapes(left // size, size) if more)]
    return list(dict.fromkeys(found))


def table_sets(codes: tuple[str, ...]) -> list[tuple[tuple[str, ...], ...]]:
    """All at once; the sides alone; every two together; a chain of two."""
    sides = tuple((code,) for code in codes)
    pairs = tuple(combinations(codes, 2))
    return list(dict.fromkeys([(codes,), sides, pairs or sides, tuple(pairs[:1] + pairs[-1:]) or sides]))


@cache
def every_table(cells: int, total: int) -> np.ndarray:
    """All whole-number tables of so many cells with this sum."""
    if cells == 1:
        return np.array([[total]])
    parts = []
    for first in range(total + 1):
        rest = every_table(cells - 1, total - first)
        parts.append(np.hstack([np.full((len(rest), 1), first), rest]))
    return np.vstack(parts)


def release_of(shape, tables, dice: Random) -> tuple[Release, Cells]:
    dims = tuple(Dimension(f"d{at}", tuple(f"{at}{each}" for each in range(size))) for at, size in enumerate(shape))
    total = dice.choice([0, 1, 3, 4, 5, 6])
    places = list(product(*(each.categories for each in dims)))
    counts = dict.fromkeys(places, 0)
    for _ in range(total):
        counts[dice.choice(places)] += 1
    cells = Cells(dims, (Quantity("count"),), {"count": counts})
    share = dice.choice([0.2, 0.5, 0.8, 1])
    whole = ("count", (TOTAL,) * len(dims))
    figures = tuple(
        Figure(*spot, None if spot != whole and dice.random() < share else cells.total(*spot))
        for spot in spots_of(tables, dims, cells.quantities)
    )
    return Release(dims, tables, cells.quantities, 2, figures), cells


def tried(release: Release) -> dict:
    """The least and the greatest of every hidden figure over all tables that agree with the shown ones."""
    places = list(product(*(each.categories for each in release.dimensions)))
    sums = {
        each.key: np.array([all(a in (TOTAL, b) for a, b in zip(each.key, cell, strict=True)) for cell in places])
        for each in release.figures
    }
    values = release.values()
    possible = every_table(len(places), values["count", (TOTAL,) * len(release.dimensions)])
    for (_, key), value in values.items():
        if value is not None:
            possible = possible[possible @ sums[key] == value]
    hidden = [key for (_, key), value in values.items() if value is None]
    return {key: (int((possible @ sums[key]).min()), int((possible @ sums[key]).max())) for key in hidden}


@pytest.mark.parametrize("shape", [(1,), *shapes()], ids=lambda shape: "x".join(map(str, shape)))
def test_every_table_of_up_to_twelve_cells_is_attacked_as_trying_all_whole_numbers_would(shape):
    assert prod(shape) <= MOST_CELLS
    codes = tuple(f"d{at}" for at in range(len(shape)))
    for seed, tables in enumerate(table_sets(codes) * (3 if len(shape) > 1 else 6)):
        release, cells = release_of(shape, tables, Random(f"{shape} {seed}"))  # noqa: S311 – the same each time

        found = {each.key: (each.low, each.high) for each in attack(release)}

        assert found == tried(release), (shape, tables, seed)
        assert all(low <= cells.total("count", key) <= high for key, (low, high) in found.items())


def test_there_are_more_shapes_than_anybody_would_draw_by_hand():
    assert {(12,), (2, 6), (3, 4), (2, 2, 3), (2, 2, 2), (3, 3)} <= set(shapes())
    assert (2, 3, 3) not in shapes()


LINKS = {
    "a part of the whole": [("part", "all", None, ())],
    "a part of a part": [("part", "all", None, ()), ("more", "part", None, ())],
    "two parts of one whole": [("part", "all", None, ()), ("other", "all", None, ())],
    "a part that is cut less": [("part", "all", ("a", "b"), ())],
    "a part of those at one code": [("part", "all", ("a", "c"), (("b", "b0"),))],
    "a part by a dimension of its own": [("part", "all", ("a", "n"), ())],
    "a part across blocks by a dimension of its own": [("part", "all", ("a", "c", "n"), ())],
    "events beside": [("events", None, None, ())],
}


def linked(name: str, dice: Random) -> Release:
    """Everybody by a, b and c in tables that share only b or more, with the parts of one kind of link."""
    dims = tuple(Dimension(code, (f"{code}0", f"{code}1")) for code in "abcn")
    every = [("all", None, ("a", "b", "c"), ())] + LINKS[name]
    quantities = tuple(
        Quantity(code, within, "all" if within is None and code != "all" else None, 1, cut or ("a", "b", "c"), at)
        for code, within, cut, at in every
    )
    numbers: dict = {}
    for quantity in quantities:
        cut = quantity.dims or ()
        cells = list(product(*(each.categories if each.code in cut else (TOTAL,) for each in dims)))
        someone = numbers.get("all", dict.fromkeys(cells, 1))  # events happen where somebody is
        numbers[quantity.code] = {cell: dice.choice([0, 0, 1, 2, 5]) if someone.get(cell) else 0 for cell in cells}
        if quantity.within:
            whole = Cells(dims, quantities, numbers)
            for cell in cells:
                wide = next(each.dims for each in quantities if each.code == quantity.within) or ()
                fixed = dict(quantity.at)
                key = tuple(
                    fixed.get(each.code, own) if each.code in wide else TOTAL
                    for each, own in zip(dims, cell, strict=True)
                )
                numbers[quantity.code][cell] = dice.randint(0, whole.total(quantity.within, key))
    cuts = dice.choice([[("a", "b"), ("b", "c")], [("a",), ("b",), ("c",)], [("a", "b"), ("c",)], [("a", "b", "c")]])
    tables = [Table(cut, tuple(each.code for each in quantities)) for cut in cuts]
    tables += [Table(("a", "n"), (each.code,)) for each in quantities if "n" in (each.dims or ())]
    cells = Cells(dims, quantities, numbers)
    spots = spots_of(tables, dims, quantities)
    share = dice.choice([0.3, 0.6])
    figures = tuple(Figure(*spot, None if dice.random() < share else cells.total(*spot)) for spot in spots)
    return Release(dims, tuple(tables), quantities, 2, figures)


@pytest.mark.parametrize("name", LINKS)
def test_blocks_tell_no_more_and_no_less_than_the_table_of_all_dimensions(name):
    for seed in range(6):
        release = linked(name, Random(f"{name} {seed}"))  # noqa: S311

        found = {(each.quantity, each.key, each.of): (each.low, each.high) for each in attack(release)}

        assert found == found_in(release), (name, seed)


def test_two_parts_of_one_whole_are_not_glued_apart_from_each_other():
    """Two people, one in a0 and c0 or c1, the other in the rest: whoever is met is not helped, so is elsewhere."""
    dims = Dimension("a", ("a0", "a1")), Dimension("c", ("c0", "c1"))
    quantities = Quantity("all"), Quantity("met", within="all"), Quantity("helped", within="all")
    numbers = {"all": (1, 1, 1, 1), "met": (1, 0, 1, 0), "helped": (0, 1, None, None)}
    keys = [("a0", TOTAL), ("a1", TOTAL), (TOTAL, "c0"), (TOTAL, "c1")]
    figures = [Figure(code, *pair) for code, row in numbers.items() for pair in zip(keys, row, strict=True)]
    release = Release(dims, (("a",), ("c",)), quantities, 2, tuple(figures))

    found = {each.key: (each.low, each.high) for each in attack(release) if each.of is None}

    assert found == {(TOTAL, "c0"): (0, 0), (TOTAL, "c1"): (1, 1)}


@pytest.mark.parametrize(
    "cuts",
    [("ab", "bc", "cd", "da"), ("ab", "bc", "cd"), ("abc", "bcd"), ("ab", "cd")],
    ids=["a ring", "a chain", "two that share two", "two that share nothing"],
)
def test_tables_of_four_dimensions_tell_what_the_table_of_all_four_would(cuts):
    dims = tuple(Dimension(code, (f"{code}0", f"{code}1")) for code in "abcd")
    tables = [tuple(cut) for cut in cuts]
    places = list(product(*(each.categories for each in dims)))
    for seed in range(5):
        dice = Random(f"{cuts} {seed}")  # noqa: S311
        cells = Cells(dims, (Quantity("count"),), {"count": {cell: dice.choice([0, 0, 0, 1, 2, 4]) for cell in places}})
        figures = tuple(
            Figure(*spot, None if dice.random() < 0.4 else cells.total(*spot))
            for spot in spots_of(tables, dims, cells.quantities)
        )
        release = Release(dims, tables, cells.quantities, 2, figures)

        found = {(each.quantity, each.key, each.of): (each.low, each.high) for each in attack(release)}

        assert found == found_in(release), seed


def test_a_part_may_stand_at_a_code_that_no_table_is_cut_by():
    dims = Dimension("a", ("a0", "a1")), Dimension("b", ("b0", "b1"))
    quantities = Quantity("all"), Quantity("young", within="all", dims=(), at=(("b", "b0"),))
    shown = [("all", ("a0", TOTAL), 7), ("all", ("a1", TOTAL), 2), ("young", (TOTAL, TOTAL), None)]
    tables = [Table(("a",), ("all", "young"))]
    release = Release(dims, tuple(tables), quantities, 2, tuple(Figure(*each) for each in shown))

    assert [(each.low, each.high) for each in attack(release)] == [(0, 9)]
