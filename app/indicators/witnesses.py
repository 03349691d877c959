"""Other whole-number tables that would look the same from outside: each one is a proof that a figure is uncertain."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, vstack

from app.indicators.system import System
from app.indicators.tables import wide_enough

REACH = 4  # how many thresholds a cell of a witness may lie from the truth; 1 is needed, more leaves room
EXACT_UP_TO = 120  # figures: to this size the cheapest choice is found exactly, above it by its linear relaxation
EXPLORATIONS = 6  # witnesses sought for all forms at once before each form is taken by itself
WHOLE = 1e-6  # a number this near to a whole one is that one
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
        units = _cell_units(system)
        amounts = int(system.truth[units > 1].sum())  # an amount may have to double
        self.reach = REACH * threshold * units + np.where(units > 1, amounts, 0)

    def lacking(self, hidden: np.ndarray) -> list[int]:
        """The forms not yet proven to be uncertain enough."""
        seen = np.asarray(self.system.forms @ self.tables.T)
        low, high = self.values + seen.min(axis=1), self.values + seen.max(axis=1)
        return [
            int(form)
            for form in np.flatnonzero(self.system.open_forms(hidden))
            if not wide_enough(int(low[form]), int(high[form]), self.system.quantity[form], self.threshold)
        ]

    def kept_with(self, figure: int) -> "Witnesses":
        """The witnesses that are left if one more figure is shown."""
        fixed = [figure, *(follower for _, follower in self._idle(figure))]
        moved = np.abs(self.system.figures[fixed] @ self.tables.T).sum(axis=0)
        fewer = Witnesses(self.system, self.threshold)
        fewer.tables = self.tables[moved == 0]
        return fewer

    def prove(self, hidden: np.ndarray) -> int | None:
        """Look for witnesses for every open form; the first form for which there are not enough, or None."""
        lacking = self.lacking(hidden)
        for turn in range(EXPLORATIONS if len(lacking) > 1 else 0):
            self._explore(hidden, lacking, turn)
        while lacking := self.lacking(hidden):
            row = self.system.forms[lacking[:1]].toarray()[0]
            for direction in (row, -row):
                self._push(hidden, direction)
            if lacking[0] in self.lacking(hidden):
                return lacking[0]
        return None

    def _explore(self, hidden: np.ndarray, lacking: list[int], turn: int) -> None:
        """Look for a witness that moves many forms at once."""
        signs = np.array([1.0 if (order >> turn // 2) + turn & 1 else -1.0 for order in range(len(lacking))])
        self._push(hidden, np.asarray(self.system.forms[lacking].T @ signs))

    def extend(self, hidden: np.ndarray, form: int) -> np.ndarray | None:
        """The figures to be hidden, at the least loss, so that a form becomes uncertain; None when nothing will do.

        Two tables are sought that put the form far enough apart. Each figure on which either of them departs from
        the truth must be hidden, and costs its weight.
        """
        fixed = np.flatnonzero(~hidden)
        exact = len(self.system.spots) <= EXACT_UP_TO
        rules = [*self._both_possible(len(fixed)), *self._apart(form, len(fixed)), *self._charges(fixed)]
        if not exact:
            pair = self._cheapest_pair(fixed, rules, whole=0)
            more = hidden if pair is None else hidden | (np.abs(self.system.figures @ pair.T) > WHOLE).any(axis=1)
            if (more != hidden).any():  # else the fractions deceive, and whole numbers must be asked for
                return more
        pair = self._cheapest_pair(fixed, rules, whole=1)
        if pair is None or not all(self._is_possible(table) for table in pair):
            return None
        self.tables = np.vstack([self.tables, pair])
        return hidden | np.asarray(self.system.figures @ pair.T).any(axis=1)

    def _cheapest_pair(self, fixed: np.ndarray, rules: list[LinearConstraint], *, whole: int) -> np.ndarray | None:
        size, charged = self.system.truth.size, len(fixed)
        lower, upper = self._limits(fixed)
        exact = len(self.system.spots) <= EXACT_UP_TO
        found = milp(
            np.concatenate([np.zeros(2 * size), self.system.weights[fixed]]),
            integrality=np.concatenate([np.full(2 * size, whole), np.full(charged, int(exact))]),
            bounds=Bounds(
                np.concatenate([lower, lower, np.zeros(charged)]),
                np.concatenate([upper, upper, np.full(charged, 1 if exact else np.inf)]),
            ),
            constraints=rules,
            options={"node_limit": NODES},
        )
        if found.x is None:
            return None
        pair = found.x[: 2 * size].reshape(2, size)
        return np.rint(pair).astype(np.int64) if whole else np.asarray(pair)

    def _push(self, hidden: np.ndarray, objective: np.ndarray) -> None:
        """Keep the whole-number table, alike from outside, that makes the objective smallest."""
        system = self.system
        shown = system.figures[np.flatnonzero(~hidden)]
        room = -np.asarray(system.within @ system.truth)
        rules = LinearConstraint(
            csr_array(vstack([system.within, shown])),
            np.concatenate([room, np.zeros(shown.shape[0])]),
            np.concatenate([np.full(len(room), np.inf), np.zeros(shown.shape[0])]),
        )
        for whole in (0, 1):  # the linear solution is nearly always whole; if not, ask for a whole one
            found = milp(
                objective,
                integrality=np.full(system.truth.size, whole),
                bounds=Bounds(*self._limits(np.flatnonzero(~hidden))),
                constraints=rules,
                options={"node_limit": NODES},
            )
            table = None if found.x is None else np.rint(found.x).astype(np.int64)
            if table is not None and self._is_possible(table) and not (shown @ table).any():
                self.tables = np.vstack([self.tables, table])
                return

    def _limits(self, fixed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How far each cell may depart from the truth. Where nobody is shown to be, an amount stays nought."""
        upper = self.reach.copy()
        for figure in fixed:
            for cells, _ in self._idle(int(figure)):
                upper[cells] = 0
        return np.maximum(-self.system.truth, -upper), upper

    def _idle(self, figure: int) -> list[tuple[np.ndarray, int]]:
        """The cells and the figures of the amounts that everyone knows to be nought if this figure is shown."""
        if self.values[figure] != 0:
            return []
        return [(self.system.figures[[row]].nonzero()[1], row) for row in self.system.amounts.get(figure, [])]

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
