"""Hours add up: what was logged, and what of it counts."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.sessions.hours import Hours, Spent, by_month, total

WORKED = [
    Spent(date(2026, 3, 31), 60, True),
    Spent(date(2026, 3, 31), 30, False),
    Spent(date(2026, 4, 1), 90, True),
    Spent(date(2026, 7, 1), 45, False),
    Spent(date(2025, 12, 31), 15, True),
]
SPENT = st.lists(st.builds(Spent, st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 720), st.booleans()))


def test_only_confirmed_time_counts():
    assert total(WORKED) == Hours(logged=240, confirmed=165)


def test_nothing_logged_is_no_time():
    assert total([]) == Hours(0, 0)
    assert by_month([]) == {}


def test_months_come_latest_first():
    assert by_month(WORKED) == {
        date(2026, 7, 1): Hours(45, 0),
        date(2026, 4, 1): Hours(90, 90),
        date(2026, 3, 1): Hours(90, 60),
        date(2025, 12, 1): Hours(15, 15),
    }
    assert list(by_month(WORKED))[0] == date(2026, 7, 1)


@given(SPENT)
def test_the_months_add_up_to_the_whole(spent):
    months = by_month(spent).values()

    assert sum(month.logged for month in months) == total(spent).logged
    assert sum(month.confirmed for month in months) == total(spent).confirmed


@given(SPENT)
def test_no_more_is_confirmed_than_was_logged(spent):
    assert all(part.confirmed <= part.logged for part in by_month(spent).values())
