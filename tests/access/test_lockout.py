"""The waits after failed sign-ins: hand-worked, and what holds for any number of them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access.lockout import FREE, LONGEST, wait_after


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (1, 0), (4, 0), (5, 30), (6, 60), (7, 120), (9, 480), (10, 960), (11, 1920), (12, 3600), (99, 3600)],
)  # fmt: skip
def test_the_wait_by_hand(failures, seconds):
    assert wait_after(failures) == timedelta(seconds=seconds)


@given(st.integers(0, 10**9))
def test_a_wait_never_gets_shorter_and_never_exceeds_an_hour(failures):
    assert timedelta(0) <= wait_after(failures) <= wait_after(failures + 1) <= LONGEST


@given(st.integers(0, FREE))
def test_a_slip_of_the_finger_costs_nothing(failures):
    assert not wait_after(failures)


@given(st.integers(max_value=-1))
def test_a_negative_number_is_an_error(failures):
    with pytest.raises(ValueError, match="never negative"):
        wait_after(failures)
