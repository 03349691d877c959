"""By when an objection is to be answered: so many working days, by the norm in force on its day."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from app.clients.working_days import calendar
from app.offices.reading import Entry, read_entries, settle

FILE = Path(__file__).with_name("objection-term.yaml")


@dataclass(frozen=True, slots=True)
class Term:
    """A number of working days, and the norm that sets it."""

    valid_from: date
    working_days: int
    act: str
    article: str
    sure: bool


@cache
def terms(path: Path = FILE) -> tuple[Term, ...]:
    """All terms, the oldest first. Raises BadReference with every fault and its place."""
    faults: list[str] = []
    found = tuple(map(read_term, read_entries(path, "terms", faults)))
    settle(faults)
    return tuple(sorted(found, key=lambda term: term.valid_from))


def read_term(entry: Entry) -> Term:
    term = Term(
        valid_from=entry.day("valid_from"),
        working_days=entry.take("working_days", int, 0),
        act=entry.text("act"),
        article=entry.text("article"),
        sure=(sure := entry.flag("sure")),
    )
    entry.doubt(sure)
    entry.end()
    return term


def term_on(day: date) -> Term:
    """The term for an objection of a day; the oldest one for a day before all of them."""
    return next((term for term in reversed(terms()) if term.valid_from <= day), terms()[0])


def due_on(day: date) -> date:
    """The last day for the answer to an objection of a day."""
    return calendar().after(day, term_on(day).working_days)
