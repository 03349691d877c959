"""When a reminder may go out, whether it is tried again, and how it stands."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import Protocol

from app.clock import COUNTRY
from app.supervision.messages.vocabulary import Result, Standing

# Our own, so that no telephone rings in somebody's night; on the country's clocks.
EARLIEST, LATEST = time(9), time(20)
NOON = time(12)  # on the day itself, when a visit has no time of its own
MOST_ATTEMPTS = 5
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (10, 30, 60, 180))  # before the second attempt and so on
TAKES_AT_MOST = timedelta(minutes=5)  # an attempt without a result after this was cut short
HOUR, DAY = 60, timedelta(days=1)
LONGEST_AHEAD = 62  # days that any term of a reminder may reach


class HasResult(Protocol):
    @property
    def kind(self) -> Result: ...


class Attempt(Protocol):
    """What the rules ask of an attempt."""

    @property
    def ordinal(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def result(self) -> HasResult | None: ...


def last_day(today: date, before: Callable[[date], date]) -> date:
    """The last day of whose visits a reminder may go out today; ``before`` tells the day on which each is reminded.

    Never before today, and never more than two months ahead.
    """
    ahead = (today + DAY * number for number in range(LONGEST_AHEAD + 1))
    return max(takewhile(lambda day: before(day) <= today, ahead), default=today)


def is_awake(at: datetime) -> bool:
    """Whether people may be written to at a moment."""
    return EARLIEST <= at.astimezone(COUNTRY).time() < LATEST


def is_in_time(at: datetime, on: date, minute: int | None) -> bool:
    """Whether a reminder of a visit still helps at a moment: before its time, or before noon where it has none."""
    here = at.astimezone(COUNTRY)
    begins = NOON if minute is None else time(*divmod(minute, HOUR))
    return (here.date(), here.time()) < (on, begins)


def next_attempt_at(attempts: Sequence[Attempt]) -> datetime | None:
    """When a message is tried again, at the earliest; None when never.

    Only what surely failed is: an attempt of which nobody knows the end may have reached the person.
    """
    if not attempts:
        return None
    latest = attempts[-1]
    if latest.result is None or latest.result.kind is not Result.FAILED or latest.ordinal >= MOST_ATTEMPTS:
        return None
    return latest.at + PAUSES[latest.ordinal - 1]


def standing(attempts: Sequence[Attempt], has_arrived: bool | None, in_time: bool, at: datetime) -> Standing:
    """How a message stands: ``has_arrived`` is what the gateway told later, ``in_time`` whether trying still helps."""
    if has_arrived is not None:
        return Standing.ARRIVED if has_arrived else Standing.NOT_ARRIVED
    latest = attempts[-1]
    if latest.result is None:
        return Standing.BEING_SENT if at - latest.at < TAKES_AT_MOST else Standing.UNKNOWN
    match latest.result.kind:
        case Result.TAKEN:
            return Standing.SENT
        case Result.IN_DOUBT:
            return Standing.UNKNOWN
        case Result.FAILED if in_time and next_attempt_at(attempts) is not None:
            return Standing.TRIED_AGAIN
        case _:
            return Standing.NOT_SENT
