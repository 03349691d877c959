from contextlib import suppress
from datetime import UTC, date, datetime, time

import pytest
from babel.dates import format_date as by_cldr
from hypothesis import given
from hypothesis import strategies as st

from app.web.dates import (
    DateStyle,
    WrongDate,
    WrongTime,
    age_on,
    parse_date,
    parse_time,
    write_date,
    write_moment,
)

TODAY = date(2026, 11, 22)
readable = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1.1.26", date(2026, 1, 1)),
        ("01.01.2026", date(2026, 1, 1)),
        ("1/1/2026", date(2026, 1, 1)),
        ("01/02/2026", date(2026, 2, 1)),
        ("2026-01-02", date(2026, 1, 2)),
        ("2026.1.2", date(2026, 1, 2)),
        ("1 1 2026", date(2026, 1, 1)),
        ("1-2-26", date(2026, 2, 1)),
        ("01. 02. 2026", date(2026, 2, 1)),
        (" 22.11.2026\n", TODAY),
        ("22112026", TODAY),
        ("29.2.24", date(2024, 2, 29)),
        ("12.03.85", date(1985, 3, 12)),
        ("22.11.36", date(2036, 11, 22)),  # ten years ahead is the furthest
        ("22.11.37", date(1937, 11, 22)),
        ("1.1.00", date(2000, 1, 1)),
        ("31.12.2100", date(2100, 12, 31)),
    ],
)
def test_a_date_is_read_as_people_type_it(typed, day):
    assert parse_date(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "tomorrow",
        "31.2.2026",
        "29.02.2026",
        "0.1.2026",
        "1.13.2026",
        "1.1.206",
        "1.1.20266",
        "1.1.0206",
        "31.12.1899",
        "1.1.2101",
        "2026-13-01",
        "26-01-2026-1",
        "1.1",
        "20260101",
        "-1.1.2026",
        "١.١.٢٠٢٦",
        "1.1.2026\x00",
        "1" * 10_000,
        "1" + "." * 10_000 + "1.26",
    ],
)
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(WrongDate):
        parse_date(typed, TODAY)


@given(readable)
def test_a_date_that_was_written_can_be_read_again(day):
    for language in ("kk", "ru"):
        assert parse_date(write_date(day, DateStyle.SHORT, language), TODAY) == day
    assert parse_date(day.isoformat(), TODAY) == day


@given(st.text())
def test_any_text_is_a_date_or_refused(text):
    with suppress(WrongDate):
        assert parse_date(text, TODAY)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("9:30", time(9, 30)),
        ("9.30", time(9, 30)),
        ("0930", time(9, 30)),
        ("930", time(9, 30)),
        ("9", time(9)),
        ("09", time(9)),
        ("9 30", time(9, 30)),
        (" 23:59 ", time(23, 59)),
        ("0:00", time(0)),
    ],
)
def test_a_time_is_read_as_people_type_it(typed, read):
    assert parse_time(typed) == read


@pytest.mark.parametrize("typed", ["", "24:00", "9:60", "9:3", "noon", "9:30:00", "-1", "99999", "9" * 10_000, "٩"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(WrongTime):
        parse_time(typed)


@pytest.mark.parametrize(
    ("language", "style", "written"),
    [
        ("kk", DateStyle.SHORT, "05.11.2026"),
        ("kk", DateStyle.LONG, "2026 ж. 5 қараша"),
        ("kk", DateStyle.PAPER, "2026 жылғы 5 қараша"),
        ("ru", DateStyle.SHORT, "05.11.2026"),
        ("ru", DateStyle.LONG, "5 ноября 2026 года"),
        ("ru", DateStyle.PAPER, "5 ноября 2026 года"),
        ("en", DateStyle.SHORT, "5 Nov 2026"),
        ("en", DateStyle.LONG, "5 November 2026"),
        ("en", DateStyle.PAPER, "5 November 2026"),
    ],
)
def test_a_date_is_written_as_the_language_does(language, style, written):
    assert write_date(date(2026, 11, 5), style, language) == written


def test_every_month_has_the_name_that_cldr_gives_it():
    for month in range(1, 13):
        day = date(2026, month, 5)
        assert write_date(day, DateStyle.LONG, "kk") == by_cldr(day, "long", "kk").replace("\u202f", " ")
        assert write_date(day, DateStyle.LONG, "ru") == by_cldr(day, "d MMMM yyyy 'года'", "ru")
        assert write_date(day, DateStyle.LONG, "en") == by_cldr(day, "d MMMM yyyy", "en")


@pytest.mark.parametrize(
    ("moment", "zone", "written"),
    [
        (datetime(2024, 2, 29, 17, 59, tzinfo=UTC), "Asia/Almaty", "29.02.2024, 23:59"),
        (datetime(2024, 2, 29, 18, 30, tzinfo=UTC), "Asia/Almaty", "29.02.2024, 23:30"),  # the hour came twice
        (datetime(2024, 2, 29, 19, 0, tzinfo=UTC), "Asia/Almaty", "01.03.2024, 00:00"),
        (datetime(2024, 2, 29, 18, 30, tzinfo=UTC), "Asia/Atyrau", "29.02.2024, 23:30"),
        (datetime(2026, 11, 22, 9, 5, tzinfo=UTC), "Asia/Almaty", "22.11.2026, 14:05"),
        (datetime(2026, 11, 22, 20, 0, tzinfo=UTC), "Asia/Almaty", "23.11.2026, 01:00"),
    ],
)
def test_a_moment_is_shown_on_the_clocks_of_its_place_and_day(moment, zone, written):
    assert write_moment(moment, "kk", zone) == written


def test_a_moment_in_english():
    assert write_moment(datetime(2026, 11, 22, 9, 5, tzinfo=UTC), "en") == "22 Nov 2026, 14:05"


def test_a_moment_without_a_zone_is_a_mistake():
    with pytest.raises(ValueError, match="zone"):
        write_moment(datetime(2026, 11, 22, 9, 5), "ru")


@pytest.mark.parametrize(
    ("born_on", "on", "age"),
    [
        (date(2008, 11, 22), date(2026, 11, 21), 17),
        (date(2008, 11, 22), date(2026, 11, 22), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2026, 11, 22), date(2026, 11, 22), 0),
        (date(2026, 11, 23), date(2026, 11, 22), -1),
    ],
)
def test_age_counts_whole_years(born_on, on, age):
    assert age_on(born_on, on) == age
