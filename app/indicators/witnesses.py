"""Other whole-number tables that would look the same from outside, each a proof that a figure is uncertain.

And the reverse: where there are none, the shown figures that make it so, of which one must be hidden (a core).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import block_array, csr_array, diags_array, eye_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

from app.indicators.pushing import Pushed, Pusher
from app.indicators.system import System

WHOLE = 1e-6  # a number this near to a whole one is that one
NODES = 2000  # a limit in steps, not in seconds, so that the same facts always give the same release
FAR = 10  # how many times as far as wanted a cell may lie from the truth where one form is moved
SHARES = 4  # all forms, half of them, a quarter, an eighth
FRICTION = 0.01  # what a step costs where many forms are moved at once, against 1 for a step of a form
EXPLORATIONS = 60  # witnesses sought for all forms at once before each form is taken by itself
WORTHWHILE = 12  # another one is sought when the last settled so many: it takes as long as asking about them
FIRST_ASKED = 4  # forms near to a figure that are asked about before the others
MOST_KEPT = 6000  # witnesses


@dataclass(frozen=True, slots=True)
class Narrow:
    """A form that an outsider can work out, and the shown figures by which he can."""

    form: int
    core: frozenset[int]


class Witnesses:
    """Differences from the true table that are possible, and which figures each of them moves.

    Each is good for every choice in which the figures that it moves are hidden.
    """

    def __init__(self, system: System, threshold: int) -> None:
        self.system = system
        self.threshold = threshold
        self.units = np.array([quantity.unit for quantity in system.quantity])
        self.pusher = Pusher(system)
        self.explored = 0
        self.moved = np.zeros((0, len(system.quantity)), dtype=np.int32)  # by how much each moves every form
        self.touched = np.zeros((0, len(system.spots)), dtype=bool)  # which figures it needs hidden

    def keep(self, table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Keep a table, and tell how it moves every form and which figures it needs hidden."""
        moved = np.asarray(self.system.forms @ table).round().astype(np.int32)
        touched = moved[: len(self.system.spots)] != 0
        for leader, cells in self.system.idle.items():
            touched[leader] |= bool(table[cells].any())
        self.moved = np.vstack([self.moved, moved])[-MOST_KEPT:]
        self.touched = np.vstack([self.touched, touched])[-MOST_KEPT:]
        return moved, touched

    def reach(self, hidden: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How far below and above the truth each form is known to reach."""
        good = self.moved[~(self.touched & ~hidden).any(axis=1)]
        if not len(good):
            return (np.zeros(self.moved.shape[1], dtype=np.int64),) * 2
        return np.minimum(good.min(axis=0), 0).astype(np.int64), np.maximum(good.max(axis=0), 0).astype(np.int64)

    def is_wide(self, down: np.ndarray, up: np.ndarray, forms: slice | list[int] = slice(None)) -> np.ndarray:
        """``wide_enough`` of tables, for many forms at once."""
        values, units = self.system.form_values[forms], self.units[forms]
        wide = up - down >= self.threshold * units
        return np.asarray(wide & ((units == 1) | (values + up >= 2 * (values + down))))


class Outsider:
    """What can be said of the forms while some figures are hidden: one choice, looked at from outside."""

    def __init__(self, witnesses: Witnesses, hidden: np.ndarray) -> None:
        self.witnesses = witnesses
        self.system = witnesses.system
        self.hidden = hidden
        self.down, self.up = witnesses.reach(hidden)
        self.open = self.system.open_forms(hidden)
        self._fitted: dict[bytes, _Piece] = {}

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

    def prove(self, *, whole: bool = True) -> list[Narrow]:
        """Look for witnesses for every open form; the forms for which there are not enough."""
        if whole:
            self.explore()
        lacking = self.lacking().tolist()
        return [found for form in lacking if not self.is_proven(form) and (found := self.examine(form, whole=whole))]

    def is_safe_without(self, figure: int, *, whole: bool) -> bool:
        """Whether every open form is uncertain enough, asked near the figure first, where it is likeliest not to be."""
        near, lacking = self.system.distance(figure), self.lacking()
        for form in lacking[np.argsort(near[lacking], kind="stable")].tolist():
            if not self.is_proven(form) and self.examine(form, whole=whole):
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

    def is_proven(self, form: int) -> bool:
        one = [form]
        return bool(self.witnesses.is_wide(self.down[one], self.up[one], one)[0])

    def examine(self, form: int, *, whole: bool = True) -> Narrow | None:
        """Look for tables that make the form uncertain enough; None when there are, the core when there are none.

        Not ``whole``: tables of fractions will do.
        """
        unit, value = int(self.witnesses.units[form]), int(self.system.form_values[form])
        wanted = self.witnesses.threshold * unit
        ways = ((1, max(wanted, value) if unit > 1 else wanted), (-1, value if unit > 1 else wanted))
        pushed = [found for way in ways if (found := self._push_on(form, *way, whole=whole))]
        if self.is_proven(form):
            return None
        if len(pushed) == len(ways):
            if self._is_narrow(form, *(each.raised for each in pushed)):
                return Narrow(form, frozenset().union(*(each.core for each in pushed)))
            if not whole:
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

    def extend(self, form: int, public: np.ndarray, weights: np.ndarray, *, whole: bool) -> np.ndarray:
        """Which figures must be hidden besides, at about the least loss, so that the form can be larger enough.

        The loss is counted by how far each figure moves, which is linear. None of them when there is no way.
        """
        system = self.system
        row = system.forms[[form]].toarray()[0]
        unit, value = int(self.witnesses.units[form]), int(system.form_values[form])
        wanted = max(self.witnesses.threshold * unit, value if unit > 1 else 0)
        charged = np.flatnonzero(~self.hidden & ~public)
        fixed_rows = [system.figures[np.flatnonzero(public & ~self.hidden)]]
        size, rows, charge = system.truth.size, system.figures[charged], eye_array(len(charged), format="csr")
        each = eye_array(size, format="csr")
        for leader, cells in system.idle.items():  # an idle unknown moves only where what tells of it is hidden too
            told = each[cells]
            if public[leader] and not self.hidden[leader]:
                fixed_rows.append(told)
            elif not self.hidden[leader]:
                rows = csr_array(vstack([rows, told]))
                charge = csr_array(vstack([charge, charge[np.full(len(cells), np.searchsorted(charged, leader))]]))
        alike = csr_array(vstack([*fixed_rows, system.agree]))
        inner = csr_array(vstack([system.within, csr_array(row[None, :])]))
        room = np.concatenate([-np.asarray(system.within @ system.truth), [wanted]])
        found = milp(
            np.concatenate([np.zeros(size), weights[charged]]),
            integrality=np.concatenate([np.full(size, int(whole)), np.zeros(len(charged))]),
            bounds=Bounds(np.concatenate([-system.truth, np.zeros(len(charged))]), np.inf),
            constraints=[
                LinearConstraint(csr_array(block_array([[rows, charge], [-rows, charge]])), 0, np.inf),
                LinearConstraint(_padded(alike, len(charged)), 0, 0),
                LinearConstraint(_padded(inner, len(charged)), room, np.inf),
            ],
            options={"node_limit": NODES},
        )
        more = np.zeros_like(self.hidden)
        if found.x is not None:
            more[charged[found.x[size:] > WHOLE]] = True
            self._keep(np.arange(size), found.x[:size])
        return more

    def _push_on(self, form: int, sign: int, cap: int, *, whole: bool) -> Pushed | None:
        """How far the form can be raised from where the last push stood; its table is kept where it is whole."""
        if self.is_proven(form):
            return None
        found = self.witnesses.pusher.push(self.hidden, form, sign, cap)
        if found and (whole or np.abs(found.table - np.rint(found.table)).max() <= WHOLE):
            self._keep(np.arange(found.table.size), found.table)
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
            self._keep(piece.columns, found.x[:size] - found.x[size:])

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
            self._keep(piece.columns, found.x)
            raised = int(np.floor(WHOLE - found.fun))
            if capped or raised >= cap or not found.upper.marginals.any():
                within = found.ineqlin.marginals[: piece.within.shape[0]]
                return raised, self._core(objective, piece, found.eqlin.marginals, within)
        return cap, set()

    def _core(self, objective: np.ndarray, piece: "_Piece", equal: np.ndarray, within: np.ndarray) -> set[int]:
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
            A_eq=_padded(csr_array(hstack([piece.equal, -piece.equal])), many),
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
            self._keep(piece.columns, found.x[:size] - found.x[size : 2 * size])

    def _solve(
        self, piece: "_Piece", costs: np.ndarray, rules: list[LinearConstraint], most: np.ndarray | float, *, whole: int
    ) -> None:
        found = milp(
            costs,
            integrality=np.full(len(costs), whole),
            bounds=Bounds(np.maximum(piece.least, -most), most),
            constraints=rules,
            options={"node_limit": NODES},
        )
        if found.x is not None:
            self._keep(piece.columns, found.x)

    def _keep(self, columns: np.ndarray, found: np.ndarray) -> None:
        """Keep a table that is whole and possible; what the solver says is not believed, but checked.

        Of one that is not whole everywhere the changes that hang together and are whole are kept.
        """
        rounded = np.rint(found)
        crooked = np.abs(found - rounded) > WHOLE
        if crooked.any():
            rounded = np.where(self._hanging_on(columns, np.abs(found) > WHOLE, crooked), 0, rounded)
        if not rounded.any():
            return
        table = np.zeros(self.system.truth.size, dtype=np.int64)
        table[columns] = rounded.astype(np.int64)
        total = self.system.truth + table
        if (total < 0).any() or (self.system.within @ total < 0).any() or (self.system.agree @ table).any():
            return
        moved, touched = self.witnesses.keep(table)
        if not (touched & ~self.hidden).any():
            self.down, self.up = np.minimum(self.down, moved), np.maximum(self.up, moved)

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

    def _piece(self, columns: np.ndarray) -> "_Piece":
        wanted = np.unique(self.pieces[columns])
        wanted = wanted[wanted >= 0]
        name = wanted.tobytes()
        if name not in self._fitted:
            self._fitted[name] = _Piece(self, np.flatnonzero(np.isin(self.pieces, wanted)))
        return self._fitted[name]


class _Piece:
    """The rules on some of the unknowns, of which no other unknown is a part."""

    def __init__(self, outsider: Outsider, columns: np.ndarray) -> None:
        system = outsider.system
        self.columns = columns
        equal, within = outsider.equal[:, columns], system.within[:, columns]
        self.equal_rows = np.flatnonzero(np.diff(equal.indptr))
        self.within_rows = np.flatnonzero(np.diff(within.indptr))
        self.equal = csr_array(equal[self.equal_rows])
        self.within = csr_array(within[self.within_rows])
        self.room = np.asarray(system.within[self.within_rows] @ system.truth)
        self.least = -system.truth[columns]

    def rules(self) -> list[LinearConstraint]:
        rules = []
        if self.equal.shape[0]:
            rules.append(LinearConstraint(self.equal, 0, 0))
        if self.within.shape[0]:
            rules.append(LinearConstraint(self.within, -self.room, np.inf))
        return rules


def _padded(rules: csr_array, more: int) -> csr_array:
    return csr_array(hstack([rules, csr_array((rules.shape[0], more))]))
