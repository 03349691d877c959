"""Half-years: the periods that the plan of measures reports on (point 2 of the decree)."""

import re
from dataclasses import dataclass
from datetime import date

FIRST_YEAR = 2017  # the plan of measures begins on 1 January 2017
LAST_YEAR = 2999
SECOND_HALF_BEGINS = 7
REPORT_DAY = 10  # point 2(2): "не позднее 10 числа месяца, следующего за отчетным полугодием"

CODE = re.compile(r"([0-9]{4})H([12])")


class NoSuchPeriod(ValueError):
    """The code names no half-year that Qadam can report on."""


@dataclass(frozen=True, slots=True, order=True)
class HalfYear:
    """A half-year: ``HalfYear(2026, 1)`` is 1 January to 30 June 2026.

    Raises NoSuchPeriod for a half other than 1 or 2 and for a year before the plan began.
    """

    year: int
    half: int

    def __post_init__(self) -> None:
        if self.half not in (1, 2) or not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise NoSuchPeriod(f"{self.year}H{self.half}")

    @property
    def code(self) -> str:
        return f"{self.year}H{self.half}"

    @property
    def start(self) -> date:
        """The first day."""
        return date(self.year, 1 if self.half == 1 else SECOND_HALF_BEGINS, 1)

    @property
    def end(self) -> date:
        """The day after the last one: a period is half-open, like every span here."""
        return date(self.year, SECOND_HALF_BEGINS, 1) if self.half == 1 else date(self.year + 1, 1, 1)

    @property
    def report_due_on(self) -> date:
        """The last day for the report on this half-year."""
        return self.end.replace(day=REPORT_DAY)

    @property
    def label_parts(self) -> tuple[int, int]:
        """Half and year, to be put into a sentence of the reader's language."""
        return self.half, self.year

    def previous(self) -> "HalfYear":
        return HalfYear(self.year - 1, 2) if self.half == 1 else HalfYear(self.year, 1)

    def next(self) -> "HalfYear":
        return HalfYear(self.year, 2) if self.half == 1 else HalfYear(self.year + 1, 1)

    def is_over(self, on: date) -> bool:
        """Whether the last day has passed."""
        return on >= self.end

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def __str__(self) -> str:
        return self.code


def parse(code: str) -> HalfYear:
    """Read ``2026H1``. Raises NoSuchPeriod for anything else."""
    found = CODE.fullmatch(code)
    if not found:
        raise NoSuchPeriod(code)
    return HalfYear(int(found[1]), int(found[2]))


def half_year_of(day: date) -> HalfYear:
    """The half-year in which the day lies."""
    return HalfYear(day.year, 1 if day.month < SECOND_HALF_BEGINS else 2)


def last_over(on: date) -> HalfYear:
    """The latest half-year that is over on the day."""
    return half_year_of(on).previous()
