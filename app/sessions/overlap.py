"""Whether two sessions were held at the same time."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Span:
    """When a session was held: from a moment, for some minutes."""

    starts: datetime
    minutes: int

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)


def overlap(one: Span, other: Span) -> bool:
    """Whether they share a minute; one that begins as the other ends does not, nor one that took no time."""
    if not (one.minutes and other.minutes):
        return False
    return one.starts < other.ends and other.starts < one.ends
