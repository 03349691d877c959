"""Pushing one sum after another as far as it goes, by one linear program of a release that is never begun anew.

HiGHS goes on from where it stood when other figures are hidden or another sum is asked for, which is some twenty times
quicker than a new program for each. SciPy brings HiGHS along and opens it no further than ``linprog``: where its inner
door is not as expected, whoever asks goes the long way. The audit opens that door with lines of its own: it shares none
with the choosing (decision 37).
"""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from scipy.sparse import csr_array, vstack

from app.indicators.system import System

INNER_DOOR = "scipy.optimize._highspy._core"
PRIMAL = 4  # HiGHS's simplex_strategy: going on when the sum is another one
PRICED = 1e-7  # what costs less holds nothing
SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Pushed:
    """How far a sum can be raised, a table in which it is (of fractions, maybe), and the shown figures that hold it."""

    raised: int
    table: np.ndarray
    core: frozenset[int]


class Pusher:
    """The differences from the true table that are possible, row by row: forms, agreements, parts, what is idle."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.hidden = np.zeros(len(system.spots), dtype=bool)
        idle = [(leader, cell) for leader, cells in system.idle.items() for cell in cells.tolist()]
        self.leaders = np.array([leader for leader, _ in idle], dtype=int)
        told = csr_array(
            (np.ones(len(idle)), (np.arange(len(idle)), np.array([cell for _, cell in idle], dtype=int))),
            shape=(len(idle), system.truth.size),
        )
        self.first_idle = system.forms.shape[0] + system.agree.shape[0] + system.within.shape[0]
        self.rows = csr_array(vstack([system.forms, system.agree, system.within, told])).tocsc()
        self.door = _door()
        self.solver: Any = self._open() if self.door is not None else None

    def push(self, hidden: np.ndarray, form: int, sign: int, cap: int) -> Pushed | None:
        """Raise sign × form as far as it goes, and no further than the cap; None when the solver has no answer."""
        if self.solver is None:
            return None
        self._show(hidden)
        row = sign * self.system.forms[[form]].toarray()[0]
        self.solver.changeColsCost(row.size, np.arange(row.size, dtype=np.int32), -row)
        is_open = form >= len(hidden) or hidden[form]
        self.solver.changeRowBounds(form, -np.inf if sign > 0 else -cap, cap if sign > 0 else np.inf)
        self.solver.run()
        is_settled = self.solver.getModelStatus() == self.door.HighsModelStatus.kOptimal
        found = self.solver.getSolution()
        table, prices = np.array(found.col_value), np.array(found.row_dual)
        self._bound(form, np.inf if is_open else 0.0)
        if not is_settled:
            return None
        raised = int(np.floor(row @ table + SLACK))
        return Pushed(raised, table, frozenset() if raised >= cap else self._core(hidden, prices))

    def _core(self, hidden: np.ndarray, prices: np.ndarray) -> frozenset[int]:
        priced = np.abs(prices) > PRICED
        figures = np.flatnonzero(priced[: len(hidden)] & ~hidden)
        leaders = self.leaders[priced[self.first_idle :]]
        return frozenset([*figures.tolist(), *leaders[~hidden[leaders]].tolist()])

    def _show(self, hidden: np.ndarray) -> None:
        """Let the figures move that are hidden now, and hold the others."""
        for figure in np.flatnonzero(hidden != self.hidden).tolist():
            self._bound(figure, np.inf if hidden[figure] else 0.0)
            for place in np.flatnonzero(self.leaders == figure).tolist():
                self._bound(self.first_idle + place, np.inf if hidden[figure] else 0.0)
        self.hidden = hidden.copy()

    def _bound(self, row: int, far: float) -> None:
        self.solver.changeRowBounds(row, -far, far)

    def _open(self) -> Any:
        system = self.system
        forms, figures = system.forms.shape[0], len(self.hidden)
        low, high = np.zeros(self.rows.shape[0]), np.zeros(self.rows.shape[0])
        low[figures:forms], high[figures:forms] = -np.inf, np.inf
        parts = slice(forms + system.agree.shape[0], self.first_idle)
        low[parts], high[parts] = -np.asarray(system.within @ system.truth), np.inf
        model = self.door.HighsLp()
        model.num_row_, model.num_col_ = self.rows.shape
        model.col_cost_ = np.zeros(system.truth.size)
        model.col_lower_, model.col_upper_ = -system.truth.astype(float), np.full(system.truth.size, np.inf)
        model.row_lower_, model.row_upper_ = low, high
        model.a_matrix_.num_row_, model.a_matrix_.num_col_ = self.rows.shape
        model.a_matrix_.format_ = self.door.MatrixFormat.kColwise
        model.a_matrix_.start_, model.a_matrix_.index_ = self.rows.indptr, self.rows.indices
        model.a_matrix_.value_ = self.rows.data.astype(float)
        solver, options = self.door._Highs(), self.door.HighsOptions()
        options.output_flag, options.presolve, options.simplex_strategy = False, "off", PRIMAL
        solver.passOptions(options)
        return solver if solver.passModel(model) == self.door.HighsStatus.kOk else None


def _door() -> Any:
    try:
        door = import_module(INNER_DOOR)
    except ImportError:
        return None
    wanted = ("_Highs", "HighsLp", "HighsOptions", "HighsModelStatus", "HighsStatus", "MatrixFormat")
    return door if all(hasattr(door, name) for name in wanted) else None
