"""What the days of an order add up to, as known now or as it was known at a moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from app.supervision.community_work.models import WorkDay
from app.supervision.community_work.vocabulary import DayKind
from app.web.months import months_after


@dataclass(frozen=True, slots=True)
class Days:
    """The days of an order of which something is known, one row for each, in their order."""

    rows: tuple[WorkDay, ...] = field(default=())

    @property
    def worked(self) -> dict[date, int]:
        return {row.on: row.minutes for row in self.rows if row.kind is DayKind.WORKED}

    @property
    def minutes(self) -> int:
        return sum(row.minutes for row in self.rows)

    @property
    def absences(self) -> tuple[date, ...]:
        """The days on which the person stayed away without a valid reason."""
        return tuple(row.on for row in self.rows if row.kind is DayKind.ABSENT)

    @property
    def last_on(self) -> date | None:
        return self.rows[-1].on if self.rows else None

    def on(self, day: date) -> WorkDay | None:
        return next((row for row in self.rows if row.on == day), None)

    def of_month(self, month: date) -> "Days":
        """Those of the month that begins on a day."""
        end = months_after(month, 1)
        return Days(tuple(row for row in self.rows if month <= row.on < end))

    def before(self, day: date) -> "Days":
        return Days(tuple(row for row in self.rows if row.on < day))

    @property
    def months(self) -> tuple[date, ...]:
        """The first days of the months in which something is known, the newest first."""
        return tuple(sorted({first_of(row.on) for row in self.rows}, reverse=True))


def first_of(day: date) -> date:
    return day.replace(day=1)


def days_known(rows: Iterable[WorkDay], at: datetime | None = None) -> Days:
    """What counts of each day: the last that was noted of it, up to a moment if one is given; slips fall out."""
    latest: dict[date, WorkDay] = {}
    for row in sorted(rows, key=lambda one: (one.on, one.ordinal)):
        if at is None or row.at <= at:
            latest[row.on] = row
    return Days(tuple(row for row in latest.values() if row.kind is not DayKind.TAKEN_BACK))


def ordinal_after(rows: Sequence[WorkDay], on: date) -> int:
    return max((row.ordinal for row in rows if row.on == on), default=0) + 1
