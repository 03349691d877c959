"""What an outsider can derive about every hidden figure from all that is published.

Nothing here has seen the facts, and nothing here is used in choosing what to hide: it sees a release as a stranger
does. The finest cells are unknown whole numbers not below nought, every shown figure is an equation, every part is
within its whole, and each hidden figure is made as small and as large as these allow.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from app.indicators.tables import TOTAL, Cells, Contradiction, Figure, Key, Quantity, Release, finest, wide_enough

GLANCES = 8  # tables met before the figures are taken one by one
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
    outsider.look_around([form for *_, form in outsider.unknowns(release)])
    return [
        Interval(quantity.code, key, outsider.least(form), outsider.greatest(form), of)
        for quantity, key, of, form in outsider.unknowns(release)
    ]


def is_safe(release: Release) -> bool:
    """Whether every interval that ``attack`` would find is wide enough, without working out the wide ones to the end.

    Two whole-number tables that agree with all that is shown and lie far enough apart settle a figure.
    """
    outsider = _Outsider(release)
    unknowns = list(outsider.unknowns(release))
    outsider.look_around([form for *_, form in unknowns])
    return all(_is_vague(outsider, quantity, form, release.threshold) for quantity, _, _, form in unknowns)


def _is_vague(outsider: "_Outsider", quantity: Quantity, form: np.ndarray, threshold: int) -> bool:
    if not outsider.has_greatest(form) or wide_enough(*outsider.seen_range(form), quantity, threshold):
        return True
    low = outsider.least(form)
    return wide_enough(low, outsider.seen_range(form)[1], quantity, threshold) or wide_enough(
        low, outsider.greatest(form), quantity, threshold
    )


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
        for quantity in release.quantities:  # where there is nobody, nobody was met and no minute was given
            shown += [
                Figure(quantity.code, figure.key, 0)
                for figure in shown
                if figure.quantity == quantity.shown_with and figure.value == 0
            ]
        self.bounded = self._bounded(shown)
        self.rules = self._rules(shown)
        self.seen: list[np.ndarray] = []  # whole-number tables that agree with everything shown

    def form(self, quantity: str, key: Key) -> np.ndarray:
        """The figure as a sum of the unknown cells."""
        summed = np.zeros(self.size)
        for place, cell in enumerate(self.cells):
            if all(code in (TOTAL, own) for code, own in zip(key, cell, strict=True)):
                summed[self.at[quantity] + place] = 1
        return summed

    def unknowns(self, release: Release) -> Iterable[tuple[Quantity, Key, str | None, np.ndarray]]:
        """What is not shown: hidden figures, then the rests of which either end is hidden."""
        shown = release.values()
        for (code, key), value in shown.items():
            if value is None:
                yield self.quantities[code], key, None, self.form(code, key)
        for code, key in shown:
            part = self.quantities[code]
            if part.within and None in (shown[code, key], shown[part.within, key]):
                yield part, key, part.within, self.form(part.within, key) - self.form(code, key)

    def has_greatest(self, form: np.ndarray) -> bool:
        return not (form[~self.bounded] > 0).any()

    def least(self, form: np.ndarray) -> int:
        """The least value in whole numbers of a form that is nowhere below nought."""
        return 0 if self.seen_range(form)[0] == 0 else self._least(form)

    def greatest(self, form: np.ndarray) -> int | None:
        """The greatest value in whole numbers; None when there is none."""
        return -self._least(-form) if self.has_greatest(form) else None

    def seen_range(self, form: np.ndarray) -> tuple[int, int]:
        """Between what values the form lies in the possible tables met so far."""
        if not self.seen:
            return 1, 0
        values = np.array(self.seen) @ form
        return int(values.min()), int(values.max())

    def look_around(self, forms: list[np.ndarray]) -> None:
        """Meet some tables that make many forms large or small at once."""
        bounded = [form for form in forms if self.has_greatest(form)]
        for turn in range(GLANCES if bounded else 0):
            signs = [1 if (order >> turn // 2) + turn & 1 else -1 for order in range(len(bounded))]
            self._least(np.array(signs) @ np.array(bounded))

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
        if np.abs(solution - solution.round()).max() > WHOLE or not self._agrees(solution.round()):
            solution = self._solve(form, whole=True)
        table = solution.round()
        if not self._agrees(table):
            raise Contradiction("The solver's answer does not agree with what is published.")
        self.seen.append(table)
        return int(form @ table)

    def _agrees(self, table: np.ndarray) -> bool:
        """Whether whole numbers keep every rule exactly, whatever tolerance the solver has."""
        sums = [(rule.A @ table, rule.lb, rule.ub) for rule in self.rules]
        return bool((table >= 0).all() and all(((low <= got) & (got <= high)).all() for got, low, high in sums))

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
