"""Hours add up: what was logged, and what of it counts."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.sessions.hours import Hours, Spent, by_half_year, by_month, by_quarter, total

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


def test_a_quarter_ends_with_its_last_day():
    assert by_quarter(WORKED) == {
        (2026, 3): Hours(45, 0),
        (2026, 2): Hours(90, 90),
        (2026, 1): Hours(90, 60),
        (2025, 4): Hours(15, 15),
    }


def test_a_half_year_ends_with_its_last_day():
    assert by_half_year(WORKED) == {(2026, 2): Hours(45, 0), (2026, 1): Hours(180, 150), (2025, 2): Hours(15, 15)}


@given(SPENT)
def test_every_division_of_time_adds_up_to_the_whole(spent):
    for parts in (by_month(spent), by_quarter(spent), by_half_year(spent)):
        assert sum(part.logged for part in parts.values()) == total(spent).logged
        assert sum(part.confirmed for part in parts.values()) == total(spent).confirmed


@given(SPENT)
def test_no_more_is_confirmed_than_was_logged(spent):
    assert all(part.confirmed <= part.logged for part in by_month(spent).values())
