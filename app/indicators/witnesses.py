"""Other whole-number tables that would look the same from outside: each one is a proof that a figure is uncertain."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_array, hstack, vstack  # type: ignore[import-untyped]

from app.indicators.system import System
from app.indicators.tables import wide_enough

REACH = 4  # how many thresholds a cell of a witness may lie from the truth; 1 is needed, more leaves room
EXACT_UP_TO = 120  # figures: to this size the cheapest choice is found exactly, above it by its linear relaxation
NODES = 2000  # a limit in steps, not in seconds, so that the same facts always give the same release


class Witnesses:
    """Tables that agree with the truth on every shown figure, and how far apart they put each form.

    They are kept as differences from the true table. Hiding one figure more never makes a witness worthless.
    """

    def __init__(self, system: System, threshold: int) -> None:
        self.system = system
        self.threshold = threshold
        self.values = np.asarray(system.forms @ system.truth).astype(np.int64)
        self.tables = np.zeros((1, system.truth.size), dtype=np.int64)  # the truth itself
        amounts = np.where(_cell_units(system) > 1, int(system.truth.sum()), 0)
        self.reach = REACH * threshold * _cell_units(system) + amounts

    def lacking(self, hidden: np.ndarray) -> list[int]:
        """The forms not yet proven to be uncertain enough."""
        seen = np.asarray(self.system.forms @ self.tables.T)
        low, high = self.values + seen.min(axis=1), self.values + seen.max(axis=1)
        return [
            int(form)
            for form in np.flatnonzero(self.system.open_forms(hidden))
            if not wide_enough(int(low[form]), int(high[form]), self.system.quantity[form], self.threshold)
        ]

    def explore(self, hidden: np.ndarray, lacking: list[int]) -> None:
        """Look for witnesses that move many forms at once; whatever is found is kept."""
        for turn in range(2):
            signs = np.array([1.0 if (order + turn) % 2 else -1.0 for order in range(len(lacking))])
            self._push(hidden, np.asarray(self.system.forms[lacking].T @ signs))

    def stretch(self, hidden: np.ndarray, form: int) -> None:
        """Look for the witnesses that make one form the smallest and the largest."""
        row = self.system.forms[[form]].toarray()[0]
        self._push(hidden, row)
        self._push(hidden, -row)

    def kept_with(self, figure: int) -> "Witnesses":
        """The witnesses that are left if one more figure is shown."""
        moved = np.asarray(self.system.figures[[figure]] @ self.tables.T)[0]
        fewer = Witnesses(self.system, self.threshold)
        fewer.tables = self.tables[moved == 0]
        return fewer

    def prove(self, hidden: np.ndarray) -> list[int]:
        """Try to prove every open form uncertain; the forms for which there is no proof."""
        lacking = self.lacking(hidden)
        if lacking:
            self.explore(hidden, lacking)
        unproven: list[int] = []
        for form in lacking:
            if form in self.lacking(hidden):
                self.stretch(hidden, form)
                unproven += [form] if form in self.lacking(hidden) else []
        return unproven

    def extend(self, hidden: np.ndarray, form: int) -> np.ndarray | None:
        """The figures to be hidden, at the least loss, so that a form becomes uncertain; None when nothing will do.

        Two tables are sought that put the form far enough apart. Each figure on which either of them departs from
        the truth must be hidden, and costs its weight.
        """
        system = self.system
        fixed = np.flatnonzero(~hidden)
        exact = len(system.spots) <= EXACT_UP_TO
        size, charged = system.truth.size, len(fixed)
        cost = np.concatenate([np.zeros(2 * size), system.weights[fixed]])
        lower = np.maximum(-system.truth, -self.reach)
        found = milp(
            cost,
            integrality=np.concatenate([np.ones(2 * size), np.full(charged, int(exact))]),
            bounds=Bounds(
                np.concatenate([lower, lower, np.zeros(charged)]),
                np.concatenate([self.reach, self.reach, np.full(charged, 1 if exact else np.inf)]),
            ),
            constraints=[*self._both_possible(charged), *self._apart(form, charged), *self._charges(fixed)],
            options={"node_limit": NODES},
        )
        if found.x is None:
            return None
        pair = np.rint(found.x[: 2 * size]).astype(np.int64).reshape(2, size)
        if not all(self._is_possible(table) for table in pair):
            return None
        moved = np.asarray(system.figures @ pair.T)
        self.tables = np.vstack([self.tables, pair])
        return hidden | moved.any(axis=1)

    def _push(self, hidden: np.ndarray, objective: np.ndarray) -> None:
        system = self.system
        shown = system.figures[np.flatnonzero(~hidden)]
        rules = [LinearConstraint(system.within, -(system.within @ system.truth), np.inf)] if system.parts else []
        if shown.shape[0]:
            rules.append(LinearConstraint(shown, 0, 0))
        found = milp(
            objective,
            integrality=np.ones(system.truth.size),
            bounds=Bounds(np.maximum(-system.truth, -self.reach), self.reach),
            constraints=rules,
            options={"node_limit": NODES},
        )
        if found.x is not None:
            table = np.rint(found.x).astype(np.int64)
            if self._is_possible(table) and not (shown @ table).any():
                self.tables = np.vstack([self.tables, table])

    def _is_possible(self, difference: np.ndarray) -> bool:
        table = self.system.truth + difference
        return bool((table >= 0).all() and (np.asarray(self.system.within @ table) >= 0).all())

    def _both_possible(self, charged: int) -> list[LinearConstraint]:
        within = self.system.within
        if not within.shape[0]:
            return []
        room = -np.asarray(within @ self.system.truth)
        blank = csr_array((within.shape[0], charged))
        none = csr_array(within.shape)
        both = csr_array(vstack([hstack([within, none, blank]), hstack([none, within, blank])]))
        return [LinearConstraint(both, np.concatenate([room, room]), np.inf)]

    def _apart(self, form: int, charged: int) -> list[LinearConstraint]:
        row = self.system.forms[[form]]
        quantity, value = self.system.quantity[form], int(self.values[form])
        blank = csr_array((1, charged))
        rules = [LinearConstraint(csr_array(hstack([row, -row, blank])), self.threshold * quantity.unit, np.inf)]
        if quantity.unit > 1:  # the larger is at least twice the smaller: v + u >= 2 (v + d)
            rules.append(LinearConstraint(csr_array(hstack([row, -2 * row, blank])), value, np.inf))
        return rules

    def _charges(self, fixed: np.ndarray) -> list[LinearConstraint]:
        """A figure that is shown so far moves in either table only as far as it is charged for."""
        if not len(fixed):
            return []
        rows = self.system.figures[fixed]
        most = np.minimum(np.asarray(rows @ self.reach), self.reach.max()).astype(float)
        none, charge = csr_array(rows.shape), csr_array(np.diag(most))
        sides = [
            hstack([sign * (rows if turn == 0 else none), sign * (rows if turn == 1 else none), -charge])
            for turn in (0, 1)
            for sign in (1, -1)
        ]
        return [LinearConstraint(csr_array(vstack(sides)), -np.inf, 0)]


def _cell_units(system: System) -> np.ndarray:
    """The unit of the quantity that each cell belongs to."""
    quantities = list(dict.fromkeys(code for code, _ in system.spots))
    unit = {code: quantity.unit for (code, _), quantity in zip(system.spots, system.quantity, strict=False)}
    return np.repeat([unit[code] for code in quantities], system.truth.size // len(quantities))
