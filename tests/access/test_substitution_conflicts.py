"""Which substitutions may stand beside which: worked cases, and what holds for all of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access.substitutions.conflicts import LONGEST, Conflict, Span, conflict

TODAY = date(2026, 11, 20)
A, B, C, D = 1, 2, 3, 4


def span(absent: int, substitute: int, first: int, last: int) -> Span:
    """From one day of December 2026 to another, both included."""
    return Span(absent, substitute, date(2026, 12, first), date(2026, 12, last) + timedelta(days=1))


STANDING = (span(A, B, 10, 15),)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (span(A, A, 1, 2), Conflict.ONESELF),
        (span(C, D, 5, 4), Conflict.NO_DAY),
        (span(C, D, 5, 3), Conflict.NO_DAY),
        (Span(C, D, date(2026, 11, 19), date(2026, 11, 25)), Conflict.IN_THE_PAST),
        (Span(C, D, TODAY, TODAY + LONGEST + timedelta(days=1)), Conflict.TOO_LONG),
        (Span(C, D, TODAY, TODAY + LONGEST), None),
        (span(A, C, 15, 20), Conflict.HAS_SUBSTITUTE),
        (span(A, B, 1, 10), Conflict.HAS_SUBSTITUTE),
        (span(A, C, 16, 20), None),
        (span(A, C, 1, 9), None),
        (span(C, A, 12, 12), Conflict.SUBSTITUTE_IS_AWAY),
        (span(C, A, 16, 16), None),
        (span(B, C, 12, 12), Conflict.ABSENT_STANDS_IN),
        (span(B, C, 9, 9), None),
        (span(C, B, 12, 12), None),  # one officer may stand in for two
        (span(C, D, 1, 31), None),
    ],
)
def test_what_stands_against_a_substitution(wanted, found):
    answer = conflict(wanted, STANDING, TODAY)

    assert (answer[0] if answer else None) == found


def test_one_that_was_ended_before_it_began_stands_against_nothing():
    cancelled = Span(A, B, date(2026, 12, 10), date(2026, 11, 20))

    assert conflict(span(A, C, 10, 15), [cancelled], TODAY) is None


spans = st.builds(
    lambda absent, substitute, first, length: Span(absent, substitute, first, first + timedelta(days=length)),
    st.integers(1, 5), st.integers(1, 5), st.dates(TODAY, date(2027, 3, 1)), st.integers(0, 30),
)  # fmt: skip


@given(st.lists(spans, max_size=30))
def test_what_is_taken_one_after_another_never_makes_a_chain_and_never_overlaps(wanted):
    taken: list[Span] = []
    for one in wanted:
        if conflict(one, taken, TODAY) is None:
            taken.append(one)

    for day in {one.from_on for one in taken}:
        now = [one for one in taken if one.from_on <= day < one.to_on]
        away = [one.absent for one in now]
        assert len(away) == len(set(away))
        assert not set(away) & {one.substitute for one in now}
