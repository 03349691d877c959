"""Releases that are bound by what was given out before, by what lies in what, and by parts of a few dimensions only."""

import pytest

from app.indicators.attack import is_safe
from app.indicators.sensitivity import Contribution, Reason, sensitive_amounts
from app.indicators.suppression import prepare, protect
from app.indicators.tables import (
    TOTAL,
    CannotBeMadeSafe,
    Cells,
    Contradiction,
    Dimension,
    Nesting,
    Quantity,
    Table,
    TooLarge,
    finest,
)
from tests.indicators.tables_at_hand import cells_of, dimensions

pytestmark = pytest.mark.one_engine

REGIONS = dimensions(region=4)
OF_REGIONS = (("region",),)


def hidden_in(release):
    return {figure.key[0] for figure in release.figures if figure.value is None}


def test_what_is_public_already_is_not_counted_as_hidden():
    cells = cells_of(REGIONS, count=[3, 10, 20, 30])
    release = protect(cells, OF_REGIONS, fixed={("count", ("r1",)): True, ("count", (TOTAL,)): True})

    assert hidden_in(release) in ({"r0", "r2"}, {"r0", "r3"})
    assert is_safe(release)


def test_what_was_hidden_before_stays_hidden_and_stays_safe():
    release = protect(cells_of(REGIONS, count=[9, 10, 20, 30]), OF_REGIONS, fixed={("count", ("r1",)): False})

    assert "r1" in hidden_in(release)
    assert is_safe(release)


def test_a_release_that_what_is_public_gives_away_is_refused_in_a_sentence():
    public = {("count", (code,)): True for code in ("r1", "r2", "r3", TOTAL)}

    with pytest.raises(CannotBeMadeSafe, match="public already"):
        protect(cells_of(REGIONS, count=[3, 10, 20, 30]), OF_REGIONS, fixed=public)


def test_a_difference_of_two_releases_is_counted_by_its_reason():
    cells = cells_of(REGIONS, count=[9, 10, 20, 30])
    report = prepare(cells, OF_REGIONS, sensitive={("count", ("r3",)): Reason.DIFFERENCE}).report

    assert report.primary == {Reason.DIFFERENCE: 1}
    assert (report.hidden, report.secondary, report.is_optimal) == (2, 1, True)


def test_all_of_a_group_in_one_category_of_an_attribute_is_not_known():
    level = Dimension("level", ("high", "low"), attribute=True)
    cells = cells_of((*dimensions(region=3), level), count=[20, 30, 0, 40, 25, 25])
    release = protect(cells, [("region", "level")])
    values = release.values()

    assert values["count", ("r1", "low")] is None
    assert None in (values["count", ("r1", "high")], values["count", ("r1", TOTAL)])
    assert is_safe(release)


def test_an_office_lies_in_its_region_and_nowhere_else():
    cut = (Dimension("office", ("a", "b", "c")), Dimension("region", ("n", "s")))
    nesting = Nesting("office", "region", (("a", "n"), ("b", "n"), ("c", "s")))
    values = {"count": {("a", "n"): 3, ("b", "n"): 20, ("c", "s"): 30}}
    cells = Cells(cut, (Quantity("count"),), values, (nesting,))
    release = protect(cells, [("office", "region")])

    assert ("count", ("a", "s")) not in release.values()
    # office a alone in hiding would be its region less office b; office c is its region in other words
    assert release.values()["count", ("b", "n")] is None or release.values()["count", (TOTAL, "n")] is None
    assert is_safe(release)


def test_nobody_is_counted_in_an_office_of_another_region():
    cut = (Dimension("office", ("a",)), Dimension("region", ("n", "s")))
    cells = Cells(cut, (Quantity("count"),), {"count": {("a", "s"): 3}}, (Nesting("office", "region", (("a", "n"),)),))

    with pytest.raises(Contradiction):
        protect(cells, [("office", "region")])


def test_a_part_may_be_of_one_age_and_of_dimensions_of_its_own():
    cut = dimensions(region=2, age=2, need=3)
    quantities = (
        Quantity("register", dims=("region", "age")),
        Quantity("minors", within="register", shown_with="register", dims=("region",), at=(("age", "a0"),)),
        Quantity("needs", within="register", shown_with="register", dims=("region", "need")),
    )
    register = {("r0", "a0", TOTAL): 12, ("r0", "a1", TOTAL): 40, ("r1", "a0", TOTAL): 9, ("r1", "a1", TOTAL): 50}
    needs = {(region, TOTAL, need): 30 for region in ("r0", "r1") for need in ("n0", "n1", "n2")}
    minors = {("r0", TOTAL, TOTAL): 6, ("r1", TOTAL, TOTAL): 8}
    cells = Cells(cut, quantities, {"register": register, "needs": needs, "minors": minors})
    tables = [Table(("region", "age"), ("register",)), Table(("region",), ("minors",)), Table(("need",), ("needs",))]
    release = protect(cells, tables)
    values = release.values()

    assert values["minors", ("r1", TOTAL, TOTAL)] is None  # all but one of nine
    assert values["needs", (TOTAL, TOTAL, "n0")] == 60
    assert is_safe(release)
    minors["r1", TOTAL, TOTAL] = 10
    with pytest.raises(Contradiction):
        protect(cells, tables)


def test_hours_of_one_office_are_hidden_only_from_another_one():
    def given(*offices):
        return [Contribution(("r0",), person, person, 60, office) for person, office in enumerate(offices)]

    assert sensitive_amounts("minutes", given(*"aaaaaaaaa", "b"), [("r0",)]) == {("minutes", ("r0",))}
    assert sensitive_amounts("minutes", given(*"aaaaaaaaaa"), [("r0",)]) == set()
    assert sensitive_amounts("minutes", given(*"aaaaabbbbb"), [("r0",)]) == set()


def test_a_hundred_thousand_cells_are_refused_with_the_size_that_works():
    cut = dimensions(region=100, sex=10, age=10, stage=10)
    cells = Cells(cut, (Quantity("count"),), {"count": dict.fromkeys(finest(cut), 7)})

    with pytest.raises(TooLarge, match=r"100,000 unknown cells.* up to 5,000"):
        protect(cells, [("region", "sex", "age", "stage")])
