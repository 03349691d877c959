"""Tables as people read them: names for codes, words for what is hidden, rates beside what they are worked out from."""

from dataclasses import replace

import pytest

from app.indicators.bundles.commands import OUTSIDE
from app.indicators.bundles.grids import grid_of, paper_grids
from app.indicators.bundles.shape import Rate, sheets_of
from app.indicators.tables import Dimension, Figure, Nesting, Quantity, Release, Table
from app.web.languages import speaking
from tests.applications import application

pytestmark = pytest.mark.one_engine
TEXT = {"kk": "Жынысы", "ru": "Пол", "en": "Sex"}
META = replace(OUTSIDE, dimension_names={"sex": TEXT}, rates=(Rate("met", "all"), Rate("few", "all", 1000)))


@pytest.fixture
def spoken():
    with application().app_context(), speaking("en"):
        yield


SEX = (Dimension("sex", ("F", "M")),)


def release(quantities, figures, dimensions=SEX, **more):
    table = Table(tuple(each.code for each in dimensions), tuple(each.code for each in quantities))
    return Release(dimensions, (table,), quantities, 5, figures, **more)


def figures(**by_quantity):
    return tuple(
        Figure(code, (key,), value)
        for code, values in by_quantity.items()
        for key, value in zip(("F", "M", "_T"), values, strict=True)
    )


def test_a_rate_is_worked_out_from_shown_figures_only(spoken):
    quantities = (Quantity("all"), Quantity("met", within="all"))
    sheet = sheets_of(release(quantities, figures(all=(40, 0, 40), met=(None, 0, 15))))[0]
    grid = grid_of(sheet, META)

    assert grid.head == ("Sex", "all", "met", "met, per 100")
    assert grid.rows == (("F", 40, "hidden", "hidden"), ("M", 0, 0, ""), ("Total", 40, 15, 37.5))


def test_minutes_are_shown_as_hours(spoken):
    sheet = sheets_of(release((Quantity("minutes", unit=60),), figures(minutes=(90, None, 700))))[0]

    assert [row[1] for row in grid_of(sheet, META).rows] == [1.5, "hidden", 11.7]


def test_many_quantities_stand_one_part_under_another_on_paper(spoken):
    codes = ("all", "met", *"abcdef")
    sheet = sheets_of(release(tuple(map(Quantity, codes)), figures(**dict.fromkeys(codes, (9, 9, 18)))))[0]
    parts = list(paper_grids(sheet, META))

    assert [len(part.head) for part in parts] == [7, 4]
    assert [word for part in parts for word in part.head[1:]] == ["all", "met", "met, per 100", *"abcdef"]


def test_of_one_quantity_the_shortest_dimension_stands_side_by_side(spoken):
    regions = Dimension("region", ("10", "75", "79"))
    keys = [(region, sex) for region in ("10", "75", "79", "_T") for sex in ("F", "M", "_T")]
    whole = tuple(Figure("count", key, number) for number, key in enumerate(keys, start=10))
    grid = next(
        paper_grids(sheets_of(release((Quantity("count"),), whole, (regions, Dimension("sex", ("F", "M")))))[0], META)
    )

    assert grid.head == ("region", "F", "M", "Total")
    assert grid.rows == (("10", 10, 11, 12), ("75", 13, 14, 15), ("79", 16, 17, 18), ("Total", 19, 20, 21))


def test_a_group_that_cannot_be_is_shown_as_empty(spoken):
    """Everybody knows it, and a table without holes is easier to read."""
    cut = (Dimension("office", ("a", "b")), Dimension("region", ("1", "2")))
    there = {
        ("a", "1"): 7,
        ("b", "2"): 8,
        ("a", "_T"): 7,
        ("b", "_T"): 8,
        ("_T", "1"): 7,
        ("_T", "2"): 8,
        ("_T", "_T"): 15,
    }
    found = tuple(Figure("count", key, number) for key, number in there.items())
    sheet = sheets_of(
        release((Quantity("count"),), found, cut, nestings=(Nesting("office", "region", (("a", "1"), ("b", "2"))),))
    )[0]

    assert len(sheet.figures) == 9
    assert {figure.key: figure.value for figure in sheet.figures}["a", "2"] == 0
