"""Other whole-number tables that would look the same from outside, each a proof that a figure is uncertain."""

import numpy as np

from app.indicators.pushing import Pusher
from app.indicators.system import System

MOST_KEPT = 6000  # witnesses
DIGITS = 6  # behind the point, of a fraction
NEAR = 1e-5  # a fraction this near to what is wanted is enough


class Witnesses:
    """Differences from the true table that are possible, and which figures each of them moves.

    Each is good for every choice in which the figures that it moves are hidden.
    """

    def __init__(self, system: System, threshold: int, *, whole: bool = True) -> None:
        """Not ``whole``: tables of fractions are good too, which is nearly always right and is soon found out."""
        self.whole = whole
        self.system = system
        self.threshold = threshold
        self.units = np.array([quantity.unit for quantity in system.quantity])
        self.pusher = Pusher(system)
        self.explored = 0
        self.moved = np.zeros(
            (0, len(system.quantity)), dtype=np.int32 if whole else np.float64
        )  # by how much each moves every form
        self.touched = np.zeros((0, len(system.spots)), dtype=bool)  # which figures it needs hidden

    def keep(self, table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Keep a table, and tell how it moves every form and which figures it needs hidden."""
        moved = np.asarray(self.system.forms @ table).round(DIGITS).astype(self.moved.dtype)
        touched = moved[: len(self.system.spots)] != 0
        for leader, cells in self.system.idle.items():
            touched[leader] |= bool(table[cells].round(DIGITS).any())
        self.moved = np.vstack([self.moved, moved])[-MOST_KEPT:]
        self.touched = np.vstack([self.touched, touched])[-MOST_KEPT:]
        return moved, touched

    def reach(self, hidden: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How far below and above the truth each form is known to reach."""
        good = self.moved[~(self.touched & ~hidden).any(axis=1)]
        if not len(good):
            return (np.zeros(self.moved.shape[1]),) * 2
        return np.minimum(good.min(axis=0), 0), np.maximum(good.max(axis=0), 0)

    def is_wide(self, down: np.ndarray, up: np.ndarray, forms: slice | list[int] = slice(None)) -> np.ndarray:
        """``wide_enough`` of tables, for many forms at once."""
        values, units = self.system.form_values[forms], self.units[forms]
        wide = up - down >= self.threshold * units - NEAR
        return np.asarray(wide & ((units == 1) | (values + up >= 2 * (values + down) - NEAR)))
