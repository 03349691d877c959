"""What a caseload is narrowed to and how it is ordered, as the address says it and as the form offers it."""

from dataclasses import dataclass, fields
from enum import StrEnum, auto
from typing import Any
from urllib.parse import urlencode

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.assessments.vocabulary import Level
from app.clients.legal_bases import legal_bases
from app.clients.vocabulary import Stage
from app.desk.models import Late
from app.web.addresses import record_number

NOBODY = 0  # in place of an officer's number: the office has yet to name one


class Worded(StrEnum):
    @property
    def label(self) -> LazyString:
        return LABELS[self]


class Order(Worded):
    NAME = auto()
    VISIT = auto()
    CONTACT = auto()
    TERM = auto()
    REGISTERED = auto()


class NextVisit(Worded):
    """When the person is expected next."""

    PASSED = auto()
    TODAY = auto()
    WEEK = auto()
    NONE = auto()


class Assessed(Worded):
    """The level that holds; the values are those of the levels."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    UNCLEAR = auto()
    NEVER = auto()


class Lateness(Worded):
    ANYTHING = "anything"
    NOTHING = "nothing"


class Warned(Worded):
    """Open signals of early warning."""

    ANY = auto()
    UNSEEN = auto()
    NONE = auto()


LABELS: dict[Worded, LazyString] = {
    Order.NAME: _l("by name"),
    Order.VISIT: _l("next visit first"),
    Order.CONTACT: _l("longest silent first"),
    Order.TERM: _l("term that ends first"),
    Order.REGISTERED: _l("newest on the register first"),
    NextVisit.PASSED: _l("day over, nothing noted"),
    NextVisit.TODAY: _l("today"),
    NextVisit.WEEK: _l("in the next 7 days"),
    NextVisit.NONE: _l("none planned"),
    Assessed.LOW: _l("low"),
    Assessed.MEDIUM: _l("medium"),
    Assessed.HIGH: _l("high"),
    Assessed.UNCLEAR: _l("not clear"),
    Assessed.NEVER: _l("not assessed yet"),
    Lateness.ANYTHING: _l("something is late"),
    Lateness.NOTHING: _l("nothing is late"),
    Warned.ANY: _l("there are some"),
    Warned.UNSEEN: _l("not seen by anybody yet"),
    Warned.NONE: _l("there are none"),
}
SILENT_DAYS, TERM_DAYS = (15, 30, 60, 90), (30, 90, 180)


@dataclass(frozen=True, slots=True)
class Sought:
    """What narrows a caseload; an empty value narrows nothing."""

    stage: Stage | None = None
    basis: str | None = None
    level: Assessed | None = None
    visit: NextVisit | None = None
    silent: int | None = None  # days without anybody having reached the person
    late: Lateness | Late | None = None
    signals: Warned | None = None
    term: int | None = None  # days within which the term ends
    officer: int | None = None
    order: Order = Order.NAME

    @property
    def is_narrowed(self) -> bool:
        return any(getattr(self, one.name) is not None for one in fields(self) if one.name != "order")

    @property
    def values(self) -> dict[str, Any]:
        """What stands in the address: only what differs from nothing asked."""
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        return {
            name: str(value)
            for name, value in found.items()
            if value is not None and (name, value) != ("order", Order.NAME)
        }

    @property
    def query(self) -> str:
        return urlencode(self.values)


def sought_in(given: Any, officers: Any = ()) -> Sought:
    """What an address asks for (names and typed values); what it cannot mean is left out."""

    def one_of(kind: type[StrEnum], name: str) -> Any:
        typed = given.get(name, "")
        return kind(typed) if typed in set(kind) else None

    def days_of(name: str, offered: tuple[int, ...]) -> int | None:
        typed = given.get(name, "")
        return next((days for days in offered if str(days) == typed), None)

    basis, officer = given.get("basis", ""), given.get("officer", "")
    number = NOBODY if officer == str(NOBODY) else record_number(officer)
    return Sought(
        stage=one_of(Stage, "stage"),
        basis=basis if basis in legal_bases() else None,
        level=one_of(Assessed, "level"),
        visit=one_of(NextVisit, "visit"),
        silent=days_of("silent", SILENT_DAYS),
        late=one_of(Lateness, "late") or one_of(Late, "late"),
        signals=one_of(Warned, "signals"),
        term=days_of("term", TERM_DAYS),
        officer=number if number in {NOBODY, *(one.id for one in officers)} and officers else None,
        order=one_of(Order, "order") or Order.NAME,
    )


def level_of(assessed: Assessed) -> Level | None:
    """The level that is meant; None for one that could not be given, or none at all."""
    return Level(assessed.value) if assessed.value in set(Level) else None
