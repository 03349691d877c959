"""What a protected release hides cannot be worked out from what it shows."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.indicators import suppression
from app.indicators.attack import attack, is_safe, missed, unsafe
from app.indicators.extending import extend
from app.indicators.outsider import Outsider
from app.indicators.rows import from_dict, to_dict
from app.indicators.sensitivity import sensitive_counts
from app.indicators.suppression import protect
from app.indicators.system import System
from app.indicators.tables import (
    CannotBeMadeSafe,
    Cells,
    Contradiction,
    Dimension,
    Quantity,
    Table,
    TooLarge,
    all_keys,
    covers,
)
from app.indicators.witnesses import Witnesses
from tests.indicators.tables_at_hand import cells_of, dimensions, enumerated, released

SQUARE = dimensions(office=2, sex=2)
OFFICES = (("office",),)


def hidden_in(release, quantity="count"):
    return {figure.key for figure in release.figures if figure.quantity == quantity and figure.value is None}


def assert_sound(release, cells):
    """Every shown figure is true, every hidden one is uncertain, and every interval holds the truth."""
    intervals = attack(release)
    assert unsafe(release, intervals) == []
    assert missed(intervals, cells) == []
    for figure in release.figures:
        assert figure.value in (None, cells.total(figure.quantity, figure.key))
        assert figure.obs_status == ("Q" if figure.value is None else "A")


def test_one_small_count_takes_three_neighbours_along():
    cells = cells_of(SQUARE, count=[3, 20, 30, 40])
    release = protect(cells, [("office", "sex")])

    assert hidden_in(release) == set(cells.values["count"])
    assert_sound(release, cells)


def test_nothing_is_hidden_where_nothing_is_small():
    release = protect(cells_of(SQUARE, count=[10, 20, 0, 40]), [("office", "sex")])

    assert release.hidden_count == 0


def test_with_two_offices_both_are_hidden_and_the_total_stays():
    release = protect(cells_of(dimensions(office=2), count=[3, 40]), OFFICES)

    assert hidden_in(release) == {("o0",), ("o1",)}


def test_one_person_in_a_country_is_not_shown_anywhere():
    release = protect(cells_of(dimensions(office=3), count=[1, 0, 0]), OFFICES)

    assert {("o0",), ("_T",)} <= hidden_in(release)
    assert is_safe(release)


def test_all_zeros_are_shown_as_zeros():
    release = protect(cells_of(SQUARE, register=[0] * 4, met=[0] * 4), [("office", "sex")])

    assert release.hidden_count == 0


@pytest.mark.parametrize(
    ("met", "of", "hidden"),
    [(0, 20, True), (20, 20, True), (3, 20, True), (17, 20, True), (7, 20, False), (0, 0, False), (5, 10, False)],
    ids=["none", "all", "few", "all but few", "neither", "nobody there", "just enough"],
)
def test_none_all_and_few_of_a_group_are_hidden(met, of, hidden):
    cells = cells_of(dimensions(office=1), register=[of], met=[met])

    assert (("I-04", ("o0",)) in sensitive_counts(cells, [("o0",)])) == hidden


def test_a_group_below_the_threshold_hides_its_whole_row():
    cells = cells_of(dimensions(office=3), register=[4, 30, 50], met=[0, 12, 30])
    release = protect(cells, OFFICES)

    assert ("o0",) in hidden_in(release, "register") & hidden_in(release, "I-04")
    assert hidden_in(release, "register") <= hidden_in(release, "I-04")
    assert_sound(release, cells)


def test_margins_of_different_tables_are_protected_together():
    """Offices are hidden in one table and could be had from the other, which shows them by stage."""
    cells = cells_of(dimensions(office=3, stage=2), count=[2, 0, 30, 20, 25, 40])
    release = protect(cells, [("office",), ("office", "stage")])

    assert ("o0", "_T") in hidden_in(release)
    assert_sound(release, cells)


def a_country(mean, offices):
    """Offices × sexes × stages with few people in most cells and many in some."""
    cut = dimensions(office=offices, sex=2, stage=4)
    return cells_of(cut, count=[int(one) - 1 for one in np.random.default_rng(912).geometric(1 / mean, offices * 8)])


@pytest.mark.parametrize(("mean", "offices"), [(3, 20), (5, 10)])
def test_hiding_only_the_small_figures_gives_a_third_of_them_away_and_this_gives_none(mean, offices):
    cells, tables = a_country(mean, offices), [("office", "sex", "stage")]
    small = sensitive_counts(cells, all_keys(tables, cells.dimensions))
    naive = attack(released(cells, tables, small))

    given_away = [found for found in naive if found.low == found.high]
    assert 0.3 < len(given_away) / len(naive) < 0.4
    release = protect(cells, tables)
    assert_sound(release, cells)
    assert {key for _, key in small} <= hidden_in(release)
    assert release.hidden_count < len(release.figures) * 0.6


def test_choosing_too_little_is_noticed_and_nothing_unsafe_is_given_out(monkeypatch):
    monkeypatch.setattr(suppression.Search, "_exact", lambda search: iter([search.first]))
    cells = cells_of(SQUARE, count=[3, 20, 30, 40])

    release = protect(cells, [("office", "sex")])

    assert release.hidden_count == len(release.figures)


def test_a_release_that_fails_its_audit_is_refused(monkeypatch):
    monkeypatch.setattr(suppression, "is_safe", lambda _release: False)

    with pytest.raises(CannotBeMadeSafe):
        protect(cells_of(SQUARE, count=[3, 20, 30, 40]), [("office", "sex")])


@pytest.mark.parametrize(
    ("refusal", "cells", "tables", "threshold"),
    [
        (ValueError, cells_of(SQUARE, count=[1, 2, 3, 4]), [("sex",)], 1),
        (Contradiction, cells_of(SQUARE, count=[1, 2, 3, 4]), [("age",)], 5),
        (Contradiction, cells_of(SQUARE, register=[1] * 4, met=[2] * 4), [("sex",)], 5),
        (TooLarge, cells_of(dimensions(office=5001), count=[9] * 5001), OFFICES, 5),
    ],
    ids=["threshold 1", "no such cut", "more than all", "too large"],
)
def test_what_cannot_be_protected_is_refused(refusal, cells, tables, threshold):
    with pytest.raises(refusal):
        protect(cells, tables, threshold)


counts = st.lists(st.one_of(st.integers(0, 6), st.integers(0, 40)), min_size=6, max_size=6)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(counts, st.integers(2, 6))
def test_no_table_of_counts_is_released_unsafe(whole, threshold):
    cells = cells_of(dimensions(office=3, stage=2), count=whole)

    assert_sound(protect(cells, [("office",), ("office", "stage")], threshold), cells)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(counts, st.lists(st.floats(0, 1), min_size=6, max_size=6), st.integers(2, 6))
def test_no_table_of_rates_is_released_unsafe(whole, shares, threshold):
    met = [round(number * share) for number, share in zip(whole, shares, strict=True)]
    cells = cells_of(dimensions(office=3, sex=2), register=whole, met=met)

    assert_sound(protect(cells, [("office",), ("sex",)], threshold), cells)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_trying_every_table_finds_nothing_narrow_either(whole):
    cells = cells_of(SQUARE, count=whole)
    release = protect(cells, [("office", "sex")], threshold=2)

    if release.values()["count", ("_T", "_T")] is not None:
        for (_, key, _), (low, high) in enumerated(release).items():
            assert high - low >= 2 or key not in hidden_in(release)


SYSTEM = (
    Quantity("register"),
    *(Quantity(code, within="register", shown_with="register") for code in ("I-04", "I-07", "I-11")),
    Quantity("I-11.minutes", shown_with="I-11", unit=60),
)
OFFICES_AND_STAGES = (("office",), ("sex",), ("stage",), ("office", "stage"))
GROUPS = (
    Dimension("office", ("A", "B")),
    Dimension("sex", ("female", "male")),
    Dimension("stage", ("sentence", "pre_trial")),
)


def an_office(people=(14, 22, 9, 3), lengths=None):
    """Figures of one half-year in two offices, and the amounts that too few or mostly one of them stand behind."""
    places = [(office, sex, "sentence") for office in "AB" for sex in ("female", "male")]
    values = {quantity.code: {} for quantity in SYSTEM}
    given = []  # cell, person, helper, minutes
    for number, (cell, register) in enumerate(zip(places, people, strict=True)):
        met = register // 2
        counts = register, register * 2 // 3, register // 2, met
        for code, count in zip(values, counts, strict=False):
            values[code][cell] = count
        given += [(cell, 100 * number + one, (number + one) % 7, 60 + 5 * one) for one in range(met)]
    if lengths:
        given = [(*row[:3], lengths[place % len(lengths)]) for place, row in enumerate(given)]
    for cell, _person, _helper, minutes in given:
        values["I-11.minutes"][cell] = values["I-11.minutes"].get(cell, 0) + minutes
    return Cells(GROUPS, SYSTEM, values), uneven_in(given)


def uneven_in(given):
    found = set()
    for key in all_keys(OFFICES_AND_STAGES, GROUPS):
        for who in (1, 2):
            parts = Counter()
            for row in given:
                parts[row[who]] += row[3] if covers(key, row[0]) else 0
            parts = [part for part in parts.values() if part]
            if parts and (len(parts) < 5 or max(parts) > 0.8 * sum(parts)):
                found.add(("I-11.minutes", key))
    return found


def put_out(cells, uneven):
    return protect(cells, OFFICES_AND_STAGES, 5, uneven)


def test_three_indicators_are_released_as_one_system():
    release = put_out(*an_office())

    assert is_safe(release)
    assert release.values()["register", ("_T", "_T", "_T")] == 48
    assert release.values()["I-04", ("_T", "_T", "_T")] in (None, 31)


def test_hours_go_where_their_people_go():
    release = put_out(*an_office())

    assert hidden_in(release, "I-11") <= hidden_in(release, "I-11.minutes")
    assert hidden_in(release, "register") <= hidden_in(release, "I-11")


def test_hours_of_the_only_office_with_people_take_the_total_along():
    release = put_out(*an_office((20, 28, 0, 0), [60_000, *[60] * 23]))

    assert release.values()["register", ("B", "_T", "_T")] == 0
    assert {("A", "_T", "_T"), ("_T", "_T", "_T")} <= hidden_in(release, "I-11.minutes")
    assert release.values()["I-11", ("_T", "_T", "_T")] == 24
    assert is_safe(release)


people = st.lists(st.one_of(st.integers(0, 6), st.integers(0, 60)), min_size=4, max_size=4)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(people, st.lists(st.integers(1, 6000), min_size=1, max_size=9))
def test_no_hours_are_released_unsafe(people, lengths):
    cells, uneven = an_office(people, lengths)

    assert_sound(put_out(cells, uneven), cells)


def test_the_same_facts_give_the_same_release_and_it_survives_being_stored():
    cells, uneven = an_office()
    release = put_out(cells, uneven)
    turned = replace(cells, values={code: dict(reversed(row.items())) for code, row in reversed(cells.values.items())})

    assert repr(put_out(turned, uneven)) == repr(release)
    assert from_dict(to_dict(release)) == release


def test_what_may_happen_to_nobody_moves_only_where_it_is_hidden_that_there_is_nobody():
    quantities = (Quantity("register"), Quantity("warnings", shown_with="register"))
    places = dimensions(region=2)
    cells = Cells(
        places,
        quantities,
        {
            "register": dict(zip(((code,) for code in places[0].categories), (30, 0), strict=True)),
            "warnings": dict(zip(((code,) for code in places[0].categories), (3, 0), strict=True)),
        },
    )
    system = System(cells, [Table(("region",), ("register", "warnings"))])
    system.finish(())
    hidden = np.array([quantity == "warnings" for quantity, _ in system.spots])
    empty = places[0].categories[1]
    outsider = Outsider(Witnesses(system, 5), hidden)

    more = extend(outsider, system.place["warnings", (empty,)], np.zeros_like(hidden), np.ones(len(hidden)), whole=True)

    assert ("register", (empty,)) in {system.spots[row] for row in np.flatnonzero(more)}
