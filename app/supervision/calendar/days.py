"""On which days a person reports: from the days of a rhythm and the days on which the office receives."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from app.supervision.calendar.vocabulary import Per
from app.web.months import months_after

DAY = timedelta(days=1)
WEEK, QUARTER = 7, 3  # days, months
LONGEST_MONTH = 31
MOST = 31  # days of one rhythm
BETWEEN = re.compile(r"[,;\s]+")
WRITTEN = re.compile(r"(?:([0-9])\.)?([0-9]{1,2})")

IsOpen = Callable[[date], bool]


class WrongDays(ValueError):
    """The text names no days of such a period."""


class Mark(NamedTuple):
    """A day of the period: of the week (Monday is 1), of the month, or of one of the quarter's three months."""

    month: int  # of the quarter; 0 where the period has no months of its own
    day: int


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a rhythm, in order, each once."""

    per: Per
    marks: tuple[Mark, ...]

    @property
    def times(self) -> int:
        return len(self.marks)

    def __str__(self) -> str:
        return ",".join(f"{mark.month}.{mark.day}" if mark.month else str(mark.day) for mark in self.marks)

    def between(self, first: date, last: date, is_open: IsOpen) -> list[date]:
        """The days from ``first`` up to and with ``last`` on which the person reports, in order.

        A day on which the office is closed gives way to the next open one of the same period, and at its end to the
        last open one before; no two days of a rhythm fall together. A period without open days gives none.
        """
        found = []
        period = self.period_of(first)
        while period[0] <= last:
            found += sorted(day for day in self.within(period, is_open) if first <= day <= last)
            period = self.period_of(period[1] + DAY)
        return found

    def within(self, period: tuple[date, date], is_open: IsOpen) -> set[date]:
        """The days of one period; the same whichever part of it is asked about."""
        taken: set[date] = set()
        for mark in self.marks:
            day = next((one for one in candidates(self.meant(mark, period), period) if is_open(one)
                        and one not in taken), None)  # fmt: skip
            if day:
                taken.add(day)
        return taken

    def period_of(self, day: date) -> tuple[date, date]:
        """The first and the last day of the period in which a day lies."""
        if self.per is Per.WEEK:
            monday = day - DAY * (day.isoweekday() - 1)
            return monday, monday + DAY * (WEEK - 1)
        length = 1 if self.per is Per.MONTH else QUARTER
        first = date(day.year, (day.month - 1) // length * length + 1, 1)
        return first, months_after(first, length) - DAY

    def meant(self, mark: Mark, period: tuple[date, date]) -> date:
        """The day that a mark means; the last of a month that is too short for it."""
        if self.per is Per.WEEK:
            return period[0] + DAY * (mark.day - 1)
        month = months_after(period[0], max(mark.month, 1) - 1)
        return month.replace(day=min(mark.day, monthrange(month.year, month.month)[1]))


def candidates(meant: date, period: tuple[date, date]) -> Iterator[date]:
    """The day itself, the days after it, and then the days before it, without leaving the period."""
    first, last = period
    yield from (meant + DAY * ahead for ahead in range((last - meant).days + 1))
    yield from (meant - DAY * back for back in range(1, (meant - first).days + 1))


def read_days(per: Per, text: str) -> Days:
    """The days as they are typed and kept: "2" of the week, "5, 20" of the month, "1.15" of the quarter.

    Raises WrongDays for anything else, for no day, and for days that no such period has.
    """
    marks = {read_mark(per, part) for part in BETWEEN.split(text.strip()) if part}
    if not 0 < len(marks) <= MOST:
        raise WrongDays(text)
    return Days(per, tuple(sorted(marks)))


def read_mark(per: Per, part: str) -> Mark:
    written = WRITTEN.fullmatch(part)
    if not written:
        raise WrongDays(part)
    month, day = int(written[1] or 0), int(written[2])
    most = WEEK if per is Per.WEEK else LONGEST_MONTH
    months = range(1, QUARTER + 1) if per is Per.QUARTER else range(1)
    if not 0 < day <= most or month not in months:
        raise WrongDays(part)
    return Mark(month, day)


def suggested(per: Per, times: int, number: int) -> Days:
    """Days to begin with, spread over the period; ``number`` (of the case) keeps people off one and the same day."""
    if per is Per.WEEK:
        workdays = 5
        step = max(workdays // times, 1)
        found = {Mark(0, (number + step * nth) % workdays + 1) for nth in range(times)}
        return Days(per, tuple(sorted(found)))
    spread = 28 // times if per is Per.MONTH else 28  # days that every month has
    first = number % max(spread - 8, 1) + 1  # early in its part, so that a day off still leaves room in the month
    if per is Per.MONTH:
        return Days(per, tuple(Mark(0, first + spread * nth) for nth in range(times)))
    return Days(per, tuple(Mark(nth % QUARTER + 1, first) for nth in range(min(times, QUARTER))))
