"""Facts add up to counts, and facts that contradict each other are refused."""

from datetime import date

import pytest

from app.indicators.calculation import Fact, calculate
from app.indicators.definitions import valid_on
from app.indicators.sensitivity import Contribution, sensitive_amounts
from app.indicators.tables import Contradiction, Dimension

DEFINITIONS = valid_on(date(2026, 7, 1))
DIMENSIONS = (
    Dimension("office", ("A", "B")),
    Dimension("sex", ("female", "male")),
    Dimension("stage", ("sentence", "pre_trial")),
)
HERE = ("A", "male", "sentence")
THERE = ("B", "female", "pre_trial")


def facts(i04=(7, 20), i07=(12, 20), i11=(0, 20), cell=HERE):
    return [Fact(code, *cell, *pair) for code, pair in (("I-04", i04), ("I-07", i07), ("I-11", i11))]


def test_counts_add_up_over_what_a_key_covers():
    cells = calculate(DEFINITIONS, DIMENSIONS, facts() + facts((3, 9), (9, 9), (0, 9), THERE))

    assert cells.total("register", ("_T", "_T", "_T")) == 29
    assert cells.total("I-04", ("A", "_T", "_T")) == 7
    assert cells.total("I-07", ("_T", "female", "_T")) == 9
    assert cells.total("I-04", ("_T", "male", "pre_trial")) == 0


def test_facts_of_one_cell_add_up():
    assert calculate(DEFINITIONS, DIMENSIONS, facts() + facts()).total("register", HERE) == 40


def test_minutes_follow_the_people_who_received_them():
    given = [Contribution(HERE, 1, 7, 60), Contribution(HERE, 1, 8, 30), Contribution(HERE, 2, 7, 45)]
    cells = calculate(DEFINITIONS, DIMENSIONS, facts(i11=(2, 20)), given)

    assert cells.total("I-11.minutes", ("A", "_T", "_T")) == 135


@pytest.mark.parametrize(
    ("wrong", "given"),
    [
        (facts(i04=(21, 20)), []),
        (facts(i04=(-1, 20)), []),
        (facts(i07=(12, 21)), []),
        (facts(cell=("C", "male", "sentence")), []),
        ([Fact("I-99", *HERE, 1, 2)], []),
        (facts(i11=(1, 20)), []),
        (facts(i11=(0, 20)), [Contribution(HERE, 1, 7, 60)]),
        (facts(i11=(1, 20)), [Contribution(HERE, 1, 7, 0)]),
    ],
    ids=["more than all", "negative", "two registers", "no such office", "no such indicator", *["minutes"] * 3],
)
def test_facts_that_cannot_be_true_are_refused(wrong, given):
    with pytest.raises(Contradiction):
        calculate(DEFINITIONS, DIMENSIONS, wrong, given)


def even(people, helpers, minutes=60):
    return [Contribution(HERE, number, number % helpers, minutes) for number in range(people)]


@pytest.mark.parametrize(
    ("given", "hidden"),
    [
        ([], False),
        (even(people=5, helpers=5), False),
        (even(people=4, helpers=4), True),
        (even(people=9, helpers=4), True),
        ([*even(5, 5), Contribution(HERE, 0, 0, 900)], False),  # 960 of 1,200 is 80 per cent, not more
        ([*even(5, 5), Contribution(HERE, 0, 0, 905)], True),
    ],
    ids=["nothing", "enough", "few people", "few helpers", "uneven", "dominated"],
)
def test_hours_need_enough_people_and_helpers_and_nobody_above_the_rest(given, hidden):
    assert sensitive_amounts("minutes", given, [HERE]) == ({("minutes", HERE)} if hidden else set())
