"""Adding up the time of volunteers and mentors: what was logged, and what of it an officer confirmed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

Period = TypeVar("Period")


@dataclass(frozen=True, slots=True)
class Spent:
    """Time of one session, or of several on one day, in minutes."""

    on: date
    minutes: int
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes logged, and the part of them that is confirmed: only that part counts."""

    logged: int = 0
    confirmed: int = 0

    def with_(self, spent: Spent) -> "Hours":
        counted = spent.minutes if spent.is_confirmed else 0
        return Hours(self.logged + spent.minutes, self.confirmed + counted)


def total(spent: Iterable[Spent]) -> Hours:
    hours = Hours()
    for row in spent:
        hours = hours.with_(row)
    return hours


def by_month(spent: Iterable[Spent]) -> dict[date, Hours]:
    """Hours by the first day of each month in which there are any, latest first."""
    return by_period(spent, lambda day: day.replace(day=1))


def by_quarter(spent: Iterable[Spent]) -> dict[tuple[int, int], Hours]:
    """Hours by year and quarter (1 to 4), latest first."""
    return by_period(spent, lambda day: (day.year, (day.month + 2) // 3))


def by_half_year(spent: Iterable[Spent]) -> dict[tuple[int, int], Hours]:
    """Hours by year and half (1 or 2), latest first: the period of the plan's reports."""
    return by_period(spent, lambda day: (day.year, (day.month + 5) // 6))


def by_period(spent: Iterable[Spent], period: Callable[[date], Period]) -> dict[Period, Hours]:
    sums: dict[Period, Hours] = {}
    for row in sorted(spent, key=lambda row: row.on, reverse=True):
        name = period(row.on)
        sums[name] = sums.get(name, Hours()).with_(row)
    return sums
