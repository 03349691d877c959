"""Reading dates and times as people type them, and writing them in the three languages."""

import re
from datetime import date, datetime, time
from enum import StrEnum, auto
from zoneinfo import ZoneInfo

DEFAULT_ZONE = "Asia/Almaty"
YEARS = range(1900, 2101)  # a year outside is a slip of the finger
YEARS_AHEAD = 10  # a two-digit year further ahead than this is one of the last century

DAY_FIRST = re.compile(r"([0-9]{1,2})[./\s-]+([0-9]{1,2})[./\s-]+([0-9]{4}|[0-9]{2})")
YEAR_FIRST = re.compile(r"([0-9]{4})[./\s-]([0-9]{1,2})[./\s-]([0-9]{1,2})")
RUN_TOGETHER = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
TIME = re.compile(r"([0-9]{1,2})(?:[:.\s-]?([0-9]{2}))?")
LONGEST = 40  # characters; more is not a date

# fmt: off
MONTHS = {
    "kk": ("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым",
           "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"),
    "ru": ("января", "февраля", "марта", "апреля", "мая", "июня",
           "июля", "августа", "сентября", "октября", "ноября", "декабря"),
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
}
# fmt: on


class DateStyle(StrEnum):
    SHORT = auto()
    LONG = auto()
    PAPER = auto()


# Kazakh: the screen follows CLDR, paper the form of legal acts ("2016 жылғы 30 желтоқсан").
PATTERNS = {
    ("kk", DateStyle.SHORT): "{day:02}.{number:02}.{year:04}",
    ("kk", DateStyle.LONG): "{year} ж. {day} {month}",
    ("kk", DateStyle.PAPER): "{year} жылғы {day} {month}",
    ("ru", DateStyle.SHORT): "{day:02}.{number:02}.{year:04}",
    ("ru", DateStyle.LONG): "{day} {month} {year} года",
    ("ru", DateStyle.PAPER): "{day} {month} {year} года",
    ("en", DateStyle.SHORT): "{day} {month:.3} {year}",
    ("en", DateStyle.LONG): "{day} {month} {year}",
    ("en", DateStyle.PAPER): "{day} {month} {year}",
}


class WrongDate(ValueError):
    """The text is no date, or no such day exists."""


class WrongTime(ValueError):
    """The text is no time of day."""


def parse_date(text: str, today: date) -> date:
    """Read 1.1.26, 01/01/2026, "1 1 2026", 01012026 or 2026-01-01; raise WrongDate when that is no day.

    Two-digit years reach from 89 years back to ten years ahead of today, so that both birth dates and terms fit.
    """
    text = text.strip()
    if len(text) > LONGEST:
        raise WrongDate("unreadable")
    if found := DAY_FIRST.fullmatch(text) or RUN_TOGETHER.fullmatch(text):
        day, month, year = found.groups()
    elif found := YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    else:
        raise WrongDate("unreadable")
    whole_year = int(year) if len(year) > 2 else nearest_century(int(year), today)  # noqa: PLR2004 - digits
    if whole_year not in YEARS:
        raise WrongDate("year out of reach")
    try:
        return date(whole_year, int(month), int(day))
    except ValueError:
        raise WrongDate("no such day") from None


def nearest_century(year: int, today: date) -> int:
    latest = today.year + YEARS_AHEAD
    return latest - (latest - year) % 100


def parse_time(text: str) -> time:
    """Read 9:30, 9.30, 0930, 930 or 9; raise WrongTime when that is no time of day."""
    found = TIME.fullmatch(text.strip()[:LONGEST])
    if not found:
        raise WrongTime("unreadable")
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        raise WrongTime("no such time") from None


def write_date(value: date, style: DateStyle, language: str) -> str:
    pattern = PATTERNS[language, style]
    month = MONTHS[language][value.month - 1]
    return pattern.format(day=value.day, number=value.month, year=value.year, month=month)


def write_moment(moment: datetime, language: str, zone: str = DEFAULT_ZONE) -> str:
    """The day and the time, to the minute, on the clocks of a zone (IANA name). The moment must know its own zone."""
    there = local(moment, zone)
    return f"{write_date(there.date(), DateStyle.SHORT, language)}, {there:%H:%M}"


def local(moment: datetime, zone: str = DEFAULT_ZONE) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment.astimezone(ZoneInfo(zone))


def age_on(born_on: date, on: date) -> int:
    """Whole years lived on a day; somebody born on 29 February is a year older on 1 March. Negative before birth."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
