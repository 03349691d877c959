"""What has been published, as a stranger writes it down: who is counted, by what, and every figure shown or hidden."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.indicators.tables import TOTAL, Dimension, Key, Nesting, Release


@dataclass(frozen=True, slots=True)
class Cut:
    """A dimension: its finest codes, and the codes that stand for several of them (``14-29`` for two age groups)."""

    code: str
    categories: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def members(self, code: str) -> tuple[str, ...]:
        """The finest codes behind a code; all of them behind the total."""
        return self.categories if code == TOTAL else self.groups.get(code, (code,))


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity: of which other it is a part, without which it is not there, and what it is cut by.

    ``dims`` None: by all dimensions. ``at`` fixes codes of the whole: a part of the minors on the register is within
    ``register`` at age 14-17. A dimension that the whole does not have (needs) parts it into parts of the same whole.
    """

    code: str
    within: str | None = None
    shown_with: str | None = None
    unit: int = 1
    dims: tuple[str, ...] | None = None
    at: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure of one table; ``value`` None: it is hidden."""

    quantity: str
    key: Key
    value: int | None
    table: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """``low`` / ``scale`` ≤ numerator ÷ denominator ≤ ``high`` / ``scale``: all that a rounded rate says."""

    numerator: str
    denominator: str
    key: Key
    low: int
    high: int
    scale: int


@dataclass(frozen=True, slots=True)
class Published:
    """All that is known from outside. ``nested``: pairs of codes of two dimensions that nobody can have at once."""

    cuts: tuple[Cut, ...]
    quantities: tuple[Counted, ...]
    statements: tuple[Statement, ...]
    threshold: int = 5
    rates: tuple[Rate, ...] = ()
    nested: tuple[tuple[str, str, frozenset[tuple[str, str]]], ...] = ()

    def used(self, key: Sequence[str]) -> frozenset[str]:
        """The dimensions along which a key is not a total."""
        return frozenset(cut.code for cut, code in zip(self.cuts, key, strict=True) if code != TOTAL)

    def values(self) -> dict[tuple[str, Key], int | None]:
        """Each figure once; shown in any table is shown."""
        found: dict[tuple[str, Key], int | None] = {}
        for each in self.statements:
            if found.get((each.quantity, each.key)) is None:
                found[each.quantity, each.key] = each.value
        return found


def from_release(release: Release) -> Published:
    """A release of ours, with nothing of how it was made."""
    return Published(
        tuple(Cut(each.code, each.categories) for each in release.dimensions),
        tuple(_counted(release.quantities)),
        tuple(Statement(each.quantity, each.key, each.value) for each in release.figures),
        release.threshold,
        nested=tuple(_impossible(nesting, release.dimensions) for nesting in release.nestings),
    )


def _impossible(nesting: Nesting, dimensions: Iterable[Dimension]) -> tuple[str, str, frozenset[tuple[str, str]]]:
    codes = {each.code: each.categories for each in dimensions}
    return nested(nesting.inner, nesting.outer, dict(nesting.of), codes[nesting.inner], codes[nesting.outer])


def nested(
    inner: str, outer: str, parents: Mapping[str, str], within: Sequence[str], among: Sequence[str]
) -> tuple[str, str, frozenset[tuple[str, str]]]:
    """The pairs that cannot be: an office in any region but its own. A code without a parent may be anywhere."""
    pairs = ((one, other) for one in within for other in among if parents.get(one, other) != other)
    return inner, outer, frozenset(pairs)


def _counted(quantities: Iterable[object]) -> Iterable[Counted]:
    for each in quantities:
        yield Counted(**{name: getattr(each, name) for name in Counted.__slots__ if hasattr(each, name)})
