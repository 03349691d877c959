"""Whether one officer can stand in for another in a span: never oneself, never twice at once, never in a chain."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

LONGEST = timedelta(days=366)  # a longer absence is a slip of the finger, or a case for giving the cases away


class Conflict(StrEnum):
    ONESELF = auto()
    NO_DAY = auto()
    IN_THE_PAST = auto()
    TOO_LONG = auto()
    HAS_SUBSTITUTE = auto()
    SUBSTITUTE_IS_AWAY = auto()
    ABSENT_STANDS_IN = auto()


@dataclass(frozen=True, slots=True)
class Span:
    """Who stands in for whom, from a day on and before another."""

    absent: int
    substitute: int
    from_on: date
    to_on: date

    def meets(self, other: "Span") -> bool:
        """Whether the two have a day in common; a span of no days has none with any."""
        return max(self.from_on, other.from_on) < min(self.to_on, other.to_on)


def conflict(wanted: Span, standing: Iterable[Span], on: date) -> tuple[Conflict, Span] | None:
    """What stands against a substitution that somebody wants to name on a day, and the span that does; None if nothing.

    ``standing`` are the spans as they are now, each cut off where it ended before its time.
    """
    if found := of_itself(wanted, on):
        return found, wanted
    for other in standing:
        if not wanted.meets(other):
            continue
        if other.absent == wanted.absent:
            return Conflict.HAS_SUBSTITUTE, other
        if other.absent == wanted.substitute:
            return Conflict.SUBSTITUTE_IS_AWAY, other
        if other.substitute == wanted.absent:
            return Conflict.ABSENT_STANDS_IN, other
    return None


def of_itself(wanted: Span, on: date) -> Conflict | None:
    if wanted.absent == wanted.substitute:
        return Conflict.ONESELF
    if wanted.from_on >= wanted.to_on:
        return Conflict.NO_DAY
    if wanted.from_on < on:
        return Conflict.IN_THE_PAST
    if wanted.to_on - wanted.from_on > LONGEST:
        return Conflict.TOO_LONG
    return None
