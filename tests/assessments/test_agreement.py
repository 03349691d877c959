"""Agreement of two raters against published and hand-worked figures."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessments.rating.agreement import Weight, icc, kappa, percent_agreement

# Shrout & Fleiss (1979), table 2: six targets, four judges. They print ICC(2,1) = .29, BMS 11.24, JMS 32.49, EMS 1.02.
SHROUT_FLEISS = [(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)]
LOW, MEDIUM, HIGH = LEVELS = ("low", "medium", "high")


def test_the_published_table_gives_the_published_correlation():
    found = icc(SHROUT_FLEISS)

    assert round(float(found), 2) == 0.29
    assert found == Fraction(184, 635)  # from 1349/120, 2339/72 and 367/360


def test_a_correlation_worked_by_hand():
    """Rows (1,2) (2,3) (3,4): BMS 2, JMS 3/2, EMS 0; (2 - 0) / (2 + 0 + 2 (3/2 - 0) / 3) = 2/3."""
    assert icc([(1, 2), (2, 3), (3, 4)]) == Fraction(2, 3)


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ([(1, 1), (2, 2), (5, 5)], 1),
        ([(1, 3), (3, 1), (2, 2)], -3),  # BMS 0, JMS 0, EMS 2: (0 - 2) / (0 + 2 - 4/3)
        ([(2, 2), (2, 2)], None),  # nothing varies
        ([(2, 3)], None),
        ([], None),
    ],
)
def test_correlations_at_the_ends(ratings, expected):
    assert icc(ratings) == expected


def test_a_missing_figure_is_refused():
    with pytest.raises(ValueError, match="each rater"):
        icc([(1, 2), (3,)])


# 10 pairs: both low 4, both medium 2, both high 1, low/medium 1, medium/high 1, low/high 1.
TEN = [
    *[(LOW, LOW)] * 4,
    *[(MEDIUM, MEDIUM)] * 2,
    (HIGH, HIGH),
    (LOW, MEDIUM),
    (MEDIUM, HIGH),
    (LOW, HIGH),
]


@pytest.mark.parametrize(
    ("weight", "expected"),
    [
        # First rater 6, 3, 1; second 4, 3, 3. Observed 3/10; by chance 1 - (24 + 9 + 3)/100 = 64/100.
        (Weight.NOMINAL, 1 - Fraction(30, 64)),
        # Observed (1 + 1 + 2)/10; by chance (6*3 + 3*4 + 3*3 + 1*3 + 2*(6*3 + 1*4))/100 = 86/100.
        (Weight.LINEAR, 1 - Fraction(40, 86)),
        # Observed (1 + 1 + 4)/10; by chance (42 + 4*22)/100 = 130/100.
        (Weight.QUADRATIC, 1 - Fraction(60, 130)),
    ],
)
def test_kappa_worked_by_hand(weight, expected):
    assert kappa(TEN, LEVELS, weight) == expected


def test_shares_and_empty_and_constant_answers():
    assert percent_agreement(TEN) == Fraction(7, 10)
    assert percent_agreement([]) is None
    assert kappa([], LEVELS) is None
    assert kappa([(LOW, LOW)] * 40, LEVELS) is None
    with pytest.raises(ValueError, match="severe"):
        kappa([(LOW, "severe")], LEVELS)


pairs = st.lists(st.tuples(st.sampled_from(range(3)), st.sampled_from(range(3))), min_size=2, max_size=30)


@given(pairs)
def test_who_is_called_first_makes_no_difference(found):
    turned = [(second, first) for first, second in found]

    assert icc(found) == icc(turned)
    for weight in Weight:
        assert kappa(found, range(3), weight) == kappa(turned, range(3), weight)


@given(pairs)
def test_quadratic_kappa_is_one_minus_squared_distance_over_that_by_chance(found):
    """Fleiss & Cohen (1973): the quadratic one stands close to the intraclass correlation; equal where n is large."""
    n = len(found)
    expected = sum((first - second) ** 2 for first, _ in found for _, second in found)
    observed = sum((first - second) ** 2 for first, second in found)

    assert kappa(found, range(3), Weight.QUADRATIC) == (1 - Fraction(n * observed, expected) if expected else None)
