"""How to work with a person: the factors that the methodology answers, and what each is known from (rnr.md 5.5)."""

from collections.abc import Iterable
from dataclasses import dataclass

# In the order in which they are met: first what nothing can be understood without.
FACTORS = ("language", "literacy", "minor", "woman_with_children", "disability", "health", "motivation")
# The items of responsivity whose answers name a factor; an item of a factor's own code names it too.
ITEMS = {"spoken_language": "language", "reading_writing": "literacy", "health_limits": "health"}


@dataclass(frozen=True, slots=True)
class Person:
    """What the register says of the person, as far as it shapes the work with them."""

    is_minor: bool = False
    is_woman: bool = False
    children: int = 0  # who depend on the person
    has_disability: bool = False
    works: bool = False
    studies: bool = False


def factor_of(item: str) -> str | None:
    """The factor that an item of an instrument asks about; None for one that the methodology does not answer."""
    named = ITEMS.get(item, item)
    return named if named in FACTORS else None


def factors_of(person: Person) -> frozenset[str]:
    """The factors that the register itself names."""
    known = {
        "minor": person.is_minor,
        "woman_with_children": person.is_woman and person.children > 0,
        "disability": person.has_disability,
    }
    return frozenset(code for code, holds in known.items() if holds)


def in_order(factors: Iterable[str]) -> list[str]:
    present = frozenset(factors)
    return [code for code in FACTORS if code in present]
