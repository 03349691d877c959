"""Which dimensions of given facts lie in one another, as offices in regions: everybody may know that they do.

A group of an office with another region than its own is then known to be empty, and the system of figures is tighter:
a figure of an office follows from its region and from its neighbours.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from app.indicators.tables import Dimension, Key, Nesting

BY_CHANCE = 1e-6  # a dimension that could have come to lie in another by chance is not taken to: few people do not tell
LEAST_ALIKE = 3  # codes of two dimensions that are each other's names; two and two may be people, not names
INSIDE = 2  # times as many codes, where a table shows both: its empty groups are then shown as known to everybody


def found_in(
    dimensions: Sequence[Dimension], counted: Mapping[Key, int], tables: Sequence[Sequence[str]]
) -> tuple[Nesting, ...]:
    """The pairs of dimensions of which one lies in the other, in the order of the dimensions.

    Where no table shows both, to take it so only makes the protection stronger. Where one does, a nesting lets it show
    that groups are empty, so there it takes more to be one.
    """
    pairs = ((inner, outer) for inner in range(len(dimensions)) for outer in range(len(dimensions)) if inner != outer)
    found = []
    for inner, outer in pairs:
        names = {dimensions[inner].code, dimensions[outer].code}
        is_shown = any(names <= set(table) for table in tables)
        parents = _parents(dimensions, counted, inner, outer)
        if parents is not None and not (is_shown and len(parents) < INSIDE * len(dimensions[outer].categories)):
            found.append(Nesting(dimensions[inner].code, dimensions[outer].code, tuple(sorted(parents.items()))))
    return tuple(found)


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
