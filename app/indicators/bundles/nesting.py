"""Which dimensions of given facts lie in one another, as offices in regions: everybody may know that they do.

A group of an office with another region than its own is then known to be empty, and the system of figures is tighter:
a figure of an office follows from its region and from its neighbours. What is found here is protected against, and
never published: it may be how the people of these facts happen to be, and then it is about them.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from app.indicators.tables import Dimension, Key, Nesting

BY_CHANCE = 1e-6  # a dimension that could have come to lie in another by chance is not taken to: few people do not tell
LEAST_ALIKE = 3  # codes of two dimensions that are each other's names; two and two may be people, not names
INSIDE = 2  # times as many codes make it worth asking whether everybody knows, where a table shows both


def found_in(
    dimensions: Sequence[Dimension], counted: Mapping[Key, int], tables: Sequence[Sequence[str]]
) -> tuple[tuple[Nesting, ...], tuple[Nesting, ...]]:
    """The pairs of which one lies in the other: those that no table shows together, and those that one does.

    To take the first as known only makes the protection stronger. To take the second so would show that groups are
    empty, and that all of another are in one place: only who made the tables can say that everybody knows.
    """
    pairs = ((inner, outer) for inner in range(len(dimensions)) for outer in range(len(dimensions)) if inner != outer)
    apart, together = [], []
    for inner, outer in pairs:
        one, other = dimensions[inner], dimensions[outer]
        parents = _parents(dimensions, counted, inner, outer)
        if parents is None:
            continue
        nesting = Nesting(one.code, other.code, tuple(sorted(parents.items())))
        if not any({one.code, other.code} <= set(table) for table in tables):
            apart.append(nesting)
        elif len(parents) >= INSIDE * len(other.categories):
            together.append(nesting)
    return tuple(apart), tuple(together)


def _parents(
    dimensions: Sequence[Dimension], counted: Mapping[Key, int], inner: int, outer: int
) -> dict[str, str] | None:
    """In which code of the outer dimension each code of the inner one lies; None when it does not, or by chance."""
    inside, around = len(dimensions[inner].categories), len(dimensions[outer].categories)
    alike = inside == around >= LEAST_ALIKE and inner < outer
    if around <= 1 or not (inside > around or alike):
        return None
    parents: dict[str, set[str]] = {}
    people: Counter[str] = Counter()
    within: Counter[str] = Counter()
    for cell, number in sorted(counted.items(), key=lambda each: not each[1]):  # groups of nobody tell least
        known = parents.setdefault(cell[inner], set())
        if number or not people[cell[inner]]:
            known.add(cell[outer])
        people[cell[inner]] += number
        within[cell[outer]] += number
    if any(len(known) > 1 for known in parents.values()) or not within.total():
        return None
    likeliest = math.log(max(within.values()) / within.total())
    chance = likeliest * sum(number - 1 for number in people.values() if number)
    return {code: next(iter(known)) for code, known in parents.items()} if chance < math.log(BY_CHANCE) else None
