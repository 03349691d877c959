"""Releases that are bound by what was given out before, by what lies in what, and by parts of a few dimensions only."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.indicators import suppression
from app.indicators.attack import is_safe
from app.indicators.sensitivity import Contribution, Reason, sensitive_amounts
from app.indicators.suppression import prepare, protect
from app.indicators.system import System
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
from tests.indicators.stranger import found_in
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


EMPTY = Nesting("office", "region", (("o0", "r0"), ("o1", "r0"), ("o2", "r1")))  # nobody can be in r2
PARTS = (
    Quantity("register", dims=("region", "office", "stage")),
    Quantity("met", within="register", dims=("office", "stage")),
    Quantity("warnings", shown_with="register", dims=("region", "stage")),
)


@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from([0, 0, 1, 3, 6, 20, 50]), min_size=6, max_size=6), st.integers(0, 3), st.booleans())
def test_what_is_chosen_is_what_the_audit_accepts(counts, share, is_quick):
    """With a region that has no office, parts by offices under a table by regions, and events of nobody."""
    cut = (Dimension("region", ("r0", "r1", "r2"), attribute=True), *dimensions(office=3, stage=2))
    parents = dict(EMPTY.of)
    cells = [(office, stage) for office in ("o0", "o1", "o2") for stage in ("s0", "s1")]
    numbers = dict(zip(cells, counts, strict=True))
    warnings: dict[tuple[str, str, str], int] = {}
    for (office, stage), number in numbers.items():
        key = (parents[office], TOTAL, stage)
        warnings[key] = warnings.get(key, 0) + 2 * number
    values = {
        "register": {(parents[office], office, stage): number for (office, stage), number in numbers.items()},
        "met": {(TOTAL, office, stage): number * share // 3 for (office, stage), number in numbers.items()},
        "warnings": warnings,
    }
    tables = [
        Table(("region", "stage"), ("register",)),
        Table(("office",), ("register", "met")),
        Table(("region",), ("warnings",)),
    ]
    answers = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(suppression, "is_safe", lambda release: answers.append(is_safe(release)) or answers[-1])
        patch.setattr(suppression, "EXACT_UP_TO", 0 if is_quick else suppression.EXACT_UP_TO)
        release = protect(Cells(cut, PARTS, values, (EMPTY,)), tables)

    assert answers == [True]
    assert release.values()["register", ("r2", TOTAL, TOTAL)] == 0
    assert all(high is None or high - low >= 5 for low, high in found_in(release).values())


def test_nobody_can_be_in_a_region_of_no_office_and_that_is_not_hidden():
    cut = (Dimension("region", ("r0", "r1"), attribute=True), Dimension("office", ("o0", "o1")))
    nesting = Nesting("office", "region", (("o0", "r0"), ("o1", "r0")))
    values = {"count": {("r0", "o0"): 9, ("r0", "o1"): 3}}
    release = protect(Cells(cut, (Quantity("count"),), values, (nesting,)), [("region",)])

    assert release.values()["count", ("r1", TOTAL)] == 0


def test_where_nobody_is_shown_to_be_nothing_happened_in_a_table_by_something_else_either():
    """Warnings by stage alone: of them those of the empty region are known, so the others are more exact."""
    quantities = (Quantity("register", dims=("region",)), Quantity("warnings", shown_with="register"))
    cut = dimensions(region=2, stage=2)
    values = {
        "register": {("r0", TOTAL): 30, ("r1", TOTAL): 0},
        "warnings": {("r0", "s0"): 3, ("r0", "s1"): 20},
    }
    tables = [Table(("region",), ("register",)), Table(("stage",), ("warnings",)), Table((), ("warnings",))]
    system = System(Cells(cut, quantities, values), tables).finish()

    assert [system.spots[leader] for leader in system.idle] == [("register", ("r1", TOTAL))]
