"""Asking the solver the same rules again and again, each time for the least of another sum.

HiGHS goes on from its last answer, which is some twenty times quicker than to begin anew. SciPy brings HiGHS along but
opens only ``milp``, which always begins anew: where its inner door is not as expected, ``milp`` answers everything.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack

from app.indicators.attack.reducing import FAR, Part
from app.indicators.tables import Contradiction

INNER_DOOR = "scipy.optimize._highspy._core"
DUAL, PRIMAL = 1, 4  # HiGHS's simplex_strategy: going on after other limits, or after another sum
SHARES = (4, 12)  # of the fractions, which part is rounded before the solver is asked again
STRIDE = 60.0  # how far one unknown may go in a step in which each sum should grow by one
STEPS = 150  # of rounding, then it is given up
WHOLE = 1e-6  # a number this near to a whole one is that whole one
SECONDS = 20.0  # for one question in whole numbers
OPTIMAL, LIMIT, INFEASIBLE, UNBOUNDED = 0, 1, 2, 3  # scipy.optimize.milp


@dataclass(frozen=True, slots=True)
class Answer:
    """``bound`` None: the sum has no least value. ``multipliers`` of the rows prove the bound where there are any."""

    bound: float | None
    numbers: np.ndarray | None
    multipliers: np.ndarray | None = None
    settled: bool = True


class Asking:
    """The rules of one part, ready to be asked. Raises Contradiction when nothing keeps them."""

    def __init__(self, part: Part) -> None:
        rules = part.rules
        self.rows = rules.rows
        self.low = np.where(rules.low > -FAR, rules.low.astype(float), -np.inf)
        self.high = np.where(rules.high < FAR, rules.high.astype(float), np.inf)
        self.least = part.least.astype(float)
        self.most = np.where(part.most < FAR, part.most.astype(float), np.inf)
        self.door = _door()
        self.solver: Any = self._open() if self.door is not None else None

    def in_fractions(self, aim: np.ndarray) -> Answer:
        """The least of the sum if fractions were allowed: nothing in whole numbers is below it."""
        if self.solver is None:
            return self._begin_anew(aim, whole=False)
        self.solver.changeColsCost(aim.size, np.arange(aim.size, dtype=np.int32), aim)
        self.solver.run()
        status, kinds = self.solver.getModelStatus(), self.door.HighsModelStatus
        if status == kinds.kOptimal:
            found = self.solver.getSolution()
            return Answer(
                float(self.solver.getInfo().objective_function_value),
                np.array(found.col_value),
                np.array(found.row_dual),
            )
        if status == kinds.kUnbounded:
            return Answer(None, None)
        return self._begin_anew(aim, whole=False)

    def way_up(self, forms: csr_array) -> np.ndarray | None:
        """Steps that can be taken again and again from any answer, such that as many of the sums as can be grow."""
        count, size = forms.shape
        free = np.isinf(self.most)
        low, high = np.where(np.isinf(self.low), -np.inf, 0.0), np.where(np.isinf(self.high), np.inf, 0.0)
        rules = [LinearConstraint(hstack([forms, -eye_array(count)]), 0, np.inf)]
        if self.rows.shape[0]:
            rules.append(LinearConstraint(hstack([self.rows, csr_array((self.rows.shape[0], count))]), low, high))
        found = milp(
            np.concatenate([np.zeros(size), -np.ones(count)]),
            bounds=Bounds(0, np.concatenate([np.where(free, STRIDE, 0.0), np.ones(count)])),
            constraints=rules,
        )
        return None if found.x is None else found.x[:size]

    def in_whole_numbers(self, aim: np.ndarray) -> Answer:
        """The least of the sum in whole numbers; not settled when time ran out."""
        return self._begin_anew(aim, whole=True)

    def rounded(self, aim: np.ndarray, fractions: np.ndarray, limit: float) -> np.ndarray | None:
        """A whole-number table in which the sum is not above the limit, found by rounding; None: none was found.

        The fractions nearest to whole numbers are rounded, the solver mends the others, and so on.
        """
        if self.solver is None:
            return None
        basis, places = self.solver.getBasis(), np.arange(aim.size, dtype=np.int32)
        self._go_on(DUAL)
        found = None
        for share in SHARES:
            if found is None:
                found = self._round_down_to(limit, fractions, share)
                self.solver.changeColsBounds(aim.size, places, self.least, self.most)
        self.solver.setBasis(basis)
        self._go_on(PRIMAL)
        return found

    def _round_down_to(self, limit: float, numbers: np.ndarray, share: int) -> np.ndarray | None:
        least, most = self.least.copy(), self.most.copy()
        for _ in range(STEPS):
            away = np.abs(numbers - np.rint(numbers))
            broken = np.flatnonzero(away > WHOLE)
            if not len(broken):
                return numbers
            some = broken[np.argsort(away[broken], kind="stable")][: max(1, len(broken) // share)]
            mended = self._mend(limit, numbers, some, least, most)
            if mended is None:  # the first of them the other way, the rest as they were
                mended = self._mend(limit, 2 * np.floor(numbers) + 1 - numbers, some[:1], least, most)
            if mended is None:
                return None
            numbers = mended
        return None

    def _mend(
        self, limit: float, numbers: np.ndarray, some: np.ndarray, least: np.ndarray, most: np.ndarray
    ) -> np.ndarray | None:
        """Hold some numbers to the whole ones that they are near to; None, and nothing held, when that cannot be."""
        before = least[some].copy(), most[some].copy()
        near = np.rint(numbers[some])
        least[some] = np.where(near > numbers[some], np.maximum(least[some], near), least[some])
        most[some] = np.where(near > numbers[some], most[some], np.minimum(most[some], near))
        if (least[some] <= most[some]).all():
            self.solver.changeColsBounds(some.size, some.astype(np.int32), least[some], most[some])
            self.solver.run()
            is_possible = self.solver.getModelStatus() == self.door.HighsModelStatus.kOptimal
            if is_possible and self.solver.getInfo().objective_function_value <= limit + WHOLE:
                return np.array(self.solver.getSolution().col_value)
        least[some], most[some] = before
        self.solver.changeColsBounds(some.size, some.astype(np.int32), least[some], most[some])
        return None

    def _go_on(self, strategy: int) -> None:
        options = self.door.HighsOptions()
        options.output_flag, options.simplex_strategy = False, strategy
        self.solver.passOptions(options)

    def _begin_anew(self, aim: np.ndarray, *, whole: bool) -> Answer:
        found = milp(
            aim,
            integrality=np.full(aim.size, int(whole)),
            bounds=Bounds(self.least, self.most),
            constraints=[LinearConstraint(self.rows, self.low, self.high)] if self.rows.shape[0] else (),
            options={"mip_rel_gap": 0, "time_limit": SECONDS},
        )
        if found.status == INFEASIBLE:
            raise Contradiction("No whole numbers fit what is published.")
        if found.status == UNBOUNDED or (found.x is None and found.status != LIMIT):
            return Answer(None, None)
        bound = float(found.fun) if found.x is not None else -np.inf
        return Answer(bound, found.x, settled=found.status == OPTIMAL)

    def _open(self) -> Any:
        rows = self.rows.tocsc()
        model = self.door.HighsLp()
        model.num_row_, model.num_col_ = rows.shape
        model.col_cost_ = np.zeros(rows.shape[1])
        model.col_lower_, model.col_upper_, model.row_lower_, model.row_upper_ = (
            self.least, self.most, self.low, self.high,
        )  # fmt: skip
        model.a_matrix_.num_row_, model.a_matrix_.num_col_ = rows.shape
        model.a_matrix_.format_ = self.door.MatrixFormat.kColwise
        model.a_matrix_.start_ = rows.indptr
        model.a_matrix_.index_ = rows.indices
        model.a_matrix_.value_ = rows.data.astype(float)
        solver = self.door._Highs()
        options = self.door.HighsOptions()
        options.output_flag, options.simplex_strategy = False, PRIMAL
        solver.passOptions(options)
        return solver if solver.passModel(model) == self.door.HighsStatus.kOk else None


def _door() -> Any:
    try:
        door = import_module(INNER_DOOR)
    except ImportError:
        return None
    wanted = ("_Highs", "HighsLp", "HighsOptions", "HighsModelStatus", "HighsStatus", "MatrixFormat")
    return door if all(hasattr(door, name) for name in wanted) else None
