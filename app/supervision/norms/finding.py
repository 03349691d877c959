"""Which norm holds on a day, and which norms apply to a case."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache

from app.supervision.norms.model import Facts, NoNorm, Norm
from app.supervision.norms.reading import norms


def norm(code: str, on: date, facts: Facts | None = None) -> Norm:
    """The norm of a code that holds on a day; before the first one, the first.

    With the facts of a case ``code`` may be a kind: then the narrowest norm of the kind that applies to the case is
    found. Raises NoNorm when there is none.
    """
    if facts is not None:
        return narrowest(code, on, facts)
    known = by_code().get(code, ())
    found = next((one for one in known if one.holds_on(on)), None)
    if found is None and known and on < known[0].valid_from:
        return known[0]
    if found is None:
        raise NoNorm(f"{code} on {on}")
    return found


def norms_for(  # noqa: PLR0913 - what is known of a case, each by its name
    name: str, basis: str, on: date, *, is_minor: bool = False, is_rural: bool = False, stage: str | None = None
) -> tuple[Norm, ...]:
    """The norms of a code or a kind that hold on a day and apply to such a case, the narrowest first.

    Without a stage no norm is left out because of its stages.
    """
    return applying(name, on, Facts(basis, stage, is_minor, is_rural))


def applying(name: str, on: date, facts: Facts) -> tuple[Norm, ...]:
    found = [one for one in by_name().get(name, ()) if one.applies.to(facts) and one.holds_on(on)]
    return tuple(sorted(found, key=lambda one: -one.applies.narrowness))


def narrowest(name: str, on: date, facts: Facts) -> Norm:
    found = applying(name, on, facts)
    if not found:
        raise NoNorm(f"{name} on {on} for {facts}")
    return found[0]


@cache
def by_code() -> Mapping[str, tuple[Norm, ...]]:
    """The norms of each code, the oldest first."""
    found = defaultdict(list)
    for one in sorted(norms(), key=lambda one: one.valid_from):
        found[one.code].append(one)
    return {code: tuple(line) for code, line in found.items()}


@cache
def by_name() -> Mapping[str, tuple[Norm, ...]]:
    """The norms of each code and of each kind, in the order of the file."""
    found = defaultdict(list)
    for one in norms():
        for name in {one.code, one.kind}:
            found[name].append(one)
    return {name: tuple(line) for name, line in found.items()}
