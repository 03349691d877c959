"""An office's week: when it receives people, and the slots of a day."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import NamedTuple

HOUR, DAY = 60, 24 * 60  # minutes
WEEKDAYS = range(1, 8)
SPAN = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?\s*[-–—]\s*([0-9]{1,2})(?:[:.]([0-9]{2}))?")


class WrongHours(ValueError):
    """The text tells no hours, or hours that overlap."""


class Span(NamedTuple):
    """From a minute of the day (counted from midnight) to another."""

    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Week:
    """The hours from a day on; a weekday without a span is one on which nobody is received."""

    from_on: date
    slot_minutes: int
    capacity: int
    spans: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)

    def slots(self, day: date) -> list[int]:
        """When the slots of a day begin, in minutes from midnight; only whole slots are offered."""
        return [
            minute
            for span in self.spans.get(day.isoweekday(), ())
            for minute in range(span.opens, span.closes - self.slot_minutes + 1, self.slot_minutes)
        ]

    def receives(self, day: date, minute: int) -> bool:
        """Whether the office receives at that minute."""
        return any(span.opens <= minute < span.closes for span in self.spans.get(day.isoweekday(), ()))

    def slot_of(self, day: date, minute: int) -> int:
        """The beginning of the slot in which a minute lies; the minute itself in the rest that makes no whole slot."""
        return max((slot for slot in self.slots(day) if slot <= minute < slot + self.slot_minutes), default=minute)

    def free(self, day: date, taken: Iterable[int]) -> list[int]:
        """The slots in which there is still room, ``taken`` being the minutes for which people are called."""
        filled = [self.slot_of(day, minute) for minute in taken]
        return [slot for slot in self.slots(day) if filled.count(slot) < self.capacity]


@dataclass(frozen=True, slots=True)
class Hours:
    """An office's weeks in the order in which they begin, and which days are working days."""

    weeks: Sequence[Week]
    is_working: Callable[[date], bool]

    def week(self, day: date) -> Week | None:
        """The week that holds on a day; None before the first one was set."""
        return next((week for week in reversed(self.weeks) if week.from_on <= day), None)

    def is_open(self, day: date) -> bool:
        """Whether people are received on a day: a working day on which the week, if one is set, has hours."""
        if not self.is_working(day):
            return False
        week = self.week(day)
        return week is None or bool(week.spans.get(day.isoweekday()))


def read_spans(text: str) -> tuple[Span, ...]:
    """The spans of a day as they are typed: "9:00-12:30, 14-18"; none for an empty text. Raises WrongHours."""
    spans = sorted(read_span(part.strip()) for part in text.replace(";", ",").split(",") if part.strip())
    if any(later.opens < earlier.closes for earlier, later in pairwise(spans)):
        raise WrongHours(text)
    return tuple(spans)


def read_span(text: str) -> Span:
    found = SPAN.fullmatch(text)
    if not found:
        raise WrongHours(text)
    hours, minutes = (int(found[1]), int(found[3])), (int(found[2] or 0), int(found[4] or 0))
    opens, closes = (hour * HOUR + minute for hour, minute in zip(hours, minutes, strict=True))
    if max(minutes) >= HOUR or not opens < closes <= DAY:
        raise WrongHours(text)
    return Span(opens, closes)


def write_spans(spans: Iterable[Span]) -> str:
    """As ``read_spans`` reads them."""
    return ", ".join(f"{clock(span.opens)}\N{EN DASH}{clock(span.closes)}" for span in spans)


def clock(minute: int) -> str:
    """A minute of the day as the clock shows it."""
    return f"{minute // HOUR}:{minute % HOUR:02}"
