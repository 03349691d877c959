"""Periods that figures speak of: half-years, as the plan of measures reports (point 2 of the decree), months, years."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from functools import total_ordering

FIRST_YEAR = 2017  # the plan of measures begins on 1 January 2017
LAST_YEAR = 2999
SECOND_HALF_BEGINS = 7
REPORT_DAY = 10  # point 2(2): "не позднее 10 числа месяца, следующего за отчетным полугодием"
MONTHS = 12

CODE = re.compile(r"([0-9]{4})(?:H([12])|M(0[1-9]|1[0-2]))?")


class Kind(StrEnum):
    MONTH = auto()
    HALF = auto()
    YEAR = auto()

    @property
    def months(self) -> int:
        return {Kind.MONTH: 1, Kind.HALF: 6, Kind.YEAR: MONTHS}[self]


class NoSuchPeriod(ValueError):
    """The code names no period that Qadam can report on."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """The so-many-th month, half or only year of a year: ``Period(2026, 1)`` is 1 January to 30 June 2026.

    Raises NoSuchPeriod for a number that the year does not have and for a year before the plan began.
    """

    year: int
    number: int
    kind: Kind = Kind.HALF

    def __post_init__(self) -> None:
        if not 1 <= self.number <= MONTHS // self.kind.months or not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise NoSuchPeriod(self.code)

    @property
    def code(self) -> str:
        """``2026H1``, ``2026M06``, ``2026``."""
        numbered = {Kind.MONTH: f"M{self.number:02}", Kind.HALF: f"H{self.number}", Kind.YEAR: ""}
        return f"{self.year}{numbered[self.kind]}"

    @property
    def half(self) -> int:
        """Which half of the year it lies in; a year ends in its second."""
        return 1 if self.number * self.kind.months < SECOND_HALF_BEGINS else 2

    @property
    def start(self) -> date:
        """The first day."""
        return first_of(self.year, (self.number - 1) * self.kind.months)

    @property
    def end(self) -> date:
        """The day after the last one: a period is half-open, like every span here."""
        return first_of(self.year, self.number * self.kind.months)

    @property
    def report_due_on(self) -> date:
        """The last day for the report on this period."""
        return self.end.replace(day=REPORT_DAY)

    @property
    def label_parts(self) -> tuple[int, int]:
        """Number and year, to be put into a sentence of the reader's language."""
        return self.number, self.year

    @property
    def may_be_released(self) -> bool:
        """A month is too short to be safe beside its half-year."""
        return self.kind is not Kind.MONTH

    def previous(self) -> "Period":
        return period_with(self.kind, self.year, self.number - 1)

    def next(self) -> "Period":
        return period_with(self.kind, self.year, self.number + 1)

    def halves(self) -> tuple["Period", ...]:
        """The half-years that a year is made of; none for shorter periods."""
        return (Period(self.year, 1), Period(self.year, 2)) if self.kind is Kind.YEAR else ()

    def within(self) -> "Period | None":
        """The year of a half-year, the half-year of a month."""
        if self.kind is Kind.MONTH:
            return Period(self.year, self.half)
        return Period(self.year, 1, Kind.YEAR) if self.kind is Kind.HALF else None

    def a_year_before(self) -> tuple[date, date]:
        """The same span twelve months earlier, half-open; also where no period may be reported on any more."""
        return self.start.replace(year=self.start.year - 1), self.end.replace(year=self.end.year - 1)

    def is_over(self, on: date) -> bool:
        """Whether the last day has passed."""
        return on >= self.end

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def __lt__(self, other: "Period") -> bool:
        return (self.start, self.end) < (other.start, other.end)

    def __str__(self) -> str:
        return self.code


HalfYear = Period  # the period that is meant where no kind is named


def first_of(year: int, months: int) -> date:
    """The first day of a month, so many months after the beginning of a year."""
    return date(year + months // MONTHS, months % MONTHS + 1, 1)


def period_with(kind: Kind, year: int, number: int) -> Period:
    """A period whose number may run out of the year by one."""
    in_year = MONTHS // kind.months
    return Period(year + (number - 1) // in_year, (number - 1) % in_year + 1, kind)


def parse(code: str) -> Period:
    """Read ``2026H1``, ``2026M06`` or ``2026``. Raises NoSuchPeriod for anything else."""
    found = CODE.fullmatch(code)
    if not found:
        raise NoSuchPeriod(code)
    year, half, month = found.groups()
    if month:
        return Period(int(year), int(month), Kind.MONTH)
    return Period(int(year), int(half)) if half else Period(int(year), 1, Kind.YEAR)


def half_year_of(day: date) -> Period:
    """The half-year in which the day lies."""
    return Period(day.year, 1 if day.month < SECOND_HALF_BEGINS else 2)


def last_over(on: date) -> Period:
    """The latest half-year that is over on the day."""
    return half_year_of(on).previous()


def months_of(period: Period) -> tuple[Period, ...]:
    """The months that a period is made of."""
    first = period.start.month
    return tuple(Period(period.year, first + number, Kind.MONTH) for number in range(period.kind.months))
