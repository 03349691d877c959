"""The attack finds what an outsider can work out: no more, no less."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from app.indicators.attack import Interval, attack, is_safe, missed, unsafe
from app.indicators.attack.asking import Asking
from app.indicators.attack.ranging import Range, Ranger, _Field
from app.indicators.attack.reducing import Part, Rules
from app.indicators.tables import Cells, Contradiction, Figure, Quantity, Release, wide_enough
from tests.indicators.tables_at_hand import cells_of, dimensions, enumerated, released

SQUARE = dimensions(office=2, sex=2)
BOTH = (("office", "sex"),)
SMALL = ("count", ("o0", "s0"))


def test_a_small_count_hidden_alone_is_found_by_subtraction():
    cells = cells_of(SQUARE, count=[3, 20, 30, 40])
    release = released(cells, BOTH, hidden={SMALL})

    assert attack(release) == [Interval(*SMALL, low=3, high=3)]
    assert not is_safe(release)


def test_four_in_a_rectangle_hide_each_other():
    cells = cells_of(SQUARE, count=[3, 20, 30, 40])
    release = released(
        cells, BOTH, hidden={("count", (office, sex)) for office in ("o0", "o1") for sex in ("s0", "s1")}
    )

    assert [(found.low, found.high) for found in attack(release)] == [(0, 23), (0, 23), (10, 33), (37, 60)]
    assert is_safe(release)


def test_a_rectangle_with_a_small_count_on_each_diagonal_is_too_tight():
    cells = cells_of(SQUARE, count=[1, 20, 30, 2])
    release = released(
        cells, BOTH, hidden={("count", (office, sex)) for office in ("o0", "o1") for sex in ("s0", "s1")}
    )

    assert {found.high - found.low for found in attack(release)} == {21}
    tight = released(
        cells_of(SQUARE, count=[1, 2, 30, 2]),
        BOTH,
        hidden={("count", figure.key) for figure in release.figures if figure.value is None},
    )
    assert {found.high - found.low for found in attack(tight)} == {3}
    assert not is_safe(tight)


def test_a_hidden_total_has_no_greatest_value():
    cells = cells_of(dimensions(office=2), count=[3, 8])
    release = released(cells, (("office",),), hidden={("count", ("o0",)), ("count", ("_T",))})

    assert attack(release) == [Interval("count", ("o0",), 0, None), Interval("count", ("_T",), 8, None)]


def test_a_shown_denominator_bounds_its_numerator_and_the_rest():
    cells = cells_of(dimensions(office=2), register=[9, 30], met=[7, 20])
    release = released(cells, (("office",),), hidden={("I-04", ("o0",)), ("I-04", ("o1",))})

    assert attack(release) == [
        Interval("I-04", ("o0",), 0, 9),
        Interval("I-04", ("o1",), 18, 27),
        Interval("I-04", ("o0",), 0, 9, of="register"),
        Interval("I-04", ("o1",), 3, 12, of="register"),
    ]


def test_a_full_group_is_unmasked_by_the_rest_even_with_both_numbers_hidden():
    """All of o0 and o1 together are covered, so whatever o0 counts, nobody there is left out."""
    cells = cells_of(dimensions(office=2), register=[20, 30], met=[20, 30])
    release = released(
        cells, (("office",),), {(code, (office,)) for code in ("register", "I-04") for office in ("o0", "o1")}
    )

    assert [found for found in unsafe(release, attack(release)) if found.of == "register"] == [
        Interval("I-04", ("o0",), 0, 0, of="register"),
        Interval("I-04", ("o1",), 0, 0, of="register"),
    ]


def test_whole_numbers_are_tighter_than_fractions():
    """Three pairs that each sum to 1 leave halves possible in a triangle, but no whole numbers."""
    cut = dimensions(x=2, y=2, z=2)
    cells = cells_of(cut, count=[1, 0, 0, 1, 0, 1, 1, 0])
    tables = (("x", "y"), ("x", "z"), ("y", "z"), ("x", "y", "z"))
    release = released(cells, tables, hidden={("count", cell) for cell in cells.values["count"]})

    assert {(found.low, found.high) for found in attack(release)} == {(0, 1)}
    assert not missed(attack(release), cells)


def test_where_nobody_was_met_no_hour_was_given():
    """Hiding the hours of an office with nobody on register protects no other office."""
    register, met = Quantity("register"), Quantity("I-11", within="register", shown_with="register")
    minutes = Quantity("I-11.minutes", shown_with="I-11", unit=60)
    counted = {"register": [0, 30], "I-11": [0, 12], "I-11.minutes": [0, 900]}
    keys = [("o0",), ("o1",)]
    cells = Cells(
        dimensions(office=2),
        (register, met, minutes),
        {code: dict(zip(keys, row, strict=True)) for code, row in counted.items()},
    )
    release = released(cells, (("office",),), hidden={("I-11.minutes", key) for key in keys})

    assert [(found.low, found.high) for found in attack(release)] == [(0, 0), (900, 900)]


@pytest.mark.parametrize(
    ("low", "high", "unit", "vague"),
    [
        (0, 5, 1, True),
        (0, 4, 1, False),
        (100, 105, 1, True),
        (7, 7, 1, False),
        (0, None, 1, True),
        (0, 300, 60, True),
        (0, 299, 60, False),
        (600, 1200, 60, True),
        (601, 1201, 60, False),
    ],
)
def test_a_count_is_vague_by_the_threshold_and_an_amount_by_hours_and_by_half(low, high, unit, vague):
    assert wide_enough(low, high, Quantity("count", unit=unit), threshold=5) == vague


def test_figures_that_cannot_be_true_are_a_contradiction():
    cut = dimensions(office=2)
    figures = (Figure("count", ("o0",), 5), Figure("count", ("o1",), None), Figure("count", ("_T",), 4))

    with pytest.raises(Contradiction):
        attack(Release(cut, (("office",),), (Quantity("count"),), 5, figures))


def random_release(dice, *, rate: bool) -> Release:
    """A tiny table with figures hidden at random; the number of everybody is shown."""
    cut = dimensions(office=2) if rate else dimensions(office=2, sex=dice.choice([2, 3]))
    whole = [dice.choice([0, 0, 1, 1, 2]) for _ in range(2 if rate else 2 * len(cut[1].categories))]
    part = [dice.randint(0, number) for number in whole]
    cells = cells_of(cut, register=whole, met=part) if rate else cells_of(cut, count=whole)
    tables = (tuple(dimension.code for dimension in cut),)
    total = (cells.quantities[0].code, ("_T",) * len(cut))
    spots = [(figure.quantity, figure.key) for figure in released(cells, tables, set()).figures]
    return released(cells, tables, {spot for spot in spots if spot != total and dice.random() < 0.6}, threshold=2)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.randoms(use_true_random=False), st.booleans())
def test_the_attack_agrees_with_trying_every_table(dice, rate):
    release = random_release(dice, rate=rate)

    intervals = attack(release)

    tried = enumerated(release)
    assert [(found.low, found.high) for found in intervals] == [
        tried[found.quantity, found.key, found.of] for found in intervals
    ]
    assert is_safe(release) == (not unsafe(release, intervals))


def test_a_difference_that_the_rules_hold_does_not_grow_with_the_two():
    rules = Rules(csr_array(np.array([[1, -1, 0]])), np.array([3]), np.array([3]))
    ranger = Ranger(rules, csr_array(np.array([[1, 0, 0], [1, -1, 0], [0, 0, 1]])))
    ranger.look_around()

    assert [ranger.range(form) for form in range(3)] == [Range(3, None), Range(3, 3), Range(0, None)]


def test_figures_of_which_none_is_shown_are_settled_by_one_question_for_all(monkeypatch):
    """What a small register comes to: its thousands of figures are not asked about one by one."""
    cells = cells_of(dimensions(office=9, sex=2), register=[1] * 18, met=[1] * 18)
    spots = {(figure.quantity, figure.key) for figure in released(cells, (("office", "sex"),), set()).figures}
    asked, ask = [], Asking.in_fractions
    monkeypatch.setattr(Asking, "in_fractions", lambda self, aim: asked.append(aim) or ask(self, aim))

    assert is_safe(released(cells, (("office", "sex"),), spots))
    assert len(asked) < len(spots)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.randoms(use_true_random=False))
def test_no_multiples_of_the_rules_prove_more_than_is_true(dice):
    """Rules with twos and negative signs, as parts of wholes bring them, against every table that keeps them."""
    rows = np.array([[dice.choice((-1, 0, 1, 1, 2)) for _ in range(4)] for _ in range(3)])
    truth = np.array([dice.randrange(3) for _ in range(4)])
    low, high = (np.array([int(row @ truth) + sign * dice.randrange(2) for row in rows]) for sign in (-1, 1))
    tables = np.array(list(product(range(3), repeat=4)))
    tables = tables[((tables @ rows.T >= low) & (tables @ rows.T <= high)).all(axis=1)]
    aim = np.array([dice.choice((-2, -1, 1, 3)) for _ in range(4)])
    field = _Field(
        Part(Rules(csr_array(rows), low, high), np.zeros(4, int), np.full(4, 2), csr_array([aim]), np.array([0]))
    )

    for _ in range(20):
        multiples = np.array([dice.choice((-2, -1, -0.5, 0, 1 / 3, 1, 2)) for _ in range(3)])
        assert field._proven(aim, multiples) <= (tables @ aim).min()
    for sign in (1, -1):
        assert field.end(0, sign, at_any_cost=True) == ((sign * tables @ aim).min(), True)
