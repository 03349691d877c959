"""What an outsider can say of every figure while some are hidden: one choice, looked at from outside.

Where there are no other tables that would look the same, the shown figures that make it so are named: of these one must
be hidden (a core).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import block_array, csr_array, diags_array, eye_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

from app.indicators.pieces import NODES, WHOLE, Piece, padded
from app.indicators.pushing import Pushed
from app.indicators.witnesses import Witnesses

FAR = 10  # how many times as far as wanted a cell may lie from the truth where one form is moved
SHARES = 4  # all forms, half of them, a quarter, an eighth
FRICTION = 0.01  # what a step costs where many forms are moved at once, against 1 for a step of a form
EXPLORATIONS = 60  # witnesses sought for all forms at once before each form is taken by itself
WORTHWHILE = 12  # another one is sought when the last settled so many: it takes as long as asking about them
FIRST_ASKED = 4  # so few forms are rather asked about one by one


@dataclass(frozen=True, slots=True)
class Narrow:
    """A form that an outsider can work out, and the shown figures by which he can."""

    form: int
    core: frozenset[int]


class Outsider:
    """What can be said of the forms while some figures are hidden: one choice, looked at from outside."""

    def __init__(self, witnesses: Witnesses, hidden: np.ndarray) -> None:
        self.witnesses = witnesses
        self.system = witnesses.system
        self.hidden = hidden
        self.down, self.up = witnesses.reach(hidden)
        self.open = self.system.open_forms(hidden)
        self._fitted: dict[bytes, Piece] = {}

    @cached_property
    def known_by(self) -> np.ndarray:
        """The shown figure that makes each cell known, by itself; -1: there is none."""
        figures, shown = self.system.figures, np.flatnonzero(~self.hidden)
        single = shown[np.diff(figures.indptr)[shown] == 1]
        known_by = np.full(figures.shape[1], -1)
        known_by[figures[single].indices] = single
        for leader, cells in self.system.idle.items():
            if not self.hidden[leader]:
                known_by[cells[known_by[cells] < 0]] = leader
        return known_by

    @cached_property
    def free(self) -> np.ndarray:
        return np.flatnonzero(self.known_by < 0)

    @cached_property
    def by(self) -> np.ndarray:
        """The shown figures that bind cells that are not known."""
        figures = self.system.figures
        rows = np.flatnonzero(~self.hidden & (np.diff(figures.indptr) != 1))
        return np.asarray(rows[np.diff(figures[rows][:, self.free].indptr) > 0])

    @cached_property
    def equal(self) -> csr_array:
        return csr_array(vstack([self.system.figures[self.by], self.system.agree]))

    @cached_property
    def rules(self) -> csr_array:
        return csr_array(vstack([self.equal, self.system.within]))

    def prove(self) -> list[Narrow]:
        """Look for witnesses for every open form; the forms for which there are not enough."""
        if self.witnesses.whole:
            self.explore()
        lacking = self.lacking().tolist()
        return [found for form in lacking if not self.is_proven(form) and (found := self.examine(form))]

    def is_safe_without(self, figure: int) -> bool:
        """Whether every open form is uncertain enough, asked near the figure first, where it is likeliest not to be."""
        near, lacking = self.system.distance(figure), self.lacking()
        for form in lacking[np.argsort(near[lacking], kind="stable")].tolist():
            if not self.is_proven(form) and self.examine(form):
                return False
        return True

    def explore(self) -> None:
        """Look for witnesses that move many forms at once, for as long as that settles many.

        All forms are in one another's way; so every other time half of them are moved, then a quarter, an eighth.
        """
        settled = [WORTHWHILE] * SHARES
        for _ in range(EXPLORATIONS):
            lacking = self.lacking()
            if len(lacking) <= FIRST_ASKED or sum(settled[-SHARES:]) < SHARES * WORTHWHILE / 2:
                return
            self._explore(lacking)
            settled.append(len(lacking) - len(self.lacking()))

    def lacking(self) -> np.ndarray:
        """The open forms not yet proven to be uncertain enough."""
        return np.flatnonzero(self.open & ~self.witnesses.is_wide(self.down, self.up))

    def settle(self, form: int) -> None:
        """Ask about a form no more: its linear bound is wide enough, though no table was kept that shows it."""
        self.open[form] = False

    def is_proven(self, form: int) -> bool:
        one = [form]
        return bool(self.witnesses.is_wide(self.down[one], self.up[one], one)[0])

    def examine(self, form: int) -> Narrow | None:
        """Look for tables that make the form uncertain enough; None when there are, the core when there are none."""
        unit, value = int(self.witnesses.units[form]), int(self.system.form_values[form])
        wanted = self.witnesses.threshold * unit
        ways = ((1, max(wanted, value) if unit > 1 else wanted), (-1, value if unit > 1 else wanted))
        pushed = [found for way in ways if (found := self._push_on(form, *way))]
        if self.is_proven(form):
            return None
        if len(pushed) == len(ways):
            if self._is_narrow(form, *(each.raised for each in pushed)):
                return Narrow(form, frozenset().union(*(each.core for each in pushed)))
            if not self.witnesses.whole:
                return None
        return self._examine_anew(form, ways)

    def _examine_anew(self, form: int, ways: Iterable[tuple[int, int]]) -> Narrow | None:
        """The same by programs of their own, and by tables of whole numbers only."""
        row = self.system.forms[[form]].toarray()[0]
        for sign, far in ways:
            self._shift(sign * row, far)
            if self.is_proven(form):
                return None
        reached = []
        for sign, cap in ways:
            reached.append(self._push(sign * row, cap))
            if self.is_proven(form):
                return None
        if self._is_narrow(form, *(raised for raised, _ in reached)):
            return Narrow(form, frozenset().union(*(core for _, core in reached)))
        for sign, cap in ways:  # the linear bound does not settle it
            self._push_whole(sign * row, cap)
            if self.is_proven(form):
                return None
        return Narrow(form, frozenset(np.flatnonzero(~self.hidden).tolist()))

    def _is_narrow(self, form: int, up: int, down: int) -> bool:
        """Whether a form that reaches so far up and down can be worked out."""
        unit, value = int(self.witnesses.units[form]), int(self.system.form_values[form])
        return up + down < self.witnesses.threshold * unit or (unit > 1 and value + up < 2 * (value - down))

    def _push_on(self, form: int, sign: int, cap: int) -> Pushed | None:
        """How far the form can be raised from where the last push stood; its table is kept."""
        if self.is_proven(form):
            return None
        found = self.witnesses.pusher.push(self.hidden, form, sign, cap)
        if found:
            self.keep(np.arange(found.table.size), found.table)
        return found

    def _shift(self, objective: np.ndarray, far: int) -> None:
        """Look for the table nearest to the truth in which the objective is larger by so much.

        It moves little, so that it is nearly always whole, and stays good for many other choices.
        """
        piece = self._piece(np.flatnonzero(objective))
        wanted = objective[piece.columns]
        if not far or not wanted.any():
            return
        rows = csr_array(vstack([piece.equal, csr_array(wanted[None, :])]))
        size = len(wanted)
        found = linprog(
            np.ones(2 * size),
            A_ub=csr_array(hstack([-piece.within, piece.within])),
            b_ub=piece.room,
            A_eq=csr_array(hstack([rows, -rows])),
            b_eq=np.concatenate([np.zeros(piece.equal.shape[0]), [far]]),
            bounds=np.column_stack([np.zeros(2 * size), np.concatenate([np.full(size, np.inf), -piece.least])]),
            method="highs",
        )
        if found.x is not None:
            self.keep(piece.columns, found.x[:size] - found.x[size:])

    def _push(self, objective: np.ndarray, cap: int) -> tuple[int, set[int]]:
        """How far the objective can be raised, at least up to the cap, and the shown figures that hold it there.

        First within a box, whose corners are nearly always whole; where the box itself holds it, without one.
        """
        piece = self._piece(np.flatnonzero(objective))
        wanted = objective[piece.columns]
        if not wanted.any():
            return 0, self._core(objective, piece, np.zeros(0), np.zeros(0))
        box = FAR * cap * self.system.cell_units[piece.columns]
        for upper, capped in ((box, False), (np.full(len(wanted), np.inf), True)):
            bounded = [-piece.within, csr_array(wanted[None, :])] if capped else [-piece.within]
            found = linprog(
                -wanted,
                A_ub=csr_array(vstack(bounded)),
                b_ub=np.concatenate([piece.room, [cap] if capped else []]),
                A_eq=piece.equal,
                b_eq=np.zeros(piece.equal.shape[0]),
                bounds=np.column_stack([piece.least, upper]),
                method="highs",
            )
            if found.x is None:
                break
            self.keep(piece.columns, found.x)
            raised = int(np.floor(WHOLE - found.fun))
            if capped or raised >= cap or not found.upper.marginals.any():
                within = found.ineqlin.marginals[: piece.within.shape[0]]
                return raised, self._core(objective, piece, found.eqlin.marginals, within)
        return cap, set()

    def _core(self, objective: np.ndarray, piece: "Piece", equal: np.ndarray, within: np.ndarray) -> set[int]:
        """The shown figures without which the linear bound would not hold: those with a price."""
        priced = piece.equal_rows[np.abs(equal) > WHOLE]
        core = set(self.by[priced[priced < len(self.by)]].tolist())
        left = -objective
        if len(equal):
            left = left - equal @ self.equal[piece.equal_rows]
        if len(within):
            left = left + within @ self.system.within[piece.within_rows]
        known = self.known_by >= 0
        held = known & ((left < -WHOLE) | ((left > WHOLE) & (self.system.truth > 0)))
        return core | set(self.known_by[held].tolist())

    def _push_whole(self, objective: np.ndarray, cap: int) -> None:
        piece = self._piece(np.flatnonzero(objective))
        wanted = objective[piece.columns]
        if wanted.any():
            rules = [*piece.rules(), LinearConstraint(csr_array(wanted[None, :]), -np.inf, cap)]
            self._solve(piece, -wanted, rules, np.inf, whole=1)

    def _explore(self, lacking: np.ndarray) -> None:
        """Move each form up or down as far as is wanted, as many of them as can be, and nothing for nothing."""
        self.witnesses.explored += 1  # other directions each time, and the same ones for the same facts
        chance = np.random.default_rng(self.witnesses.explored)
        lacking = np.sort(chance.permutation(lacking)[: 1 + len(lacking) // 2 ** (self.witnesses.explored % SHARES)])
        signs = chance.choice([-1.0, 1.0], len(lacking))
        piece = self._piece(np.flatnonzero(np.diff(self.system.forms[lacking].tocsc().indptr)))
        size, many = len(piece.columns), len(lacking)
        wanted = (self.witnesses.threshold * self.witnesses.units[lacking]).astype(float)
        signed = csr_array(diags_array(signs) @ self.system.forms[lacking][:, piece.columns])
        charge = eye_array(many, format="csr")
        found = linprog(
            np.concatenate([np.full(2 * size, FRICTION), np.full(many, -1.0)]),
            A_ub=csr_array(
                block_array([[-piece.within, piece.within, None], [-signed, signed, charge]])
                if piece.within.shape[0]
                else hstack([-signed, signed, charge])
            ),
            b_ub=np.concatenate([piece.room, np.zeros(many)]),
            A_eq=padded(csr_array(hstack([piece.equal, -piece.equal])), many),
            b_eq=np.zeros(piece.equal.shape[0]),
            bounds=np.column_stack(
                [
                    np.concatenate([np.zeros(2 * size), np.full(many, -np.inf)]),
                    np.concatenate([np.full(size, np.inf), -piece.least, wanted]),
                ]
            ),
            method="highs",
        )
        if found.x is not None:
            self.keep(piece.columns, found.x[:size] - found.x[size : 2 * size])

    def _solve(
        self, piece: "Piece", costs: np.ndarray, rules: list[LinearConstraint], most: np.ndarray | float, *, whole: int
    ) -> None:
        found = milp(
            costs,
            integrality=np.full(len(costs), whole),
            bounds=Bounds(np.maximum(piece.least, -most), most),
            constraints=rules,
            options={"node_limit": NODES},
        )
        if found.x is not None:
            self.keep(piece.columns, found.x)

    def keep(self, columns: np.ndarray, found: np.ndarray) -> None:
        """Keep a table that is possible; what the solver says is not believed, but checked."""
        if self.witnesses.whole:
            found = self._whole_of(columns, found)
        if not found.any():
            return
        table = np.zeros(self.system.truth.size)
        table[columns] = found
        total, agreed = self.system.truth + table, self.system.agree @ table
        if (total < -WHOLE).any() or (self.system.within @ total < -WHOLE).any() or (np.abs(agreed) > WHOLE).any():
            return
        moved, touched = self.witnesses.keep(table)
        if not (touched & ~self.hidden).any():
            self.down, self.up = np.minimum(self.down, moved), np.maximum(self.up, moved)

    def _whole_of(self, columns: np.ndarray, found: np.ndarray) -> np.ndarray:
        """What is whole of a table, and does not hang on what is not."""
        rounded = np.rint(found)
        crooked = np.abs(found - rounded) > WHOLE
        if crooked.any():
            rounded = np.where(self._hanging_on(columns, np.abs(found) > WHOLE, crooked), 0, rounded)
        return np.asarray(rounded)

    def _hanging_on(self, columns: np.ndarray, moving: np.ndarray, crooked: np.ndarray) -> np.ndarray:
        """Which of the changes stand in one rule with a crooked one, or with one that does."""
        rules = abs(self.rules[:, columns]) @ diags_array(moving.astype(float))
        joined = block_array([[None, rules], [rules.T, None]], format="csr")
        groups = connected_components(joined, directed=False)[1][rules.shape[0] :]
        return np.asarray(np.isin(groups, groups[crooked]))

    @cached_property
    def pieces(self) -> np.ndarray:
        """Which unknowns hang together: the number of the piece of each."""
        rules = self.rules[:, self.free]
        numbers = np.full(self.system.truth.size, -1)
        joined = block_array([[None, rules], [rules.T, None]], format="csr")
        numbers[self.free] = connected_components(joined, directed=False)[1][rules.shape[0] :]
        return numbers

    def _piece(self, columns: np.ndarray) -> "Piece":
        wanted = np.unique(self.pieces[columns])
        wanted = wanted[wanted >= 0]
        name = wanted.tobytes()
        if name not in self._fitted:
            self._fitted[name] = Piece(self.system, self.equal, np.flatnonzero(np.isin(self.pieces, wanted)))
        return self._fitted[name]
