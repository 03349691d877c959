"""The fewest figures that must be hidden: found by an implicit hitting set, or bounded from below by one.

A choice is made that meets all demands known so far; where a hidden figure could still be worked out, the shown
figures by which it can are a new demand: one of them must be hidden too. When no demand is new, fewer will not do
(Moreno-Centeno and Karp, Operations Research 61, 2013; the demands are those of Fischetti and Salazar, Management
Science 47, 2001, in which every coefficient is 1).
"""

from collections.abc import Iterable

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from app.indicators.outsider import Narrow
from app.indicators.system import System
from app.indicators.tables import TOTAL, CannotBeMadeSafe, Spot

HALF = 0.5  # a solver's 0 or 1 is not quite one
TIE = 0.5  # all that prefers one of two choices of the same number together is less than one figure


class Master:
    """The demands known so far, and the choice that meets them with the fewest figures.

    ``first`` is hidden for its own sake; ``public`` is known already and cannot be hidden.
    """

    def __init__(self, system: System, first: np.ndarray, public: np.ndarray, threshold: int) -> None:
        self.system = system
        self.first = first
        self.public = public
        self.lines = line_rules(system, threshold, public)
        self.demands: dict[tuple[int, frozenset[int]], None] = {}  # (who asks, or -1: always; one of these)
        self.least = 0  # no choice hides fewer
        self.is_settled = True  # whether the last choice was the best one

    def demand(self, found: Iterable[Narrow]) -> int:
        """Note why the forms are narrow; how many demands are new."""
        before = len(self.demands)
        for narrow in found:
            core = frozenset(figure for figure in narrow.core if not self.public[figure])
            openers = self.system.openers(narrow.form) or [-1]
            for opener in openers:
                if opener not in core:
                    self.demands[(-1 if opener >= 0 and self.first[opener] else opener), core] = None
        return len(self.demands) - before

    def choose(self, gap: float, nodes: int) -> np.ndarray:
        """The figures to hide. Raises CannotBeMadeSafe when the demands cannot be met."""
        size = len(self.first)
        found = milp(
            self.weights(),
            integrality=np.ones(size),
            bounds=Bounds(self.first.astype(float), 1 - self.public.astype(float)),
            constraints=self._rules(size),
            options={"mip_rel_gap": gap, "node_limit": nodes},
        )
        if found.x is None:
            raise CannotBeMadeSafe("Figures that are public already give away others that must be hidden.")
        self.is_settled = found.status == 0
        self.least = max(self.least, int(np.ceil(found.mip_dual_bound - TIE)))
        return np.asarray(found.x > HALF)

    def weights(self) -> np.ndarray:
        """One for each figure; of two choices of the same number the one with more inner cells is the better."""
        margins = np.array([key.count(TOTAL) for _, key in self.system.spots], dtype=float)
        return 1 + TIE * margins / (len(margins) * (margins.max(initial=0) + 1))

    def _rules(self, size: int) -> list[LinearConstraint]:
        rows, columns, signs = [], [], []
        least = []
        pairs = [(follower, leader) for leader, follower in self.system.follows if not self.public[follower]]
        demands = [*self.demands, *((leader, frozenset([follower])) for follower, leader in pairs)]
        for row, (opener, core) in enumerate(demands):
            named = [*sorted(core), *([opener] if opener >= 0 else [])]
            rows += [row] * len(named)
            columns += named
            signs += [1.0] * len(core) + [-1.0] * (opener >= 0)
            least.append(0.0 if opener >= 0 else 1.0)
        rules = [self.lines] if self.lines else []
        if demands:
            met = csr_array((signs, (rows, columns)), shape=(len(demands), size))
            rules.append(LinearConstraint(met, least, np.inf))
        return rules


def lines_of(system: System) -> Iterable[tuple[int, list[int]]]:
    """Every total with the figures that it sums along one dimension, where all of them are figures."""
    for place in range(len(system.cells.dimensions)):
        lines: dict[Spot, list[int]] = {}
        for row, (code, key) in enumerate(system.spots):
            if key[place] != TOTAL:
                lines.setdefault((code, (*key[:place], TOTAL, *key[place + 1 :])), []).append(row)
        for spot, rows in lines.items():
            if spot in system.place and system.values[rows].sum() == system.values[system.place[spot]]:
                yield system.place[spot], rows


def line_rules(system: System, threshold: int, public: np.ndarray) -> LinearConstraint | None:
    """What every line of a table demands: nobody hides alone, and those who hide with a small one are not small.

    Along a line whose total is shown a hidden count can grow only by what the others that are hidden hold.
    """
    rows, columns, weights, row = [], [], [], 0
    for total, line in lines_of(system):
        if system.quantity[total].unit > 1:
            continue
        for asking in (total, *line):
            others = [each for each in (total, *line) if each != asking]
            need = threshold - int(system.values[asking]) if asking != total else 0
            holds = [
                1 if need <= 0 else need if each == total else min(int(system.values[each]), need) for each in others
            ]
            named = [(each, held) for each, held in zip(others, holds, strict=True) if held and not public[each]]
            rows += [row] * (len(named) + 1)
            columns += [each for each, _ in named] + [asking]
            weights += [float(held) for _, held in named] + [-float(max(need, 1))]
            row += 1
    if not row:
        return None
    return LinearConstraint(csr_array((weights, (rows, columns)), shape=(row, len(system.spots))), 0, np.inf)
