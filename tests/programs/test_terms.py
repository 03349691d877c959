"""When the terms of a programme's life end, counted by hand, and what was thus late on a day."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import COUNTRY
from app.programs.decisions.terms import (
    ANSWER,
    DRAFT,
    REVIEW,
    REVIEW_AFTER_ASSESSMENT,
    answer_term,
    last_overdue,
    latest_review,
    term,
)

pytestmark = pytest.mark.one_engine
DAYS = st.dates(date(2024, 1, 1), date(2027, 6, 30))


@pytest.mark.parametrize(
    ("code", "since", "until"),
    [
        (DRAFT, date(2026, 3, 12), date(2026, 3, 31)),  # Nauryz, 21 to 25 March, is no working time
        (DRAFT, date(2026, 11, 2), date(2026, 11, 16)),
        (ANSWER, date(2026, 11, 19), date(2026, 11, 24)),  # a Thursday: Friday, Monday, Tuesday
        (REVIEW, date(2026, 8, 31), date(2027, 2, 28)),
        (REVIEW_AFTER_ASSESSMENT, date(2026, 11, 6), date(2026, 11, 20)),
    ],
)
def test_a_term_ends_on_its_day(code, since, until):
    assert term(code, since).due_on == until


def test_a_submission_late_in_the_evening_belongs_to_the_day_in_the_country():
    at = datetime(2026, 11, 19, 23, 30, tzinfo=COUNTRY)

    assert answer_term(at).since == date(2026, 11, 19)


def test_six_months_from_the_end_of_a_long_month_end_with_the_shorter_one():
    assert latest_review(date(2026, 3, 31)) == date(2026, 9, 30)


@given(day=DAYS, code=st.sampled_from([DRAFT, ANSWER, REVIEW_AFTER_ASSESSMENT]))
def test_what_is_late_began_no_later_than_the_last_overdue_day(day, code):
    last = last_overdue(code, day)

    assert term(code, last).due_on < day <= term(code, last + timedelta(days=1)).due_on
