"""Adding up the time of volunteers and mentors: what was logged, and what of it an officer confirmed."""

from collections.abc import Iterable
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
    sums: dict[date, Hours] = {}
    for row in sorted(spent, key=lambda row: row.on, reverse=True):
        month = row.on.replace(day=1)
        sums[month] = sums.get(month, Hours()).with_(row)
    return sums
