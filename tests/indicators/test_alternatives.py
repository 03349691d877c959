"""What an analyst is offered when much of a release is hidden."""

import pytest

from app.indicators.alternatives import alternatives, merged
from app.indicators.suppression import prepare
from app.indicators.tables import Cells, Quantity
from tests.indicators.tables_at_hand import cells_of, dimensions

pytestmark = pytest.mark.one_engine

REGIONS = dimensions(region=4, sex=2)


def test_small_regions_put_together_hide_less():
    cells = cells_of(REGIONS, count=[3, 4, 2, 4, 40, 50, 60, 30])
    tables = [("region", "sex")]
    best = alternatives(cells, tables)[0]

    assert (best.kind, best.dimension, best.codes) == ("merge", "region", ("r0", "r1"))
    assert best.hidden < prepare(cells, tables).report.hidden
    changed = merged(cells, "region", best.codes)
    assert [each.categories for each in changed.dimensions] == [("r0+r1", "r2", "r3"), ("s0", "s1")]
    assert best.hidden == prepare(changed, tables).release.hidden_count


def test_a_table_left_out_is_offered_where_that_helps():
    cells = cells_of(dimensions(region=2, sex=2), count=[20, 20, 20, 3])
    offered = alternatives(cells, [("region",), ("sex",), ("region", "sex")])

    assert [(each.kind, each.table, each.figures, each.hidden) for each in offered] == [
        ("drop", ("region", "sex"), 5, 0)
    ]


def test_where_nothing_is_hidden_nothing_is_offered():
    assert alternatives(cells_of(REGIONS, count=[20] * 8), [("region", "sex")]) == []


def test_a_dimension_that_a_part_is_fixed_in_is_not_merged():
    cut = dimensions(age=3)
    quantities = (Quantity("register"), Quantity("minors", within="register", dims=(), at=(("age", "a0"),)))
    cells = Cells(cut, quantities, {"register": {("a0",): 9, ("a1",): 2, ("a2",): 30}, "minors": {("_T",): 6}})

    assert [each.kind for each in alternatives(cells, [("age",)])] == []


def test_a_change_is_weighed_with_what_was_given_out_before():
    """Two regions put together would hide less, if what stays of the table had not been hidden already."""
    cells = cells_of(REGIONS, count=[3, 4, 2, 4, 40, 50, 60, 30])
    tables = [("region", "sex")]
    stays = {("count", ("r2", sex)): False for sex in ("s0", "s1")} | {("count", ("r2", "_T")): False}
    free, bound = (alternatives(cells, tables, fixed=fixed) for fixed in ({}, stays))

    merged_small = [next(each for each in offered if each.codes == ("r0", "r1")) for offered in (free, bound)]
    assert [each.hidden for each in merged_small] == [
        prepare(merged(cells, "region", ("r0", "r1")), tables, fixed=fixed).release.hidden_count
        for fixed in ({}, stays)
    ]
    assert merged_small[0].hidden < merged_small[1].hidden
