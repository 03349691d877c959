"""How much work a case is, and how cases are divided: worked cases, and what holds for all of them."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk.workload.points import Features, parts, points
from app.desk.workload.sharing import share
from app.desk.workload.weights import weights, weights_on
from app.offices.reading import BadReference

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("features", "expected"),
    [
        (Features("sentence", "conditional_sentence", "low", False, False), 2),
        (Features("sentence", "conditional_sentence", "medium", False, False), 2 + 1),
        (Features("sentence", "conditional_sentence", "high", False, False), 2 + 3),
        (Features("sentence", "conditional_sentence", None, False, False), 2 + 2),
        (Features("pre_trial", "pre_trial", None, True, False), 2 + 2 + 1 + 2),
        (Features("sentence", "community_service", "low", False, True), 2 + 1 + 1),
        (Features("post_penitentiary", "parole", "high", True, True), 2 + 3 + 1 + 2 + 1),
        (Features(None, "", "low", False, False), 2),
    ],
)
def test_points_of_a_case(features, expected):
    assert points(features, weights_on(TODAY)) == expected


def test_points_are_the_sum_of_what_explains_them():
    features = Features("pre_trial", "pre_trial", None, True, True)

    assert {weight.code for weight in parts(features, weights_on(TODAY))} == {
        "case", "unassessed", "pre-trial", "minor", "rural",
    }  # fmt: skip


def test_no_weight_holds_before_its_first_day():
    assert weights_on(date(2016, 12, 31)) == ()


CHANGED = """
weights:
  - {code: case, when: case, points: 2, valid_from: 2017-01-01, valid_to: 2026-01-01, text: {kk: а, ru: а, en: a}}
  - {code: case, when: case, points: 3, valid_from: 2026-01-01, text: {kk: а, ru: а, en: a}}
"""


def test_a_weight_changes_on_its_day(tmp_path):
    file = tmp_path / "weights.yaml"
    file.write_text(CHANGED)
    before, after = weights(file)

    assert (before.points, before.holds_on(date(2025, 12, 31)), before.holds_on(date(2026, 1, 1))) == (2, True, False)
    assert (after.points, after.holds_on(date(2025, 12, 31)), after.holds_on(date(2026, 1, 1))) == (3, False, True)


@pytest.mark.parametrize(
    ("of", "by", "says"),
    [
        (", valid_to: 2026-01-01", "", "holds on days on which another case holds"),
        ("points: 3", "points: 0", "is not between 1 and 100"),
        ("points: 3", "points: many", "is not a int"),
        ("when: case, points: 3", "when: weather, points: 3", "is weather, not one of"),
        ("when: case, points: 3", "when: level, points: 3", "is is missing"),
        ("en: a}}\n  -", "en: a}, beside: 1}\n  -", "is not known"),
        ("valid_to: 2026-01-01", "valid_to: 2016-01-01", "is not after the first day"),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(tmp_path: Path, of, by, says):
    file = tmp_path / "weights.yaml"
    assert of in CHANGED
    file.write_text(CHANGED.replace(of, by))

    with pytest.raises(BadReference, match=says):
        weights(file)


@given(
    st.dictionaries(st.integers(1, 500), st.integers(1, 12), max_size=60),
    st.dictionaries(st.integers(1, 9), st.integers(0, 300), max_size=6),
)
def test_every_case_is_given_once_and_nobody_is_left_far_behind(cases, officers):
    given_to = share(cases, officers)

    assert given_to.keys() == (cases.keys() if officers else set())
    after = dict(officers)
    for case, officer in given_to.items():
        after[officer] += cases[case]
    getting = set(given_to.values())
    heaviest = max(cases.values(), default=0)
    assert all(after[officer] <= min(after.values()) + heaviest for officer in getting)


def test_sharing_is_the_same_every_time():
    assert share({3: 5, 1: 5, 2: 1}, {8: 0, 7: 0}) == {1: 7, 3: 8, 2: 7}
