"""Into which smaller tables the finest table can be taken apart without losing anything that an outsider could use.

Two whole-number tables that agree on what they share can always be glued to one table of all their dimensions: in each
cell of the shared part the rows and the columns have the same sum, and the north-west corner rule fills the square.
So where the dimensions that stand together in some table form a chordal graph, the tables of its cliques, agreeing on
their separators, allow exactly the same figures as the table of all dimensions at once, and are far smaller.
"""

from collections.abc import Iterable, Mapping
from itertools import combinations
from math import prod


def cliques_of(joined: Iterable[frozenset[str]], sizes: Mapping[str, int]) -> list[frozenset[str]]:
    """The cliques of a chordal completion of the graph whose edges join what stands together, in a fixed order.

    The dimension whose neighbours make the smallest table is taken out first, which keeps the cliques small.
    """
    near: dict[str, set[str]] = {code: set() for code in sizes}
    for together in joined:
        for one, other in combinations(sorted(together), 2):
            near[one].add(other)
            near[other].add(one)
    found: list[frozenset[str]] = []
    left = set(sizes)
    while left:
        out = min(
            left, key=lambda code: (_fill(near, left, code), prod(sizes[each] for each in near[code] & left), code)
        )
        around = near[out] & left
        for one, other in combinations(sorted(around), 2):
            near[one].add(other)
            near[other].add(one)
        found.append(frozenset(around | {out}))
        left.remove(out)
    return largest(found)


def _fill(near: Mapping[str, set[str]], left: set[str], code: str) -> int:
    """How many edges are missing between the neighbours."""
    around = sorted(near[code] & left)
    return sum(other not in near[one] for one, other in combinations(around, 2))


def largest(sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Those that are in no other, in a fixed order."""
    different = sorted(set(sets), key=lambda each: (-len(each), sorted(each)))
    return [each for at, each in enumerate(different) if not any(each < other for other in different[:at])]


def tree_of(cliques: list[frozenset[str]]) -> list[tuple[int, int]]:
    """The pairs of cliques to be glued: a spanning tree that shares as much as possible."""
    pairs: list[tuple[int, int]] = []
    reached = {0} if cliques else set()
    while len(reached) < len(cliques):
        inside, outside = max(
            ((one, other) for one in reached for other in range(len(cliques)) if other not in reached),
            key=lambda pair: (len(cliques[pair[0]] & cliques[pair[1]]), -pair[0], -pair[1]),
        )
        pairs.append((inside, outside))
        reached.add(outside)
    return pairs
