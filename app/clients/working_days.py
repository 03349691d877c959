"""Counting working days: Monday to Friday without public holidays, as a library tells and a file corrects them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

from holidays.countries.kazakhstan import Kazakhstan

from app.offices.reading import Entry, Texts, read_entries, settle

FILE = Path(__file__).with_name("holidays.yaml")
DAY = timedelta(days=1)
SATURDAY = 5  # as date.weekday counts
LIBRARY = range(2010, 2051)  # years that are asked of the library; any other has weekends only


@dataclass(frozen=True, slots=True)
class Calendar:
    """What differs from Monday to Friday, and for which years somebody looked at it and is sure."""

    days_off: frozenset[date]
    worked_weekends: frozenset[date]
    years: frozenset[int]
    sure: frozenset[int]
    doubts: Mapping[int, Texts] = field(default_factory=dict)  # what is not certain about a year

    def is_working(self, day: date) -> bool:
        if day in self.days_off:
            return False
        return day.weekday() < SATURDAY or day in self.worked_weekends

    def after(self, day: date, count: int) -> date:
        """The day on which so many working days are over: the first one counted is the day after ``day``."""
        while count:
            day += DAY
            count -= self.is_working(day)
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days follow ``first``, up to and with ``last``; none when ``last`` comes before it."""
        return sum(self.is_working(first + DAY * number) for number in range(1, (last - first).days + 1))


@dataclass(frozen=True, slots=True)
class Correction:
    """What the file says of a stretch of years: what the library lacks, and what it takes for a holiday and is none."""

    years: range
    days_off: frozenset[date]
    no_holidays: frozenset[date]
    worked_weekends: frozenset[date]
    sure: bool
    doubt: Texts


@cache
def calendar() -> Calendar:
    """The calendar of the library and of the file beside this module."""
    return read_calendar()


def read_calendar(path: Path = FILE) -> Calendar:
    """Raises BadReference with every fault and its place: a year left out or told of twice among them."""
    faults: list[str] = []
    entries = read_entries(path, "years", faults)
    corrections = [read_correction(entry) for entry in entries]
    for (earlier, later), entry in zip(pairwise(corrections), entries[1:], strict=False):
        if later.years.start != earlier.years.stop:
            gap = "leaves a gap after" if later.years.start > earlier.years.stop else "overlaps with"
            entry.note(f"{gap} {earlier.years.stop - 1}", "from")
    settle(faults)
    return corrected(corrections)


def read_correction(entry: Entry) -> Correction:
    first, last = entry.take("from", int, 0), entry.take("to", int, 0)
    if last < first:
        entry.note("is before the first year", "to")
    years = range(first, last + 1)
    off, no = days_in(entry, "days_off", years), days_in(entry, "no_holidays", years)
    worked = days_in(entry, "worked_weekends", years)
    if any(day.weekday() < SATURDAY for day in worked):
        entry.note("holds a day that is no weekend", "worked_weekends")
    if off & (no | worked):
        entry.note("holds what is said to be worked too", "days_off")
    sure = entry.flag("sure")
    doubt: Texts = {} if sure else entry.texts("doubt")
    entry.end()
    return Correction(years, off, no, worked, sure, doubt)


def days_in(entry: Entry, key: str, years: range) -> frozenset[date]:
    if key not in entry.rest:
        return frozenset()
    days = entry.take(key, list, [])
    if any(type(day) is not date or day.year not in years for day in days):
        entry.note("holds what is no day of those years", key)
        return frozenset()
    if len(set(days)) < len(days):
        entry.note("holds a day twice", key)
    return frozenset(days)


def corrected(corrections: Iterable[Correction]) -> Calendar:
    """The library's days with the file's corrections: the file has the last word."""
    told, known = Kazakhstan(years=LIBRARY), list(corrections)
    worked = together(one.worked_weekends for one in known) | told.weekend_workdays
    no_holidays = together(one.no_holidays for one in known)
    off = (frozenset(told) - no_holidays - worked) | together(one.days_off for one in known)
    return Calendar(
        days_off=off,
        worked_weekends=frozenset(day for day in worked if day.year in LIBRARY) - off,
        years=frozenset(year for one in known for year in one.years),
        sure=frozenset(year for one in known if one.sure for year in one.years),
        doubts={year: one.doubt for one in known if not one.sure for year in one.years},
    )


def together(parts: Iterable[frozenset[date]]) -> frozenset[date]:
    return frozenset[date]().union(*parts)
