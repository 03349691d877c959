"""The figures of a release as linear forms of their cells, for choosing what to hide.

Written apart from ``attack.py`` on purpose: the two must not share a mistake.
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array, lil_array, vstack

from app.indicators.tables import TOTAL, Cells, Dimension, Key, Quantity, Spot

MARGIN_WEIGHT = 4  # one total is worth about as much as four of the figures that it sums


class System:
    """Figures first, rests after them: row ``i`` of ``forms`` sums the cells of form ``i``."""

    def __init__(self, cells: Cells, keys: Sequence[Key]) -> None:
        self.spots: list[Spot] = [(quantity.code, key) for quantity in cells.quantities for key in keys]
        self.place = {spot: row for row, spot in enumerate(self.spots)}
        self.truth = _truth(cells)
        self.figures = _margins(cells, keys)
        self.parts = [quantity for quantity in cells.quantities if quantity.within]
        self.inner = np.array([self.place[part.code, key] for part in self.parts for key in keys], dtype=int)
        self.outer = np.array([self.place[part.within or "", key] for part in self.parts for key in keys], dtype=int)
        rests = self.figures[self.outer] - self.figures[self.inner]
        self.forms = csr_array(vstack([self.figures, rests]))
        self.within = _within(cells, self.parts)
        by_code = {quantity.code: quantity for quantity in cells.quantities}
        self.quantity = [by_code[code] for code, _ in self.spots] + [part for part in self.parts for _ in keys]
        self.units = np.array([quantity.unit for quantity in self.quantity])
        self.follows = [
            (self.place[quantity.shown_with, key], self.place[quantity.code, key])
            for quantity in cells.quantities
            if quantity.shown_with
            for key in keys
        ]
        self.amounts: dict[int, list[int]] = {}  # the amounts that follow a figure
        for leader, follower in self.follows:
            if self.units[follower] > 1:
                self.amounts.setdefault(leader, []).append(follower)
        self.weights = self._weights()

    def open_forms(self, hidden: np.ndarray) -> np.ndarray:
        """Which forms an outsider may not know: hidden figures, and rests with either end hidden."""
        return np.concatenate([hidden, hidden[self.inner] | hidden[self.outer]])

    def close(self, hidden: np.ndarray) -> np.ndarray:
        """Hide what is not shown without something hidden."""
        closed = hidden.copy()
        for _ in range(len(self.parts) + 1):  # as often as one can follow another
            for leader, follower in self.follows:
                closed[follower] |= closed[leader]
        return closed

    def _weights(self) -> np.ndarray:
        """The loss in hiding each figure: its own, and that of the figures which go with it."""
        own = np.array([float(MARGIN_WEIGHT ** key.count(TOTAL)) for _, key in self.spots])
        weights = own.copy()
        for leader, follower in self.follows:
            weights[leader] += own[follower]
        return weights


def _truth(cells: Cells) -> np.ndarray:
    sizes = tuple(len(dimension.categories) for dimension in cells.dimensions)
    table = np.zeros((len(cells.quantities), *sizes), dtype=np.int64)
    positions = _positions(cells.dimensions)
    for row, quantity in enumerate(cells.quantities):
        for cell, number in cells.values.get(quantity.code, {}).items():
            table[(row, *(position[code] for position, code in zip(positions, cell, strict=True)))] = number
    return table.reshape(-1)


def _positions(dimensions: Sequence[Dimension]) -> list[dict[str, int]]:
    return [{code: place for place, code in enumerate(dimension.categories)} for dimension in dimensions]


def _margins(cells: Cells, keys: Sequence[Key]) -> csr_array:
    sizes = tuple(len(dimension.categories) for dimension in cells.dimensions)
    positions = _positions(cells.dimensions)
    numbers = np.arange(int(np.prod(sizes))).reshape(sizes)
    width = numbers.size
    rows = lil_array((len(cells.quantities) * len(keys), len(cells.quantities) * width))
    for row, key in enumerate(keys):
        where = tuple(
            slice(None) if code == TOTAL else position[code] for position, code in zip(positions, key, strict=True)
        )
        covered = np.atleast_1d(numbers[where]).reshape(-1)
        for block in range(len(cells.quantities)):
            rows[[row + block * len(keys)], covered + block * width] = 1
    return csr_array(rows)


def _within(cells: Cells, parts: Sequence[Quantity]) -> csr_array:
    """One row per part and cell: the whole less the part, which is not below nought."""
    order = [quantity.code for quantity in cells.quantities]
    width = int(np.prod([len(dimension.categories) for dimension in cells.dimensions]))
    rows = lil_array((len(parts) * width, len(order) * width))
    for block, part in enumerate(parts):
        for place in range(width):
            rows[block * width + place, order.index(part.within or "") * width + place] = 1
            rows[block * width + place, order.index(part.code) * width + place] = -1
    return csr_array(rows)
