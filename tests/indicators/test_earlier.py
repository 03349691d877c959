"""What was given out before binds a later release: by hand, one rule after another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.indicators.earlier import Before, held, moved, numbers_of
from app.indicators.tables import Cells, Dimension, Figure, Quantity, Release, spots_of

pytestmark = pytest.mark.one_engine
REGIONS = (Dimension("region", ("a", "b")),)
PEOPLE = (Quantity("people"),)
A, B, ALL = (("people", (code,)) for code in ("a", "b", "_T"))


def release(**shown: int | None) -> Release:
    """A release of one table by region; ``T`` is the total."""
    figures = tuple(Figure("people", ("_T" if code == "T" else code,), value) for code, value in shown.items())
    return Release(REGIONS, (("region",),), PEOPLE, 5, figures)


def bound(before: Before, a: int, b: int):
    return held({A: a, B: b, ALL: a + b}, REGIONS, before)


def test_nothing_before_binds_nothing():
    assert bound(Before(), 10, 20).fixed == {}
    assert bound(Before(), 10, 20).sensitive == set()


def test_what_did_not_move_is_public_and_what_was_hidden_stays_so():
    found = bound(Before(revisions=[release(a=None, b=20, T=None)]), 10, 20)

    assert found.fixed == {A: False, B: True, ALL: False}
    assert found.sensitive == set()


@pytest.mark.parametrize(("now", "is_hidden"), [(21, True), (24, True), (16, True), (25, False), (15, False)])
def test_what_moved_by_less_than_the_threshold_is_hidden_now(now, is_hidden):
    found = bound(Before(revisions=[release(a=10, b=20, T=30)]), 10, now)

    assert (B in found.sensitive, ALL in found.sensitive) == (is_hidden, is_hidden)
    assert found.fixed == {A: True}


def test_every_earlier_revision_is_looked_at():
    """Twenty, then thirty, then twenty-two: far from the second, two from the first."""
    found = bound(Before(revisions=[release(b=20), release(b=30)]), 10, 22)

    assert B in found.sensitive


def test_a_figure_shown_once_and_hidden_since_stays_hidden():
    found = bound(Before(revisions=[release(b=20), release(b=None)]), 10, 20)

    assert found.fixed == {B: False}


def test_a_year_shows_nothing_that_one_of_its_halves_hides():
    found = bound(Before(halves=[[release(a=None, b=20, T=30)], [release(a=8, b=25, T=33)]], is_year=True), 18, 45)

    assert found.sensitive == {A}


@pytest.mark.parametrize(("year", "is_hidden"), [(48, True), (45, False), (40, False), (22, True), (20, False)])
def test_a_year_is_hidden_where_few_came_between_it_and_its_halves(year, is_hidden):
    """Twenty in the first half, twenty-five in the second: 48 is three more than both, 22 two more than the first."""
    found = bound(Before(halves=[[release(b=20)], [release(b=25)]], is_year=True), 9, year)

    assert (B in found.sensitive) == is_hidden


def test_a_half_year_revised_after_its_year_is_bound_by_it():
    before = Before(revisions=[release(b=20)], year=[release(b=50)], halves=[[release(b=25)]])

    assert B in bound(before, 0, 27).sensitive  # 50 − 27 − 25: two
    assert B in bound(before, 0, 48).sensitive  # 50 − 48: two
    assert B not in bound(before, 0, 30).sensitive  # 50 − 30 − 25: five


def test_periods_with_other_dimensions_are_read_by_name():
    """A year by region and sex, its half by region: the figures of the same group are the same figures."""
    dimensions = (Dimension("sex", ("f", "m")), *REGIONS)
    before = Before(halves=[[release(b=None)], [release(b=25)]], is_year=True)

    found = held({("people", ("_T", "b")): 60, ("people", ("f", "b")): 30}, dimensions, before)

    assert found.sensitive == {("people", ("_T", "b"))}


def test_what_moved_names_nothing_that_is_hidden_in_both():
    rows = moved(release(a=None, b=20, T=30), release(a=None, b=None, T=41))

    assert rows == [
        {"quantity": "people", "group": {"region": "b"}, "before": 20, "after": None},
        {"quantity": "people", "group": {}, "before": 30, "after": 41},
    ]


@given(st.dictionaries(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), st.integers(0, 50)))
def test_numbers_added_up_at_once_are_those_added_up_one_by_one(counts):
    dimensions = (*REGIONS, Dimension("sex", ("x", "y", "z")))
    cells = Cells(dimensions, PEOPLE, {"people": counts})
    spots = spots_of((("region", "sex"),), dimensions, PEOPLE)

    assert numbers_of(cells, spots) == {spot: cells.total(*spot) for spot in spots}


RATE = (Quantity("register"), Quantity("met", within="register"))
MET_IN_A = "met", ("a",)


def rates(register: int | None, met: int | None) -> Release:
    figures = (Figure("register", ("a",), register), Figure("met", ("a",), met))
    return Release(REGIONS, (("region",),), RATE, 5, figures)


@pytest.mark.parametrize(
    ("register", "met", "is_hidden"),
    [(57, 26, True), (56, 26, False), (61, 26, False), (45, 14, True), (40, 15, False), (57, 20, False)],
)
def test_a_part_is_hidden_where_its_rest_moved_by_few(register, met, is_hidden):
    """Of fifty, twenty were met. Seven more, six of them met: both moved by many, those not met by one."""
    truth = {("register", ("a",)): register, MET_IN_A: met}
    found = held(truth, REGIONS, Before(revisions=[rates(50, 20)]), quantities=RATE)

    assert (MET_IN_A in found.sensitive) == is_hidden
    assert held(truth, REGIONS, Before(revisions=[rates(50, None)]), quantities=RATE).sensitive == set()


def test_a_year_does_not_tell_of_the_few_that_a_part_leaves_beside_a_half():
    year = {("register", ("a",)): 100, MET_IN_A: 68}
    few = held(year, REGIONS, Before(halves=[[rates(80, 50)]], is_year=True), quantities=RATE)
    many = held(year, REGIONS, Before(halves=[[rates(80, 60)]], is_year=True), quantities=RATE)

    assert few.sensitive == {MET_IN_A}
    assert many.sensitive == set()


def test_a_part_by_a_dimension_of_its_own_leaves_a_rest_category_by_category():
    dimensions = (*REGIONS, Dimension("need", ("work", "home")))
    quantities = Quantity("register", dims=("region",)), Quantity("need", within="register", dims=("region", "need"))
    keys = ("register", ("a", "_T")), ("need", ("a", "work")), ("need", ("a", "_T"))

    def given(*numbers):
        figures = [Figure(*key, number) for key, number in zip(keys, numbers, strict=True)]
        return Release(dimensions, (("region", "need"),), quantities, 5, tuple(figures))

    truth = dict(zip(keys, (57, 26, 49), strict=True))
    found = held(truth, dimensions, Before(revisions=[given(50, 20, 42)]), quantities=quantities)

    assert found.sensitive == {keys[1]}


@pytest.mark.parametrize(
    ("minutes", "is_hidden"), [(901, True), (1199, True), (1200, False), (601, True), (900, False)]
)
def test_hours_that_moved_by_fewer_than_the_threshold_are_hidden_however_many_minutes_that_is(minutes, is_hidden):
    quantities = (Quantity("minutes", unit=60),)
    place = "minutes", ("a",)
    before = Release(REGIONS, (("region",),), quantities, 5, (Figure(*place, 900),))

    found = held({place: minutes}, REGIONS, Before(revisions=[before]), quantities=quantities)

    assert (place in found.sensitive) == is_hidden


def test_a_whole_is_hidden_where_its_part_is_public_and_the_rest_would_tell():
    """The year showed fifty and twenty; now fifty-seven, and one of the halves leaves thirty-six."""
    before = Before(revisions=[rates(50, 20)], halves=[[rates(52, 16)]], is_year=True)
    found = held({("register", ("a",)): 57, MET_IN_A: 20}, REGIONS, before, quantities=RATE)

    assert found.fixed == {MET_IN_A: True}
    assert found.sensitive == {("register", ("a",))}
