"""Which dimensions of a quantity must be looked at together, so that nothing an outsider could combine is lost.

Tables that share some dimensions are one puzzle; but two tables that meet only in a dimension which both show are two
puzzles that agree there: whole-number tables that agree on what they share can always be put together to one. So the
unknowns are not the product of all dimensions but those of the cliques of a chordal completion of the graph in which
two dimensions are joined when they stand in one table (Lauritzen, Graphical Models, 1996, ch. 2 and 4).
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import prod

Clique = tuple[str, ...]


def cliques_of(cuts: Iterable[Iterable[str]], sizes: Mapping[str, int]) -> list[Clique]:
    """The largest cliques after completion, each in the order of ``sizes``, a later one meeting one before it.

    ``cuts`` are the sets of dimensions that stand together; ``sizes`` how many categories each dimension has.
    """
    joined: dict[str, set[str]] = {code: set() for cut in cuts for code in cut}
    for cut in cuts:
        for one, other in combinations(dict.fromkeys(cut), 2):
            joined[one].add(other)
            joined[other].add(one)
    order = list(sizes)
    found: list[frozenset[str]] = []
    while joined:
        code = min(joined, key=lambda each: (_cells({each, *joined[each]}, sizes), order.index(each)))
        around = joined.pop(code)
        clique = frozenset({code, *around})
        if not any(clique <= other for other in found):
            found.append(clique)
        for one in around:
            joined[one] |= around - {one}
            joined[one].discard(code)
    ranked = [tuple(sorted(clique, key=order.index)) for clique in reversed(found)]
    return ranked or [()]


def separators(cliques: Sequence[Clique]) -> list[tuple[int, int, Clique]]:
    """The tree that joins the cliques: (a clique, one before it, what they share), heaviest links first."""
    links = []
    reached = [0] if cliques else []
    while len(reached) < len(cliques):
        here, there = max(
            ((one, other) for one in range(len(cliques)) if one not in reached for other in reached),
            key=lambda pair: (len(set(cliques[pair[0]]) & set(cliques[pair[1]])), -pair[0], -pair[1]),
        )
        links.append((here, there, tuple(code for code in cliques[here] if code in cliques[there])))
        reached.append(here)
    return links


def _cells(dimensions: Iterable[str], sizes: Mapping[str, int]) -> int:
    return prod(sizes[code] for code in dimensions)
