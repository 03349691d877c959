"""The figures of a release as linear forms of its unknown cells, for choosing what to hide.

Written apart from ``attack.py`` on purpose: the two must not share a mistake.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.sparse import csr_array, vstack

from app.indicators.earlier import numbers_of
from app.indicators.tables import (
    TOTAL,
    Cells,
    Key,
    Quantity,
    Spot,
    Tables,
    as_tables,
    has_dim,
    key_in,
    leaves_rest,
    spots_of,
)
from app.indicators.unknowns import Unknowns


@dataclass(frozen=True, slots=True)
class Rest:
    """A difference of two figures that must stay uncertain too: ``larger`` less ``smaller``, both rows of figures.

    ``always``: also where both are shown (then it may not be told by the figures between them).
    """

    larger: int
    smaller: int
    always: bool = False


class System:
    """Figures first, rests after them: row ``i`` of ``forms`` sums the unknowns of form ``i``."""

    def __init__(self, cells: Cells, tables: Tables) -> None:
        self.cells = cells
        self.tables = as_tables(tables, cells.quantities)
        self.spots = spots_of(self.tables, cells.dimensions, cells.quantities, cells.nestings)
        self.place = {spot: row for row, spot in enumerate(self.spots)}
        self.by_code = {quantity.code: quantity for quantity in cells.quantities}
        self.nothing = self._nothing()
        beside: dict[str, set[frozenset[str]]] = {}
        for follower, dims, _ in self.nothing:
            beside.setdefault(follower, set()).add(dims)
        self.unknowns = Unknowns(cells, self.tables, beside)
        self.truth = self._truth()
        self.figures = _rows([self.unknowns.columns(*spot) for spot in self.spots], self.unknowns.size)
        self.values = np.asarray(self.figures @ self.truth).astype(np.int64)
        self.agree = self._agreements()
        self.within = self._within()
        self.rests = self._rests()
        self.follows = self._follows()
        self.dead = self._dead()
        self.empty = np.asarray(self.figures @ ~self.dead == 0)
        self._marks: np.ndarray | None = None

    def finish(self, always: Iterable[tuple[int, int]] = ()) -> "System":
        """Add the rests that must be uncertain whatever is hidden, and put all forms together.

        A rest that everyone knows to be nought is left out: that nobody is in a region of no office.
        """
        self.rests += [Rest(larger, smaller, always=True) for larger, smaller in always]
        larger, smaller = [rest.larger for rest in self.rests], [rest.smaller for rest in self.rests]
        lives = np.asarray(csr_array(self.figures[larger] - self.figures[smaller]).maximum(0) @ ~self.dead) > 0
        self.rests = [rest for rest, alive in zip(self.rests, lives, strict=True) if alive]
        self.larger = np.array([rest.larger for rest in self.rests], dtype=int)
        self.smaller = np.array([rest.smaller for rest in self.rests], dtype=int)
        self.always = np.array([rest.always for rest in self.rests], dtype=bool)
        self.forms = csr_array(vstack([self.figures, self.figures[self.larger] - self.figures[self.smaller]]))
        self.quantity = [self.by_code[code] for code, _ in self.spots]
        self.quantity += [self.quantity[rest.smaller] for rest in self.rests]
        self.form_values = np.asarray(self.forms @ self.truth).astype(np.int64)
        self.cell_units = np.ones(self.truth.size, dtype=np.int64)
        for code, blocks in self.unknowns.blocks.items():
            for block in blocks:
                self.cell_units[block.at({})] = self.by_code[code].unit
        self.idle = self._idle()
        return self

    def open_forms(self, hidden: np.ndarray) -> np.ndarray:
        """Which forms an outsider may not know: hidden figures, and rests with either end hidden."""
        return np.concatenate([hidden, self.always | hidden[self.larger] | hidden[self.smaller]])

    def openers(self, form: int) -> list[int]:
        """The figures of which any, once hidden, makes the form one that may not be known; none: it never may."""
        if form < len(self.spots):
            return [form]
        rest = self.rests[form - len(self.spots)]
        return [] if rest.always else [rest.larger, rest.smaller]

    def distance(self, figure: int) -> np.ndarray:
        """In how many dimensions each form stands elsewhere than a figure, one more where it counts something else."""
        if self._marks is None:
            seen: dict[tuple[int, str], int] = {}
            rows = [
                [seen.setdefault((at, one), len(seen)) for at, one in enumerate((c, *key))] for c, key in self.spots
            ]
            figures = np.array(rows, dtype=int)
            self._marks = np.vstack([figures, figures[self.smaller]])
        return np.asarray((self._marks != self._marks[figure]).sum(axis=1))

    def close(self, hidden: np.ndarray) -> np.ndarray:
        """Hide what is not shown without something hidden."""
        closed = hidden.copy()
        for _ in range(len(self.by_code)):  # as often as one can follow another
            for leader, follower in self.follows:
                closed[follower] |= closed[leader]
        return closed

    def _truth(self) -> np.ndarray:
        truth = np.zeros(self.unknowns.size, dtype=np.int64)
        at = {each.code: place for place, each in enumerate(self.cells.dimensions)}
        for code, counted in self.cells.values.items():
            for block in self.unknowns.blocks[code]:
                axes = [(at[dimension], self.unknowns.places[dimension]) for dimension in block.dims]
                for cell, number in counted.items():
                    if number:
                        truth[block.numbers[tuple(places[cell[axis]] for axis, places in axes)]] += number
        return truth

    def _agreements(self) -> csr_array:
        """One row per shared group of two blocks of a quantity: both add up to the same."""
        plus, minus = [], []
        for code, here, there, shared in self.unknowns.links:
            blocks = self.unknowns.blocks[code]
            for group in product(*(range(self.unknowns.sizes[dimension]) for dimension in shared)):
                key = dict(zip(shared, group, strict=True))
                plus.append(blocks[here].at(key))
                minus.append(blocks[there].at(key))
        return csr_array(_rows(plus, self.unknowns.size) - _rows(minus, self.unknowns.size))

    def _within(self) -> csr_array:
        """One row per cell of a part: the whole less the part, which is not below nought."""
        plus, minus = [], []
        for part in self.by_code.values():
            for block in self.unknowns.blocks[part.code] if part.within else ():
                whole = self.by_code[part.within or ""]
                for cell in self._cells_of(block.dims):
                    own = block.at({code: self.unknowns.places[code][name] for code, name in cell.items()})
                    if own.size:
                        key = tuple(cell.get(each.code, TOTAL) for each in self.cells.dimensions)
                        plus.append(self.unknowns.columns(whole.code, key_in(part, whole, key, self.cells.dimensions)))
                        minus.append(own)
        return csr_array(_rows(plus, self.unknowns.size) - _rows(minus, self.unknowns.size))

    def _cells_of(self, dims: Sequence[str]) -> Iterable[dict[str, str]]:
        categories = {each.code: each.categories for each in self.cells.dimensions}
        for names in product(*(categories[code] for code in dims)):
            yield dict(zip(dims, names, strict=True))

    def _rests(self) -> list[Rest]:
        found = []
        for row, (code, key) in enumerate(self.spots):
            part = self.by_code[code]
            if part.within:
                whole = self.by_code[part.within]
                spot = part.within, key_in(part, whole, key, self.cells.dimensions)
                if spot in self.place and leaves_rest(part, whole, key, self.cells.dimensions):
                    found.append(Rest(self.place[spot], row))
        return found

    def _follows(self) -> list[tuple[int, int]]:
        """(figure, figure that is not shown without it)."""
        found = []
        for row, (code, key) in enumerate(self.spots):
            quantity = self.by_code[code]
            if quantity.shown_with:
                spot = quantity.shown_with, self._leading_key(quantity, key)
                if spot in self.place:
                    found.append((self.place[spot], row))
        return found

    def _nothing(self) -> list[tuple[str, frozenset[str], Spot]]:
        """Where nobody is nothing happens to anybody: (quantity, by which dimensions, the figure that tells it)."""
        leaders = {quantity.shown_with for quantity in self.by_code.values()}
        numbers = numbers_of(self.cells, [spot for spot in self.spots if spot[0] in leaders])
        found = []
        for quantity in self.by_code.values():
            for code, key in numbers:
                if code == quantity.shown_with and not numbers[code, key]:
                    named = zip(self.cells.dimensions, key, strict=True)
                    dims = frozenset(each.code for each, one in named if one != TOTAL)
                    if all(has_dim(quantity, each) for each in dims):
                        found.append((quantity.code, dims, (code, key)))
        return found

    def _idle(self) -> dict[int, np.ndarray]:
        """The unknowns that everyone knows to be nought, by the figure which tells it when it is shown as nought."""
        found: dict[int, list[np.ndarray]] = {}
        for follower, _, spot in self.nothing:
            found.setdefault(self.place[spot], []).append(self.unknowns.columns(follower, spot[1]))
        return {leader: np.unique(np.concatenate(columns)) for leader, columns in found.items()}

    def _dead(self) -> np.ndarray:
        """The unknowns that everyone knows to be nought whatever is hidden: parts of a region that has no office."""
        dead = np.zeros(self.truth.size, dtype=bool)
        while True:
            before = dead.copy()
            alive = self.within.maximum(0) @ ~dead > 0  # rows whose whole may have somebody
            for row in np.flatnonzero(~alive):
                one = slice(self.within.indptr[row], self.within.indptr[row + 1])
                dead[self.within.indices[one][self.within.data[one] < 0]] = True
            empty = self.figures @ ~dead == 0
            for follower, _, spot in self.nothing:
                if empty[self.place[spot]]:
                    dead[self.unknowns.columns(follower, spot[1])] = True
            if (before == dead).all():
                return dead

    def _leading_key(self, quantity: Quantity, key: Key) -> Key:
        leader = self.by_code[quantity.shown_with or ""]
        if quantity.within == quantity.shown_with:
            return key_in(quantity, leader, key, self.cells.dimensions)
        return tuple(
            code if has_dim(leader, each.code) else TOTAL for each, code in zip(self.cells.dimensions, key, strict=True)
        )


def _rows(columns: Sequence[np.ndarray], width: int) -> csr_array:
    counts = [len(each) for each in columns]
    flat = np.concatenate([np.zeros(0, dtype=np.int64), *columns])
    starts = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64)
    return csr_array((np.ones(flat.size), flat, starts), shape=(len(columns), width))
