"""Of whom a share is a share: of minors where minors are counted, of all reassessed where the change is told."""

from collections import Counter
from itertools import product

import pytest

from app.indicators.bundles.frozen import rates_of
from app.indicators.bundles.grids import grid_of
from app.indicators.bundles.shape import Licence, Meta, sheets_of
from app.indicators.definitions.reading import book
from app.indicators.models import Snapshot
from app.indicators.showing import picture_in
from app.indicators.tables import TOTAL, Dimension, Figure, Quantity, Release, Table
from app.indicators.wording import Words, columns_of, cuts_of, lines_of, total_of
from app.plan.reports.released import Reading
from app.web.languages import speaking
from tests.applications import application

pytestmark = pytest.mark.one_engine
DIMENSIONS = (
    Dimension("region", ("N", "S")),
    Dimension("age", ("14-17", "18-29")),
    Dimension("change", ("lowered", "same", "raised"), attribute=True),
)
# 20 minors and 180 grown people in the north, 10 and 90 in the south; 15 and 2 of the minors took part. In the north
# 30 were reassessed (12 lowered, 12 the same, 6 raised), in the south 20 (10, 5, 5).
REGISTER = {("N", "14-17"): 20, ("N", "18-29"): 180, ("S", "14-17"): 10, ("S", "18-29"): 90}
TOOK_PART = {"N": 15, "S": 2}
REASSESSED = {
    ("N", "lowered"): 12, ("N", "same"): 12, ("N", "raised"): 6,
    ("S", "lowered"): 10, ("S", "same"): 5, ("S", "raised"): 5,
}  # fmt: skip


def with_margins(counted):
    """Numbers by codes, with the sums over each dimension."""
    sums = Counter()
    for codes, number in counted.items():
        for key in product(*((code, TOTAL) for code in codes)):
            sums[key] += number
    return sums


def release(hidden=()):
    figures = {
        **{("register", (region, age, TOTAL)): number for (region, age), number in with_margins(REGISTER).items()},
        **{("I-12", (region, TOTAL, TOTAL)): number for (region,), number in
           with_margins({(region,): number for region, number in TOOK_PART.items()}).items()},
        **{("I-08", (region, TOTAL, change)): number for (region, change), number in with_margins(REASSESSED).items()},
    }  # fmt: skip
    return Release(
        DIMENSIONS,
        (Table(("region", "age"), ("register",)), Table(("region",), ("register", "I-12")),
         Table(("region", "change"), ("I-08",))),
        (Quantity("register", dims=("region", "age")),
         Quantity("I-12", "register", "register", dims=("region",), at=(("age", "14-17"),)),
         Quantity("I-08", "register", "register", dims=("region", "change"))),
        5,
        tuple(Figure(code, key, None if (code, key) in hidden else number) for (code, key), number in figures.items()),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def spoken():
    with application().app_context(), speaking("en"):
        yield


def told(code, cut, **more):
    """A table as it is read: the line's name, and its numbers by the names of the columns."""
    defined = book().definition(code)
    names = [column.label for column in columns_of(defined)]
    lines = lines_of(defined, release(**more), cut, Words(book(), {}))
    return {line.label: dict(zip(names, (value.said for value in line.values), strict=True)) for line in lines}


WHOLE = "People on register during the period: under 18"


def test_minors_in_activities_are_a_share_of_the_minors():
    lines = told("I-12", ("region",))

    assert [(name, line["Share"], line[WHOLE]) for name, line in lines.items()] == [
        ("N", "75.0 %", "20"),
        ("S", "20.0 %", "10"),
        ("all", "56.7 %", "30"),
    ]


def test_the_share_of_minors_is_hidden_where_their_number_is():
    assert told("I-12", ("region",), hidden={("register", ("S", "14-17", TOTAL))})["S"]["Share"] == "hidden"


def test_the_total_of_a_period_is_of_the_minors_too():
    assert total_of(book().definition("I-12"), release()).values[0].said == "56.7 %"


def test_a_change_of_level_is_told_as_shares_of_those_reassessed():
    defined = book().definition("I-08")
    lines = told("I-08", ("region",))

    assert ("change",) not in cuts_of(defined)
    assert list(lines["N"].values()) == ["40.0 %", "40.0 %", "20.0 %", "30", "12", "12", "6"]
    assert list(lines["all"].values()) == ["44.0 %", "34.0 %", "22.0 %", "50", "22", "17", "11"]
    assert list(lines["all"])[:3] == ["Share: lowered", "Share: the same", "Share: raised"]


def test_a_report_divides_by_the_same_people():
    frozen = Snapshot(period="2026H1", definitions=book().versions)
    reading = Reading(frozen, release(), release().values(), book(), {})
    found = {each.code: each for each in reading.source().indicators if not each.is_description}

    minors = found["I-12"]
    assert (minors.total.count, minors.total.of, minors.total.rate) == (17, 30, 56.7)
    assert minors.of["en"] == WHOLE
    assert [line.value.rate for line in minors.cuts[0].lines] == [75, 20]
    assert [found[f"I-08.{each}"].total.rate for each in ("lowered", "same", "raised")] == [44, 34, 22]
    assert found["I-08.raised"].name["en"] == "Change of the level of risk: raised"
    assert (found["I-08"].total.count, found["I-08"].unit, found["I-08"].formula) == (50, "count", None)


def test_the_spreadsheet_of_a_release_divides_by_the_same_people():
    defined = [book().definition(code) for code in ("I-08", "I-12")]
    meta = Meta(
        "x", {"en": "x"}, Licence("x", "x"),
        rates=tuple(rate for each in defined for rate in rates_of(each)),
        category_names={"age": {each.code: each.name for each in book().dimensions["age"].categories}},
        quantity_names={code: each.name for code, each in book().counted.items()},
    )  # fmt: skip
    _people, minors, changes = (grid_of(sheet, meta) for sheet in sheets_of(release()))

    assert minors.head[3] == WHOLE
    assert [row[2:] for row in minors.rows] == [(15, 20, 75), (2, 10, 20), (17, 30, 56.7)]
    assert [row[2:] for row in changes.rows if row[0] == "N"] == [(12, 40), (12, 40), (6, 20), (30, 100)]


def test_nothing_is_drawn_where_no_number_is_shown():
    defined = book().definition("I-12")
    keys = [("I-12", (region, TOTAL, TOTAL)) for region in ("N", "S", TOTAL)]
    lines = [lines_of(defined, release(hidden), ("region",), Words(book(), {})) for hidden in ((), keys)]

    assert [bool(picture_in(each, defined)) for each in lines] == [True, False]
