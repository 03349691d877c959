"""The number of hidden figures is the fewest that will do: measured against every choice that there is."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.indicators import suppression
from app.indicators.attack import is_safe
from app.indicators.suppression import prepare
from app.indicators.system import System
from app.indicators.tables import Table, all_keys
from tests.indicators.tables_at_hand import cells_of, dimensions, released

pytestmark = pytest.mark.one_engine

SQUARE = dimensions(office=2, sex=2)
counts = st.lists(st.one_of(st.integers(0, 6), st.integers(0, 20)), min_size=4, max_size=4)


def fewest(cells, tables, threshold=5):
    """By trying them all, the small ones first: every choice that hides the small figures and is safe."""
    figures = [("count", key) for key in all_keys(tables, cells.dimensions)]
    small = {spot for spot in figures if 0 < cells.total(*spot) < threshold}
    others = [spot for spot in figures if spot not in small]
    for size in range(len(others) + 1):
        for more in combinations(others, size):
            if is_safe(released(cells, tables, small | set(more), threshold)):
                return len(small) + size
    return None


@settings(max_examples=8, deadline=None, derandomize=True)
@given(counts, st.integers(2, 6))
def test_no_choice_hides_fewer_figures_of_a_square(whole, threshold):
    cells, tables = cells_of(SQUARE, count=whole), [("office", "sex")]
    report = prepare(cells, tables, threshold).report

    assert report.hidden == report.least == fewest(cells, tables, threshold)


@settings(max_examples=4, deadline=None, derandomize=True)
@given(counts)
def test_no_choice_hides_fewer_figures_of_linked_tables(whole):
    cells, tables = cells_of(SQUARE, count=whole), [("office",), ("sex",)]
    report = prepare(cells, tables).report

    assert report.hidden == report.least == fewest(cells, tables)


def test_a_chain_of_neighbours_is_not_hidden_where_one_pair_will_do():
    """Hiding the smallest neighbours first would take one by one: 1 + 2 + 3 are still too few together with 1."""
    cells = cells_of(dimensions(office=5), count=[1, 2, 3, 4, 90])
    report = prepare(cells, [("office",)]).report

    assert report.primary == {"small": 4}
    assert (report.hidden, report.secondary, report.least) == (4, 0, 4)


def test_two_small_ones_in_a_row_are_not_enough_when_their_sum_is_small():
    cells = cells_of(dimensions(office=4), count=[1, 2, 60, 90])
    report = prepare(cells, [("office",)]).report

    assert (report.hidden, report.secondary) == (3, 1)


def test_the_unknowns_of_linked_tables_are_those_of_their_cliques():
    """Three tables in a chain need no product of all four dimensions; a ring of them is closed by one more pair."""
    cut = dimensions(office=3, sex=2, stage=4, age=5)
    cells = cells_of(cut, count=[7] * 120)
    chain = System(cells, [("office", "sex"), ("sex", "stage"), ("stage", "age")]).unknowns
    ring = System(cells, [("office", "sex"), ("sex", "stage"), ("stage", "age"), ("age", "office")]).unknowns

    assert sorted(block.dims for block in chain.blocks["count"]) == [
        ("office", "sex"),
        ("sex", "stage"),
        ("stage", "age"),
    ]
    assert chain.size == 3 * 2 + 2 * 4 + 4 * 5
    assert [len(block.dims) for block in ring.blocks["count"]] == [3, 3]


def a_country(regions=6):
    cut = dimensions(region=regions, sex=2, stage=3)
    numbers = np.random.default_rng(7).geometric(1 / 9, regions * 6)
    return cells_of(cut, count=[int(number) - 1 for number in numbers])


def test_a_release_of_many_figures_says_how_near_it_is_to_the_fewest(monkeypatch):
    monkeypatch.setattr(suppression, "EXACT_UP_TO", 0)
    cells, tables = a_country(), [("region", "sex", "stage")]
    near = prepare(cells, tables)
    monkeypatch.undo()
    exact = prepare(cells, tables)

    assert exact.report.is_optimal
    assert near.report.least <= exact.report.hidden <= near.report.hidden <= 1.2 * exact.report.hidden
    assert is_safe(near.release)
    assert is_safe(exact.release)


def test_quantities_need_not_share_their_tables():
    cells = cells_of(SQUARE, register=[20, 3, 30, 40], met=[9, 1, 12, 20])
    release = prepare(
        cells, [Table(("office", "sex"), ("register",)), Table(("office",), ("register", "I-04"))]
    ).release

    assert {key for code, key in release.values() if code == "I-04"} == {("o0", "_T"), ("o1", "_T"), ("_T", "_T")}
    assert is_safe(release)


def test_two_small_ones_whose_sum_is_enough_need_no_third():
    report = prepare(cells_of(dimensions(office=4), count=[4, 2, 60, 90]), [("office",)]).report

    assert (report.hidden, report.secondary) == (2, 0)
