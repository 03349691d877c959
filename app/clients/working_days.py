"""Counting working days: Monday to Friday without public holidays, as the file of holidays tells them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from app.offices.reading import Entry, read_entries, settle

FILE = Path(__file__).with_name("holidays.yaml")
DAY = timedelta(days=1)
SATURDAY = 5  # as date.weekday counts


@dataclass(frozen=True, slots=True)
class Calendar:
    """What differs from Monday to Friday, and for which years that is known and checked."""

    days_off: frozenset[date]
    worked_weekends: frozenset[date]
    years: frozenset[int]
    sure: frozenset[int]

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


@cache
def calendar() -> Calendar:
    """The calendar of the file beside this module."""
    return read_calendar()


def read_calendar(path: Path = FILE) -> Calendar:
    """Raises BadReference with every fault and its place."""
    faults: list[str] = []
    years = [read_year(entry) for entry in read_entries(path, "years", faults)]
    settle(faults)
    return Calendar(
        days_off=together(off for _, off, _, _ in years),
        worked_weekends=together(worked for _, _, worked, _ in years),
        years=frozenset(year for year, _, _, _ in years),
        sure=frozenset(year for year, _, _, sure in years if sure),
    )


def read_year(entry: Entry) -> tuple[int, frozenset[date], frozenset[date], bool]:
    year = entry.take("year", int, 0)
    off = days_in(entry, "days_off", year)
    worked = days_in(entry, "worked_weekends", year) if "worked_weekends" in entry.rest else frozenset[date]()
    if any(day.weekday() < SATURDAY for day in worked):
        entry.note("holds a day that is no weekend", "worked_weekends")
    if off & worked:
        entry.note("holds a day off too", "worked_weekends")
    sure = entry.flag("sure")
    entry.doubt(sure)
    entry.end()
    return year, off, worked, sure


def days_in(entry: Entry, key: str, year: int) -> frozenset[date]:
    days = entry.take(key, list, [])
    if any(type(day) is not date or day.year != year for day in days):
        entry.note("holds what is no day of that year", key)
        return frozenset()
    return frozenset(days)


def together(parts: Iterable[frozenset[date]]) -> frozenset[date]:
    return frozenset().union(*parts)
