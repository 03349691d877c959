"""Who may help, how long a consent stands, and what cannot be at the same time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sessions.admission import Obstacle, obstacle
from app.sessions.consent import is_given_for, latest_end
from app.sessions.overlap import Span, overlap

DAY = date(2026, 11, 20)
SIGNED = date(2026, 1, 1)
TEN = datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("born_on", "undertaking_on", "suspended", "answer"),
    [
        (date(1980, 1, 1), SIGNED, False, None),
        (date(2008, 11, 20), SIGNED, False, None),  # eighteen that very day
        (date(2008, 11, 21), SIGNED, False, Obstacle.UNDER_AGE),  # the day before
        (date(2009, 5, 1), None, False, Obstacle.UNDER_AGE),
        (date(1980, 1, 1), None, False, Obstacle.NO_UNDERTAKING),
        (date(1980, 1, 1), date(2026, 11, 21), False, Obstacle.NO_UNDERTAKING),  # signed tomorrow
        (None, None, False, Obstacle.NOT_RECORDED),
        (date(1980, 1, 1), SIGNED, True, Obstacle.SUSPENDED),
    ],
)
def test_a_helper_is_of_age_and_bound_to_confidentiality(born_on, undertaking_on, suspended, answer):
    assert obstacle(born_on, undertaking_on, DAY, is_suspended=suspended) == answer


@pytest.mark.parametrize(
    ("given_on", "born_on", "end"),
    [
        (date(2026, 11, 20), date(1990, 1, 1), date(2027, 11, 20)),
        (date(2028, 2, 29), date(1990, 1, 1), date(2029, 3, 1)),
        (date(2026, 11, 20), date(2010, 1, 1), date(2027, 11, 20)),  # 16: a year comes first
        (date(2026, 11, 20), date(2009, 3, 5), date(2027, 3, 5)),  # 17: comes of age sooner
        (date(2026, 11, 20), date(2008, 11, 20), date(2027, 11, 20)),  # 18 that day: consents alone
        (date(2025, 6, 1), date(2008, 2, 29), date(2026, 3, 1)),
    ],
)
def test_a_consent_stands_a_year_or_until_the_person_is_of_age(given_on, born_on, end):
    assert latest_end(given_on, born_on) == end


def test_a_minor_needs_a_representative_until_the_birthday():
    assert is_given_for(date(2008, 11, 21), DAY)
    assert not is_given_for(date(2008, 11, 20), DAY)


@pytest.mark.parametrize(
    ("minutes", "shift", "other", "answer"),
    [
        (60, 0, 60, True),
        (60, 60, 60, False),  # one begins as the other ends
        (60, 59, 60, True),
        (60, -60, 60, False),
        (120, 30, 30, True),  # inside
        (0, 10, 60, False),  # took no time
        (60, 10, 0, False),
    ],
)
def test_two_sessions_at_one_time_overlap(minutes, shift, other, answer):
    assert overlap(Span(TEN, minutes), Span(TEN + timedelta(minutes=shift), other)) is answer


def test_a_session_over_midnight_meets_the_next_morning():
    late = Span(datetime(2026, 11, 19, 23, 30, tzinfo=UTC), 60)
    assert overlap(late, Span(datetime(2026, 11, 20, 0, 15, tzinfo=UTC), 30))


@given(st.integers(0, 720), st.integers(-2000, 2000), st.integers(0, 720))
def test_overlapping_is_mutual(minutes, shift, other):
    one, two = Span(TEN, minutes), Span(TEN + timedelta(minutes=shift), other)
    assert overlap(one, two) == overlap(two, one)
