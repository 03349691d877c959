"""A norm: what an act or the service itself sets, for whom, and from which day to which."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.offices.reading import Texts
from app.supervision.norms.values import Span, Term, Unit, Value


class NoNorm(LookupError):
    """No norm of this code holds on that day."""


class Source(StrEnum):
    """How a norm is known. Only what was read may have been compared with the official text."""

    READ = "read"  # the act was read, in a copy
    TOLD = "told"  # the press or a minister told it
    MEMORY = "memory"  # nobody found the text
    OWN = "own"  # no act sets it: the service does


class Since(StrEnum):
    """From what day a term runs, or before what day it ends."""

    EVENT = "event"  # as the text says
    IN_FORCE = "in_force"
    REGISTRATION = "registration"
    RELEASE = "release"
    ARRIVAL = "arrival"
    MISSED = "missed"  # the day of a missed registration
    BEFORE_RELEASE = "before_release"
    BEFORE_END = "before_end"

    @property
    def is_before(self) -> bool:
        return self in {Since.BEFORE_RELEASE, Since.BEFORE_END}


@dataclass(frozen=True, slots=True)
class Facts:
    """What about a case decides which norms apply to it."""

    basis: str | None = None
    stage: str | None = None
    is_minor: bool = False
    is_rural: bool = False


@dataclass(frozen=True, slots=True)
class Applies:
    """To whom a norm applies: empty means to everybody, None that it makes no difference."""

    bases: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    minor: bool | None = None
    rural: bool | None = None

    def to(self, facts: Facts) -> bool:
        return (
            (not self.bases or facts.basis in self.bases)
            and (not self.stages or facts.stage is None or facts.stage in self.stages)
            and self.minor in (None, facts.is_minor)
            and self.rural in (None, facts.is_rural)
        )

    @property
    def narrowness(self) -> int:
        """How much is asked of a case: the narrower of two norms is the one meant."""
        return sum((bool(self.bases), bool(self.stages), self.minor is not None, self.rural is not None))


@dataclass(frozen=True, slots=True)
class Norm:
    """What an act or the service itself sets, from a day to a day."""

    code: str
    part: Texts  # of the file and of the page
    kind: str  # what it is about; several codes may be of one kind, for different cases
    value: Value
    text: Texts
    act: Texts
    short: Texts  # the act in short
    article: str  # empty where no act sets it, or its article is not known
    source: Source
    checked: bool  # somebody has compared it with the official text
    valid_from: date
    valid_to: date | None  # the first day on which it no longer holds; None while it does
    applies: Applies
    since: Since
    stands_in_search: bool  # the clock stands while the person is searched for
    opens: bool  # a deadline is opened by it for every case to which it applies

    @property
    def term(self) -> Term:
        """The value of a norm that sets a term. Raises TypeError for any other."""
        if not isinstance(self.value, Term):
            raise TypeError(f"{self.code} sets no term")
        return self.value

    @property
    def unit(self) -> Unit:
        return self.term.unit

    @property
    def count(self) -> int:
        return self.term.count

    def after(self, day: date, suspended: tuple[Span, ...] = ()) -> date:
        """The last day of a term that begins with an event of ``day``; see Term.after."""
        return self.term.after(day, suspended)

    def before(self, day: date) -> date:
        """The last day of a term that is counted back from an event of ``day``; see Term.before."""
        return self.term.before(day)

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
