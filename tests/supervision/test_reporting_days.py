"""On which days a person reports, and when an office receives: worked by hand, and held against all days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clients.working_days import calendar
from app.supervision.calendar.days import WrongDays, read_days, suggested
from app.supervision.calendar.vocabulary import Per
from app.supervision.hours.slots import Hours, Span, Week, WrongHours, read_spans, write_spans

pytestmark = pytest.mark.one_engine

DAY = timedelta(days=1)
WORKING = calendar().is_working


def days(per, text, first, last, is_open=WORKING):
    return [str(day) for day in read_days(per, text).between(first, last, is_open)]


@pytest.mark.parametrize(
    ("per", "text", "first", "last", "expected"),
    [
        # 5 December 2026 is a Saturday, 20 December a Sunday: each gives way to the Monday after it.
        (Per.MONTH, "5, 20", (2026, 12, 1), (2026, 12, 31), ["2026-12-07", "2026-12-21"]),
        # 31 October 2026 is a Saturday, and the month is over after it: the last open day before.
        (Per.MONTH, "31", (2026, 10, 1), (2026, 10, 31), ["2026-10-30"]),
        # A month that is too short ends on its last day.
        (Per.MONTH, "30", (2026, 2, 1), (2026, 2, 28), ["2026-02-27"]),
        # Two days that would fall on one Monday stay two: 5 and 6 December.
        (Per.MONTH, "5, 6", (2026, 12, 1), (2026, 12, 31), ["2026-12-07", "2026-12-08"]),
        # A Wednesday that is a public holiday (16 December, Independence Day) gives way to Thursday.
        (Per.WEEK, "3", (2026, 12, 7), (2026, 12, 20), ["2026-12-09", "2026-12-17"]),
        # A Sunday has no day after it in its week: the last open one before.
        (Per.WEEK, "7", (2026, 11, 23), (2026, 11, 29), ["2026-11-27"]),
        # The 15th of the quarter's first month.
        (Per.QUARTER, "1.15", (2026, 7, 1), (2026, 12, 31), ["2026-07-15", "2026-10-15"]),
        (Per.QUARTER, "3.31", (2026, 1, 1), (2026, 3, 31), ["2026-03-31"]),
        # Only the part that is asked about, though the whole period decides.
        (Per.MONTH, "5, 20", (2026, 12, 7), (2026, 12, 20), ["2026-12-07"]),
        (Per.MONTH, "5", (2026, 12, 8), (2026, 12, 31), []),
    ],
)
def test_the_days_of_a_rhythm(per, text, first, last, expected):
    assert days(per, text, date(*first), date(*last)) == expected


def test_a_period_in_which_nobody_is_received_has_no_day():
    assert days(Per.WEEK, "2", date(2026, 11, 23), date(2026, 12, 6), lambda day: day.month == 12) == ["2026-12-01"]
    assert days(Per.MONTH, "5, 20", date(2026, 1, 1), date(2026, 12, 31), lambda _day: False) == []


@pytest.mark.parametrize(
    ("per", "text"),
    [(Per.MONTH, ""), (Per.MONTH, "0"), (Per.MONTH, "32"), (Per.MONTH, "5.20"), (Per.MONTH, "five"), (Per.WEEK, "8"),
     (Per.WEEK, "1.2"), (Per.QUARTER, "15"), (Per.QUARTER, "4.1"), (Per.QUARTER, "1.32"), (Per.MONTH, "-5"),
     (Per.MONTH, "٥"), (Per.MONTH, ", ;")],
)  # fmt: skip
def test_what_is_no_day_of_such_a_period_is_refused(per, text):
    with pytest.raises(WrongDays):
        read_days(per, text)


def test_days_are_kept_in_order_and_once():
    assert str(read_days(Per.MONTH, " 20;5, 5 ")) == "5,20"
    assert str(read_days(Per.QUARTER, "3.1 1.15")) == "1.15,3.1"


PERIODS = st.sampled_from(Per)
ANY_DAY = st.dates(date(2017, 1, 1), date(2030, 12, 31))


@st.composite
def rhythms(draw):
    per = draw(PERIODS)
    most = 7 if per is Per.WEEK else 31
    marks = draw(st.sets(st.tuples(st.integers(1, 3), st.integers(1, most)), min_size=1, max_size=4))
    return read_days(per, ",".join(f"{month}.{day}" if per is Per.QUARTER else str(day) for month, day in marks))


@given(rhythms(), ANY_DAY, st.integers(0, 400), st.integers(0, 400), st.sets(st.integers(1, 5)))
def test_days_are_open_each_once_and_the_same_however_the_time_is_cut(rhythm, first, some, more, closed):
    def is_open(day):
        return WORKING(day) and day.isoweekday() not in closed

    middle, last = first + DAY * some, first + DAY * (some + more)
    found = rhythm.between(first, last, is_open)

    assert all(is_open(day) and first <= day <= last for day in found)
    assert found == sorted(set(found))
    assert found == rhythm.between(first, middle, is_open) + rhythm.between(middle + DAY, last, is_open)
    for start, end in {rhythm.period_of(day) for day in found}:
        in_period = rhythm.between(start, end, is_open)
        open_days = sum(is_open(start + DAY * nth) for nth in range((end - start).days + 1))
        assert len(in_period) == min(rhythm.times, open_days)


@given(PERIODS, st.integers(1, 3), st.integers(0, 10**6))
def test_what_is_proposed_has_as_many_days_as_the_norm_asks_for_on_days_of_their_own(per, times, number):
    proposed = suggested(per, times, number)

    assert proposed.times == times
    assert read_days(per, str(proposed)) == proposed


NINE, NOON, TWO, SIX = 540, 720, 840, 1080


@pytest.mark.parametrize(
    ("typed", "spans"),
    [("9:00-12:00, 14-18", (Span(NINE, NOON), Span(TWO, SIX))), ("14.00 – 18.00", (Span(TWO, SIX),)), ("", ()),
     ("0-24", (Span(0, 1440),))],
)  # fmt: skip
def test_hours_are_read_as_people_write_them(typed, spans):
    assert read_spans(typed) == spans
    assert read_spans(write_spans(spans)) == spans


@pytest.mark.parametrize("typed", ["9", "12-9", "9:00-9:00", "9-25", "9:60-12", "9-12, 11-13", "nine to five"])
def test_hours_that_are_none_are_refused(typed):
    with pytest.raises(WrongHours):
        read_spans(typed)


MONDAY = date(2026, 11, 23)
WEEK = Week(date(2026, 11, 1), 45, 2, {1: (Span(NINE, NOON), Span(TWO, TWO + 60))})


def test_only_whole_slots_are_offered_and_a_full_one_no_longer():
    assert WEEK.slots(MONDAY) == [540, 585, 630, 675, 840]
    assert WEEK.slots(MONDAY + DAY) == []
    assert WEEK.free(MONDAY, [540, 550, 585]) == [585, 630, 675, 840]  # 9:10 lies in the slot of 9:00
    assert WEEK.receives(MONDAY, NOON - 1) and not WEEK.receives(MONDAY, NOON)


def test_the_latest_week_that_has_begun_holds_and_before_the_first_any_working_day_will_do():
    later = Week(date(2026, 12, 1), 30, 1, {2: (Span(NINE, NOON),)})
    hours = Hours((WEEK, later), WORKING)

    assert hours.week(date(2026, 10, 31)) is None
    assert hours.week(date(2026, 11, 30)) == WEEK
    assert hours.week(date(2026, 12, 1)) == later
    opened = [day for day in (date(2026, 10, 27), MONDAY, MONDAY + DAY, date(2026, 12, 7), date(2026, 12, 8))
              if hours.is_open(day)]  # fmt: skip
    assert opened == [date(2026, 10, 27), MONDAY, date(2026, 12, 8)]
