"""Working days: the library's holidays with the file's corrections, measured against three years read by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clients.working_days import Calendar, calendar, read_calendar
from app.offices.reading import BadReference

pytestmark = pytest.mark.one_engine

DAY = timedelta(days=1)
# Weekdays on which nobody worked, or will, as they were read year by year from the announcements of the Ministry.
BY_HAND = {
    2025: "01-01 01-02 01-03 01-07 03-10 03-21 03-24 03-25 05-01 05-07 05-09 06-06 07-07 09-01 10-27 12-16",
    2026: "01-01 01-02 01-07 03-09 03-23 03-24 03-25 05-01 05-07 05-11 05-27 07-06 10-26 12-16",
    2027: "01-01 01-04 01-07 03-08 03-15 03-22 03-23 03-24 05-03 05-07 05-10 07-06 10-25 12-16",
}


@pytest.mark.parametrize("year", BY_HAND)
def test_the_calendar_agrees_with_the_years_read_by_hand(year):
    known, first = calendar(), date(year, 1, 1)
    days = [first + DAY * number for number in range((date(year + 1, 1, 1) - first).days)]

    off = [day for day in days if day.weekday() < 5 and not known.is_working(day)]
    assert off == [date.fromisoformat(f"{year}-{rest}") for rest in BY_HAND[year].split()]
    assert [day for day in days if day.weekday() > 4 and known.is_working(day)] == (
        [date(2025, 1, 5)] if year == 2025 else []
    )


@pytest.mark.parametrize(
    ("first", "count", "last"),
    [
        (date(2026, 11, 20), 3, date(2026, 11, 25)),  # a Friday
        (date(2026, 11, 21), 3, date(2026, 11, 25)),  # a Saturday: Monday is the first day counted
        (date(2026, 12, 14), 3, date(2026, 12, 18)),  # over Independence Day
        (date(2026, 3, 19), 3, date(2026, 3, 27)),  # over Nauryz with the two days moved
        (date(2025, 1, 2), 3, date(2025, 1, 8)),  # Friday off by decree, the Sunday worked, Christmas
        (date(2026, 8, 27), 3, date(2026, 9, 1)),  # 31 August 2026 is worked: 30 August is no holiday any more
        (date(2022, 3, 3), 3, date(2022, 3, 9)),  # Saturday 5 March worked for Monday 7 March, then 8 March
        (date(2031, 5, 6), 3, date(2031, 5, 13)),  # a year of which the file says nothing: the library knows May
        (date(2061, 5, 6), 3, date(2061, 5, 11)),  # a year that is asked of nobody has weekends only
    ],
)
def test_the_first_day_counted_is_the_next_working_day(first, count, last):
    assert calendar().after(first, count) == last
    assert calendar().between(first, last) == count


@given(st.dates(date(2015, 1, 1), date(2035, 1, 1)), st.integers(0, 60))
def test_so_many_days_later_so_many_lie_between(day, count):
    last = calendar().after(day, count)

    assert calendar().between(day, last) == count
    assert last == day if count == 0 else calendar().is_working(last)


def test_a_day_off_and_a_worked_weekend_shift_the_count():
    plain = Calendar(frozenset(), frozenset(), frozenset(), frozenset())
    shifted = Calendar(frozenset({date(2026, 11, 23)}), frozenset({date(2026, 11, 21)}), frozenset(), frozenset())

    assert plain.after(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert shifted.after(date(2026, 11, 20), 1) == date(2026, 11, 21)
    assert shifted.after(date(2026, 11, 21), 1) == date(2026, 11, 24)
    assert plain.between(date(2026, 11, 23), date(2026, 11, 20)) == 0


def test_each_year_is_sure_or_says_what_is_in_doubt():
    known = calendar()

    assert known.years == set(range(2017, 2031))
    assert known.sure == {2025}
    assert known.doubts.keys() == known.years - known.sure
    assert all(set(doubt) == {"kk", "ru", "en"} for doubt in known.doubts.values())


YEAR = "{from: %d, to: %d, sure: true%s}"


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ([YEAR % (2026, 2026, ""), YEAR % (2028, 2028, "")], r"years\[1\].from leaves a gap after 2026"),
        ([YEAR % (2026, 2027, ""), YEAR % (2027, 2028, "")], r"years\[1\].from overlaps with 2027"),
        ([YEAR % (2027, 2026, "")], "to is before the first year"),
        ([YEAR % (2026, 2026, ", days_off: [2025-01-01]")], "days_off holds what is no day of those years"),
        ([YEAR % (2026, 2026, ", days_off: [2026-03-02, 2026-03-02]")], "days_off holds a day twice"),
        ([YEAR % (2026, 2026, ", worked_weekends: [2026-11-20]")], "worked_weekends holds a day that is no weekend"),
        (
            [YEAR % (2026, 2026, ", days_off: [2026-08-31], no_holidays: [2026-08-31]")],
            "days_off holds what is said to be worked too",
        ),
        (["{from: 2026, to: 2026, sure: false}"], "doubt is missing"),
    ],
)
def test_a_faulty_file_is_refused_with_the_place_and_the_reason(tmp_path, entries, fault):
    file = tmp_path / "holidays.yaml"
    file.write_text(f"years: [{', '.join(entries)}]")

    with pytest.raises(BadReference, match=fault):
        read_calendar(file)
