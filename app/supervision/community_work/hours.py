"""How long a person may work: what the norms leave of a day and of a week, and what is left of the court's hours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from app.supervision.contacts.periods import period_of
from app.supervision.norms.values import Hours, Per

HOUR = 60  # minutes


class Bound(StrEnum):
    """What holds the hours of a day back."""

    DAY = auto()
    WEEK = auto()
    ORDER = auto()


@dataclass(frozen=True, slots=True)
class Room:
    """So many minutes may be worked on a day, and which bound allows no more."""

    minutes: int
    bound: Bound
    hours: int  # what the bound allows altogether


def room_on(on: date, worked: Mapping[date, int], limits: Iterable[Hours], ordered: int) -> Room:
    """How long may be worked on a day beside what was worked on the other days.

    ``worked`` are minutes by day, ``limits`` the norms' hours in a day or a week, ``ordered`` the court's hours. What
    is noted of the day itself does not count: it is about to be noted anew. Nothing is below nought.
    """
    others = {day: minutes for day, minutes in worked.items() if day != on}
    rooms = [Room(ordered * HOUR - sum(others.values()), Bound.ORDER, ordered)]
    for limit in limits:
        period = period_of(limit.per, on)
        spent = sum(minutes for day, minutes in others.items() if period.holds(day))
        bound = Bound.DAY if limit.per is Per.DAY else Bound.WEEK
        rooms.append(Room(limit.most * HOUR - spent, bound, limit.most))
    least = min(rooms, key=lambda room: room.minutes)
    return Room(max(least.minutes, 0), least.bound, least.hours)


def read_hours(text: str) -> int:
    """Minutes, from 4, 3.5, 3,5 or 3:30. Raises ValueError for anything else, for nought and for parts of a minute."""
    text = text.strip().replace(",", ".")
    if not (text.isascii() and len(text) <= 5):  # noqa: PLR2004 - digits of 10:30
        raise ValueError(text)
    if ":" in text:
        hours, rest = text.split(":")
        minutes = int(rest) if rest.isdecimal() and len(rest) == 2 else HOUR  # noqa: PLR2004 - digits of minutes
        if minutes >= HOUR or not hours.isdecimal():
            raise ValueError(text)
        total = int(hours) * HOUR + minutes
    else:
        whole, _dot, part = text.partition(".")
        if not whole.isdecimal() or (_dot and not part.isdecimal()):
            raise ValueError(text)
        sixtieths, rest_of = divmod(int(part or "0") * HOUR, 10 ** len(part))
        if rest_of:
            raise ValueError(text)
        total = int(whole) * HOUR + sixtieths
    if total <= 0:
        raise ValueError(text)
    return total


def write_hours(minutes: int) -> str:
    """Minutes as they are typed: 4 or 3:30."""
    hours, rest = divmod(minutes, HOUR)
    return f"{hours}:{rest:02}" if rest else str(hours)
