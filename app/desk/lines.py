"""What the desk's pages are made of: lines for things to do, lines of one kind in a pile, piles under a heading."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select

from app.db import db

FEW = 6  # lines of one pile on the day; the rest is one press away


@dataclass(frozen=True, slots=True)
class Tag:
    """A word beside a name."""

    label: Any
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class Press:
    """An act that one press of a button does, without another page."""

    label: str
    url: str
    fields: tuple[tuple[str, str], ...] = ()
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do: whose, why it stands here, since when it is late, and the next act."""

    person: str
    person_url: str
    why: str
    act: str
    act_url: str
    due_on: date | None = None
    officer: str = ""
    told_at: datetime | None = None
    tone: str = "neutral"
    words: str = ""  # a second line, in somebody's words
    at: str = ""  # the time of day, where there is one
    tags: tuple[Tag, ...] = ()
    presses: tuple[Press, ...] = ()


@dataclass(frozen=True, slots=True)
class Pile:
    """Lines of one kind with their exact number, however many are shown."""

    title: str
    lines: tuple[Line, ...]
    count: int
    key: str = ""  # of a kind of late things: its code
    due_today: int = 0  # how many of them are due on the day itself or before it
    rest: str = ""  # the address of the list that holds them all, where there is one
    rest_label: str = ""

    def cut(self, most: int = FEW) -> "Pile":
        return replace(self, lines=self.lines[:most])


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one heading of the day, with its exact number."""

    key: str
    title: Any
    nothing: Any  # what is said when there is nothing
    piles: tuple[Pile, ...] = field(default=())

    @property
    def count(self) -> int:
        return sum(pile.count for pile in self.piles)

    def cut(self, most: int = FEW) -> "Part":
        return replace(self, piles=tuple(pile.cut(most) for pile in self.piles))


def pile_of(title: str, lines: list[Line], count: int | None = None, rest: tuple[str, str] = ("", "")) -> list[Pile]:
    """One pile, or none when there are no lines; ``rest`` are words and address of the list that holds them all."""
    label, url = rest
    count = len(lines) if count is None else count
    return [Pile(title, tuple(lines), count, rest=url, rest_label=label)] if lines else []


def ahead_pile(
    title: str, lines: list[Line], span: tuple[date, date], most: int, count: Callable[[date], int]
) -> list[Pile]:
    """A pile of what falls due from a day to another, the earliest first; ``count`` tells the number up to a day.

    It is asked only where the list was cut at ``most`` lines.
    """
    if not lines:
        return []
    day, until = span
    is_cut = len(lines) >= most
    due_today = sum(1 for line in lines if line.due_on and line.due_on <= day)
    if is_cut and due_today == len(lines):
        due_today = count(day)
    return [Pile(title, tuple(lines), count(until) if is_cut else len(lines), due_today=due_today)]


def exact(found: int, most: int, statement: Select[Any], values: Mapping[str, Any]) -> int:
    """How many rows a list has in all: those found, or where the list was cut, what the database counts."""
    return found if found < most else count_of(statement, values)


def count_of(statement: Select[Any], values: Mapping[str, Any]) -> int:
    rows = statement.order_by(None).limit(None)
    return db.session.scalar(select(func.count()).select_from(rows.subquery()), dict(values)) or 0
