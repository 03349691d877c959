"""The week, month, quarter or year that a day lies in, and what a rhythm of so many times in each asks for next."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from app.supervision.norms.values import Per, Rhythm
from app.web.months import months_after

DAY = timedelta(days=1)
MONTHS = {Per.MONTH: 1, Per.QUARTER: 3, Per.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Period:
    """From its first day to its last, both in it."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def period_of(per: Per, day: date) -> Period:
    """The calendar's own week (from Monday), month, quarter or year; a day is a period of itself."""
    if per is Per.DAY:
        return Period(day, day)
    if per is Per.WEEK:
        monday = day - DAY * day.weekday()
        return Period(monday, monday + DAY * 6)
    length = MONTHS[per]
    first = date(day.year, (day.month - 1) // length * length + 1, 1)
    return Period(first, months_after(first, length) - DAY)


def due_on(rhythm: Rhythm, done: Collection[date], day: date) -> date:
    """The last day on which something so frequent is next in time, as seen on a day.

    The end of this period while it was not done often enough in it, else the end of the next one.
    """
    period = period_of(rhythm.per, day)
    if sum(period.holds(one) for one in done) < rhythm.times:
        return period.last
    return period_of(rhythm.per, period.last + DAY).last
