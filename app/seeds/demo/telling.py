"""How the story files are read: what may be left out, words of the register, and moments within office hours."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar

from app.clock import COUNTRY
from app.offices.reading import Entry

Word = TypeVar("Word", bound=StrEnum)

OPENS = time(9, 5)
BETWEEN_ACTS = timedelta(minutes=23)


def maybe_text(entry: Entry, key: str) -> str | None:
    return entry.text(key) if key in entry.rest else None


def number(entry: Entry, key: str, default: int = 0) -> int:
    return int(entry.take(key, int, default)) if key in entry.rest else default


def flag(entry: Entry, key: str) -> bool:
    return entry.flag(key) if key in entry.rest else False


def word(entry: Entry, key: str, kind: type[Word], default: Word | None = None) -> Word:
    """One of the register's own words; a wrong one is noted and the first taken in its place."""
    if default is not None and key not in entry.rest:
        return default
    said = entry.one_of(key, tuple(member.value for member in kind))
    return kind(said) if said in tuple(kind) else next(iter(kind))


def parts(entry: Entry, key: str) -> Iterator[Entry]:
    """The entries under a key, none if it is left out; each has to be read to its end."""
    for part in entry.entries(key) if key in entry.rest else []:
        yield part
        part.end()


def part(entry: Entry, key: str) -> Entry | None:
    """The entry under a key, if there is one; whoever takes it reads it to its end."""
    return Entry(entry.take(key, dict, {}), f"{entry.place}.{key}", entry.faults) if key in entry.rest else None


def names(entry: Entry, key: str) -> list[str]:
    """A list of names under a key, none if it is left out."""
    return [str(name) for name in entry.take(key, list, [])] if key in entry.rest else []


def pairs(entry: Entry, key: str) -> dict[str, str]:
    """A mapping of texts under a key, none if it is left out."""
    found = entry.take(key, dict, {}) if key in entry.rest else {}
    if not all(isinstance(text, str) for text in (*found, *found.values())):
        entry.note("is not a mapping of texts", key)
        return {}
    return found


class Hours:
    """The office's clock in one story: acts of one day follow one another from the morning on."""

    def __init__(self, ordinal: int) -> None:
        self.start = timedelta(minutes=7 * (ordinal % 13))
        self.now = datetime.min.replace(tzinfo=COUNTRY)

    def on(self, day: date) -> datetime:
        """The next moment of a day, which is from then on the present one."""
        morning = datetime.combine(day, OPENS, COUNTRY) + self.start
        self.now = self.now + BETWEEN_ACTS if self.now.date() == day else morning
        return self.now

    def at(self, moment: datetime) -> datetime:
        """A moment of its own, outside office hours."""
        self.now = moment
        return moment
