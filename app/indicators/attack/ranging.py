"""The least and the greatest that sums of unknown whole numbers can be, exactly.

A linear bound is the answer when a whole-number table reaches it; tables that were met on the way are kept, and settle
many other sums. Only where neither settles a sum is it asked in whole numbers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from app.indicators.attack.asking import WHOLE, Asking
from app.indicators.attack.reducing import FAR, Part, Rules, names_of, reduce

GLANCES = 8  # tables met before the sums are taken one by one
WEIGHT = 10  # of a question in whole numbers beside one in fractions
PATIENCE = 400_000  # unknowns that may be rounded for exact ends; then what is wide enough is left at its bound
SCALES = (1, 2, 3, 4, 6, 12, 60, 5040)  # fractions of multipliers that are tried as such


@dataclass(frozen=True, slots=True)
class Range:
    """None: there is no least, no greatest. ``exact`` False: nothing beyond is possible, an end itself may not be."""

    low: int | None
    high: int | None
    exact: bool = True


class Ranger:
    """All the sums that are asked about one system."""

    def __init__(self, rules: Rules, forms: csr_array) -> None:
        self.reduced = reduce(rules, forms)
        self.fields = [_Field(part) for part in self.reduced.parts]
        self.where: list[list[tuple[_Field, int]]] = [[] for _ in range(forms.shape[0])]
        for field in self.fields:
            for place, form in enumerate(field.part.asked):
                self.where[int(form)].append((field, place))

    def look_around(self) -> None:
        """Make sure that there is a possible table, and meet a few."""
        for field in self.fields:
            field.look_around()

    def range(self, form: int, *, at_any_cost: bool = True) -> Range:
        """From the least to the greatest value. Parts have nothing in common, so their ends add up."""
        settled, places = int(self.reduced.settled[form]), self.where[form]
        lows = [field.end(place, 1, at_any_cost=at_any_cost) for field, place in places]
        highs = [field.end(place, -1, at_any_cost=at_any_cost) for field, place in places]
        exact = all(exact for _, exact in (*lows, *highs))
        low, high = (_sum(end for end, _ in ends) for ends in (lows, highs))
        return Range(None if low is None else settled + low, None if high is None else settled - high, exact)

    def is_endless(self, form: int) -> bool:
        """Whether there is no greatest value."""
        return any(field.end(place, -1, at_any_cost=False)[0] is None for field, place in self.where[form])

    def seen(self, form: int) -> tuple[int, int]:
        """What is known to be possible without asking more."""
        settled = int(self.reduced.settled[form])
        ends = [field.seen(place) for field, place in self.where[form]]
        return settled + sum(low for low, _ in ends), settled + sum(high for _, high in ends)


class _Field:
    """One part of the system, its sums, and the possible tables met so far."""

    def __init__(self, part: Part) -> None:
        self.part, self.asking = part, Asking(part)
        self.forms, self.same = _once(part.forms)
        up, down = csr_array(self.forms.maximum(0)), csr_array((-self.forms).maximum(0))
        endless = part.most >= FAR
        reach = np.where(endless, 0, part.most)
        self.floor = np.where(down @ endless > 0, -FAR, up @ part.least - down @ reach).astype(np.int64)
        self.ceiling = np.where(up @ endless > 0, FAR, up @ reach - down @ part.least).astype(np.int64)
        self.low = np.full(self.forms.shape[0], FAR, dtype=np.int64)  # of the tables met
        self.high = np.full(self.forms.shape[0], -FAR, dtype=np.int64)
        self.proven = self.branched = self.spent = 0

    def look_around(self) -> None:
        """Meet some tables that make many sums large or small at once."""
        self._meet(np.zeros(self.part.least.size))
        tame = np.flatnonzero((self.floor > -FAR) & (self.ceiling < FAR))
        for turn in range(GLANCES if len(tame) > 1 else 0):
            signs = np.array([1 if (order >> turn // 2) + turn & 1 else -1 for order in range(len(tame))])
            self._keep(self.asking.in_fractions(np.asarray(signs @ self.forms[tame], dtype=float)).numbers)

    def _meet(self, aim: np.ndarray) -> None:
        """Meet one table at least: that there is none would be a contradiction."""
        numbers = self.asking.in_fractions(aim).numbers
        if numbers is None or self._keep(numbers) or self._keep(self.asking.rounded(aim, numbers, np.inf)):
            return
        self._keep(self.asking.in_whole_numbers(aim).numbers)

    def seen(self, place: int) -> tuple[int, int]:
        """Between which values the sum lies in the tables met."""
        return int(self.low[self.same[place]]), int(self.high[self.same[place]])

    def end(self, place: int, sign: int, *, at_any_cost: bool) -> tuple[int | None, bool]:
        """The least of sign × sum, and whether that is exact; None: there is none.

        Not at any cost: where only much work would tell, the answer may be a number below which it surely is not.
        """
        form = int(self.same[place])
        if self._seen(form, sign) <= self._bound(form, sign):
            return self._seen(form, sign), True
        if sign < 0 and self.ceiling[form] >= FAR and self.rising[form]:
            return None, True
        aim = sign * self.forms[[form]].toarray()[0].astype(np.int64)
        answer = self.asking.in_fractions(aim.astype(float))
        if answer.bound is None:
            return None, True
        self._keep(answer.numbers)
        proven = self._proven(aim, answer.multipliers)
        bound = max(proven, int(np.ceil(answer.bound - WHOLE)))
        exact = self._seen(form, sign) <= bound
        if not exact and (at_any_cost or self.spent < PATIENCE):
            exact = self._branch(form, sign, aim, answer.numbers, bound)
        self.proven += exact and self._seen(form, sign) <= proven
        self._settle(form, sign, self._seen(form, sign) if exact else bound)
        return self._bound(form, sign), exact

    @cached_property
    def rising(self) -> np.ndarray:
        """Which sums grow without end along one way that can be gone on and on; checked in whole numbers.

        It spares a question for each of them; a sum that it leaves out may have no greatest value all the same.
        """
        part, way = self.part, self.asking.way_up(self.forms)
        for scale in SCALES if way is not None else ():
            step = np.rint(np.asarray(way) * scale).astype(np.int64)
            sums = part.rules.rows @ step
            breaks = ((step < 0) | ((step > 0) & (part.most < FAR))).any() or (sums[part.rules.low > -FAR] < 0).any()
            if not breaks and not (sums[part.rules.high < FAR] > 0).any():
                return np.asarray(self.forms @ step > 0)
        return np.zeros(self.forms.shape[0], dtype=bool)

    def _branch(self, form: int, sign: int, aim: np.ndarray, fractions: np.ndarray | None, bound: int) -> bool:
        """Look for a whole-number table at the bound, or for the one that is nearest to it."""
        self.spent += aim.size
        wanted = aim.astype(float)
        if fractions is not None:
            self._keep(self.asking.rounded(wanted, fractions, bound))
        if self._seen(form, sign) <= bound:
            return True
        self.branched += 1
        self.spent += WEIGHT * aim.size
        answer = self.asking.in_whole_numbers(wanted)
        return self._keep(answer.numbers) and answer.settled

    def _seen(self, form: int, sign: int) -> int:
        return int(self.low[form]) if sign > 0 else -int(self.high[form])

    def _bound(self, form: int, sign: int) -> int:
        return int(self.floor[form]) if sign > 0 else -int(self.ceiling[form])

    def _settle(self, form: int, sign: int, end: int) -> None:
        if sign > 0:
            self.floor[form] = end
        else:
            self.ceiling[form] = -end

    def _proven(self, aim: np.ndarray, multipliers: np.ndarray | None) -> int:
        """A number below which the aim cannot be, proven without fractions; -FAR: these multipliers prove none.

        Any multiples of the rows, added up and taken from the aim, leave a sum that the limits of the unknowns keep
        above something. The solver's multipliers make this the best; made whole, they prove it exactly.
        """
        part, rules, best = self.part, self.part.rules, -FAR
        for scale in SCALES if multipliers is not None else ():
            whole = np.rint(np.asarray(multipliers) * scale).astype(np.int64)
            left = scale * aim - np.asarray(rules.rows.T @ whole)
            limit = np.where(whole > 0, rules.low, rules.high)[whole != 0]
            end = np.where(left > 0, part.least, part.most)[left != 0]
            if (np.abs(limit) < FAR).all() and (end < FAR).all():
                total = int(whole[whole != 0] @ limit + left[left != 0] @ end)
                best = max(best, -(-total // scale))
        return best

    def _keep(self, numbers: np.ndarray | None) -> bool:
        """Keep a table if, rounded to whole numbers, it fits every row exactly, whatever tolerance the solver has."""
        if numbers is None:
            return False
        part, table = self.part, np.rint(numbers).astype(np.int64)
        sums = part.rules.rows @ table
        limits = ((part.least, table, part.most), (part.rules.low, sums, part.rules.high))
        fits = all(((low <= got) & (got <= high)).all() for low, got, high in limits)
        if fits:
            values = np.asarray(self.forms @ table)
            np.minimum(self.low, values, out=self.low)
            np.maximum(self.high, values, out=self.high)
        return fits


def _sum(ends: Iterable[int | None]) -> int | None:
    known = list(ends)
    return None if None in known else sum(end for end in known if end is not None)


def _once(forms: csr_array) -> tuple[csr_array, np.ndarray]:
    """Each different sum once, and which of them each form is."""
    _, same = names_of(forms)
    _, first = np.unique(same, return_index=True)
    return csr_array(forms[first]), same
