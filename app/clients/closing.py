"""What is still open in a case that is to leave the register: every room tells its own, and a person decides."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.clients.cases import Case
from app.web.formats import format_date


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that goes on in a case, with the page on which it is settled, where there is one."""

    words: str
    url: str | None = None


# Rooms above tell here what goes on in a case, and what the norms say of its leaving; they get the case and today.
# Each room appends its own callable when it is imported.
still_open: list[Callable[[Case, date], Iterable[Matter]]] = []
grounds_foreseen: list[Callable[[Case, date], Iterable[str]]] = []


def open_matters(case: Case, day: date) -> list[Matter]:
    """What goes on in a case on a day, as all rooms tell it."""
    return [matter for told in still_open for matter in told(case, day)]


def foreseen(case: Case, day: date) -> list[str]:
    """What the norms say of how such a case leaves the register."""
    return [words for told in grounds_foreseen for words in told(case, day)]


def of_case(case: Case, day: date) -> Iterable[Matter]:
    if case.term_to and day < case.term_to:
        yield Matter(_("The term goes on until %(date)s.", date=format_date(case.term_to)))
    if case.open_transfer:
        yield Matter(_("A transfer of this case is waiting for an answer. Settle it first."))


still_open.append(of_case)
