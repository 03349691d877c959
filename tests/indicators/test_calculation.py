"""Facts become one system of quantities, and facts that contradict each other are refused."""

import json
from dataclasses import replace
from datetime import date

import pytest

from app.indicators.calculation import cells_of, tables_of, uneven
from app.indicators.counts import HELPER, OFFICE, PERSON, Fact, Facts, Makeup
from app.indicators.definitions.reading import book
from app.indicators.periods import parse
from app.indicators.tables import TOTAL, Contradiction, has_dim

pytestmark = pytest.mark.one_engine

BOOK = book().valid_on(date(2026, 1, 1))
HERE, THERE = ("region", "710000000"), ("region", "750000000")
STAGE, LEVEL = ("stage", "sentence"), ("level", "low")
REST = (("sex", "male"), ("age", "18-29"), ("basis", "conditional_sentence"))


def facts(*counted, makeup=()):
    return Facts(parse("2026H1"), BOOK.versions, (HERE[1], THERE[1]), tuple(counted), tuple(makeup))


def register(number, region=HERE):
    return Fact("register", (region, STAGE, *REST, LEVEL), number)


def key(cells, **codes):
    return tuple(codes.get(each.code, TOTAL) for each in cells.dimensions)


def test_counts_add_up_over_what_a_key_covers():
    cells = cells_of(facts(register(20), register(9, THERE), Fact("I-04", (HERE, STAGE), 7)), BOOK)

    assert cells.total("register", key(cells)) == 29
    assert cells.total("register", key(cells, region=HERE[1], stage="sentence")) == 20
    assert cells.total("I-04", key(cells, region=THERE[1])) == 0


def test_a_quantity_stands_at_the_total_of_the_dimensions_that_it_is_not_told_by():
    cells = cells_of(facts(register(20)), BOOK)
    covered = next(each for each in cells.quantities if each.code == "I-04")

    assert [each.code for each in cells.dimensions if has_dim(covered, each.code)] == ["region", "stage"]


def test_every_table_shows_an_indicator_with_its_whole():
    tables = {table.dims: table.quantities for table in tables_of(BOOK)}

    assert {"register", "I-04", "I-04.in_time"} <= set(tables["region", "stage"])
    assert {"I-03.able", "I-03"} <= set(tables["region", "sex"])
    for definition in BOOK.definitions:
        for dims in definition.tables:
            assert {each.code for each in definition.quantities} <= set(tables[dims])


@pytest.mark.parametrize(
    "wrong",
    [
        [register(20), Fact("I-04", (HERE, STAGE), 21)],
        [register(20), Fact("I-04", (HERE, STAGE), 7), Fact("I-04.in_time", (HERE, STAGE), 8)],
        [register(20), Fact("I-04", (THERE, STAGE), 1)],
        [register(-1)],
        [register(20, ("region", "999999999"))],
        [register(20), Fact("I-99", (HERE,), 1)],
    ],
    ids=[
        "more than all",
        "more in time than covered",
        "nobody there",
        "negative",
        "no such region",
        "no such quantity",
    ],
)
def test_facts_that_cannot_be_true_are_refused(wrong):
    with pytest.raises(Contradiction):
        cells_of(facts(*wrong), BOOK)


@pytest.mark.parametrize(
    ("who", "contributors", "largest", "total", "hidden"),
    [
        (PERSON, 5, 20, 100, False),
        (PERSON, 4, 25, 100, True),
        (HELPER, 4, 25, 100, True),
        (PERSON, 9, 80, 100, False),  # 80 per cent, not more
        (PERSON, 9, 81, 100, True),
        (OFFICE, 2, 81, 100, True),
        (OFFICE, 2, 80, 100, False),
        (OFFICE, 1, 100, 100, False),  # the region's only office: its work, and no secret
    ],
)
def test_amounts_need_enough_people_and_helpers_and_nobody_above_the_rest(who, contributors, largest, total, hidden):
    given = facts(register(20), makeup=[Makeup("I-11.minutes", (HERE,), who, contributors, largest, total)])
    cells = cells_of(given, BOOK)

    assert uneven(given, cells) == ({("I-11.minutes", key(cells, region=HERE[1]))} if hidden else set())


def test_facts_survive_being_stored_to_the_byte():
    given = facts(register(20), makeup=[Makeup("I-11.minutes", (), PERSON, 5, 20, 100)])
    stored = json.dumps(given.to_data(), ensure_ascii=False)

    assert Facts.from_data(json.loads(stored)) == given
    assert json.dumps(Facts.from_data(json.loads(stored)).to_data(), ensure_ascii=False) == stored
    assert replace(given, period=parse("2026")).to_data()["period"] == "2026"
