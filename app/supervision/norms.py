"""The terms that law and the service's own rules set: dated data, read from norms.yaml and found by code and day."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path

from app.clients.working_days import calendar
from app.offices.reading import Entry, Texts, ends_after_start, read_entries, settle
from app.web.months import months_after

FILE = Path(__file__).with_name("norms.yaml")
MOST = 1200  # of any unit: more is a slip of the finger


class NoNorm(LookupError):
    """No norm of this code holds on that day."""


class Unit(StrEnum):
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Norm:
    """A term: so many days, working days or months after an event, or before one."""

    code: str
    text: Texts
    act: Texts
    article: str  # empty where no act sets the term
    checked: bool  # somebody has compared it with the act
    valid_from: date
    valid_to: date | None  # the first day on which it no longer holds; None while it does
    unit: Unit
    count: int

    def after(self, day: date) -> date:
        """The last day of a term that begins with an event of ``day``; that day itself is not counted."""
        if self.unit is Unit.WORKING_DAYS:
            return calendar().after(day, self.count)
        if self.unit is Unit.MONTHS:
            return months_after(day, self.count)
        return day + timedelta(days=self.count)

    def before(self, day: date) -> date:
        """The last day on which something may be done that is due so long before an event of ``day``.

        Raises ValueError for a norm in working days: no act counts them backwards.
        """
        if self.unit is Unit.WORKING_DAYS:
            raise ValueError(f"{self.code} counts working days, which no act counts backwards")
        if self.unit is Unit.MONTHS:
            return months_after(day, -self.count)
        return day - timedelta(days=self.count)

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@cache
def norms(path: Path = FILE) -> tuple[Norm, ...]:
    """All norms in the order of the file. Raises BadReference with every fault and its place."""
    faults: list[str] = []
    entries = read_entries(path, "norms", faults)
    found = tuple(map(read_norm, entries))
    refuse_overlaps(entries, found)
    settle(faults)
    return found


def read_norm(entry: Entry) -> Norm:
    term = entry.take("term", dict, {})
    unit, count = next(iter(term.items()), ("", 0))
    if len(term) != 1 or unit not in set(Unit) or type(count) is not int or not 0 < count <= MOST:
        entry.note(f"is not one of {', '.join(Unit)} with a number from 1 to {MOST}", "term")
        unit, count = Unit.DAYS, 1
    start, end = entry.day("valid_from"), entry.day_or_none("valid_to")
    ends_after_start(entry, start, end)
    norm = Norm(
        code=entry.text("code"),
        text=entry.texts("text"),
        act=entry.texts("act"),
        article=entry.text("article") if "article" in entry.rest else "",
        checked=entry.flag("checked"),
        valid_from=start,
        valid_to=end,
        unit=Unit(unit),
        count=count,
    )
    entry.end()
    return norm


def refuse_overlaps(entries: list[Entry], found: tuple[Norm, ...]) -> None:
    """Two norms of one code never hold on the same day."""
    ordered = sorted(zip(entries, found, strict=True), key=lambda pair: (pair[1].code, pair[1].valid_from))
    for (_earlier, norm), (entry, follower) in pairwise(ordered):
        if norm.code == follower.code and norm.holds_on(follower.valid_from):
            entry.note(f"holds on a day on which an earlier {norm.code} still does", "valid_from")


def norm(code: str, on: date) -> Norm:
    """The norm of a code that holds on a day; before the first one, the first. Raises NoNorm for any other day."""
    known = [one for one in norms() if one.code == code]
    found = next((one for one in known if one.holds_on(on)), None)
    if found is None and known and on < (first := min(known, key=lambda one: one.valid_from)).valid_from:
        return first
    if found is None:
        raise NoNorm(f"{code} on {on}")
    return found
