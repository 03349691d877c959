"""What an outsider can derive about every hidden figure from all that is published.

Nothing here has seen the facts, and nothing here is used in choosing what to hide: it sees a release as a stranger
does. The finest cells are unknown whole numbers not below nought, every shown figure is an equation, every part is
within its whole, and each hidden figure is made as small and as large as these allow.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from app.indicators.tables import TOTAL, Cells, Contradiction, Figure, Key, Quantity, Release, finest, wide_enough

WHOLE = 1e-6  # a bound this near to a whole number is that number


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the greatest whole number that a hidden figure can be; ``high`` None: there is no greatest.

    ``of`` is None for the figure itself; else this is about the rest that the figure leaves of that quantity,
    which is a figure too, though it is never printed.
    """

    quantity: str
    key: Key
    low: int
    high: int | None
    of: str | None = None


def attack(release: Release) -> list[Interval]:
    """The interval of every hidden figure, and of every rest that is not two shown figures apart.

    Raises Contradiction when no whole numbers fit what is published.
    """
    outsider = _Outsider(release)
    shown = release.values()
    intervals = [
        Interval(figure.quantity, figure.key, *outsider.interval(outsider.form(figure.quantity, figure.key)))
        for figure in release.figures
        if figure.value is None
    ]
    for quantity in release.quantities:
        for key in (figure.key for figure in release.figures if figure.quantity == quantity.code):
            whole = quantity.within
            if whole and None in (shown[quantity.code, key], shown[whole, key]):
                rest = outsider.form(whole, key) - outsider.form(quantity.code, key)
                intervals.append(Interval(quantity.code, key, *outsider.interval(rest), of=whole))
    return intervals


def is_safe(release: Release, intervals: Iterable[Interval] | None = None) -> bool:
    """Whether every interval is wide enough, the release being attacked if it was not yet."""
    return not unsafe(release, attack(release) if intervals is None else intervals)


def unsafe(release: Release, intervals: Iterable[Interval]) -> list[Interval]:
    """The intervals that tell too much."""
    quantities = {quantity.code: quantity for quantity in release.quantities}
    return [
        found
        for found in intervals
        if not wide_enough(found.low, found.high, quantities[found.quantity], release.threshold)
    ]


def missed(intervals: Iterable[Interval], truth: Cells) -> list[Interval]:
    """The intervals that do not hold the true number: none, if the attack and the release are right."""
    wrong = []
    for found in intervals:
        number = truth.total(found.quantity, found.key)
        if found.of:
            number = truth.total(found.of, found.key) - number
        if number < found.low or (found.high is not None and number > found.high):
            wrong.append(found)
    return wrong


class _Outsider:
    """The equations that a stranger can write down from a release, ready to be solved."""

    def __init__(self, release: Release) -> None:
        self.cells = finest(release.dimensions)
        self.quantities = {quantity.code: quantity for quantity in release.quantities}
        self.at = {code: place * len(self.cells) for place, code in enumerate(self.quantities)}
        self.size = len(self.cells) * len(self.quantities)
        shown = [figure for figure in release.figures if figure.value is not None]
        self.bounded = self._bounded(shown)
        self.rules = self._rules(shown)

    def form(self, quantity: str, key: Key) -> np.ndarray:
        """The figure as a sum of the unknown cells."""
        summed = np.zeros(self.size)
        for place, cell in enumerate(self.cells):
            if all(code in (TOTAL, own) for code, own in zip(key, cell, strict=True)):
                summed[self.at[quantity] + place] = 1
        return summed

    def interval(self, form: np.ndarray) -> tuple[int, int | None]:
        """The least and the greatest value of a form with a lower bound of nought."""
        return self._least(form), None if (form[~self.bounded] > 0).any() else -self._least(-form)

    def _bounded(self, shown: Iterable[Figure]) -> np.ndarray:
        """Which cells cannot grow for ever: those in a shown sum, and the parts of those."""
        bounded = np.zeros(self.size, dtype=bool)
        for figure in shown:
            bounded |= self.form(figure.quantity, figure.key) > 0
        for _ in self.quantities:  # as often as a part can be within a part
            for part in self._parts():
                inner, outer = self._block(part.code), self._block(part.within or "")
                bounded[inner] |= bounded[outer]
        return bounded

    def _rules(self, shown: list[Figure]) -> list[LinearConstraint]:
        rules = []
        if shown:
            sums = csr_array(np.array([self.form(figure.quantity, figure.key) for figure in shown]))
            values = np.array([figure.value for figure in shown], dtype=float)
            rules.append(LinearConstraint(sums, values, values))
        for part in self._parts():
            rest = np.zeros((len(self.cells), self.size))
            rest[:, self._block(part.within or "")] += np.eye(len(self.cells))
            rest[:, self._block(part.code)] -= np.eye(len(self.cells))
            rules.append(LinearConstraint(csr_array(rest), 0, np.inf))
        return rules

    def _parts(self) -> list[Quantity]:
        return [quantity for quantity in self.quantities.values() if quantity.within]

    def _block(self, quantity: str) -> slice:
        return slice(self.at[quantity], self.at[quantity] + len(self.cells))

    def _least(self, form: np.ndarray) -> int:
        """The least value in whole numbers. The linear bound settles it when a whole-number table reaches it."""
        solution = self._solve(form, whole=False)
        if np.abs(solution - solution.round()).max() > WHOLE:
            solution = self._solve(form, whole=True)
        return int(form @ solution.round())

    def _solve(self, form: np.ndarray, *, whole: bool) -> np.ndarray:
        found = milp(
            form,
            integrality=np.full(self.size, int(whole)),
            bounds=Bounds(0, np.inf),
            constraints=self.rules,
            options={"mip_rel_gap": 0},
        )
        if found.x is None:
            raise Contradiction(f"No whole numbers fit what is published: {found.message}")
        return np.asarray(found.x)
