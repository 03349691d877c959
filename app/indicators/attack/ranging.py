"""The least and the greatest that sums of unknown whole numbers can be, exactly.

A linear bound is the answer when a whole-number table reaches it; tables that were met on the way are kept, and settle
many other sums. Only where neither settles a sum is it asked in whole numbers.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from app.indicators.attack.asking import Asking
from app.indicators.attack.reducing import FAR, Part, Rules, names_of, reduce

GLANCES = 8  # tables met before the sums are taken one by one
WHOLE = 1e-6  # a number this near to a whole one is that whole one
SCALES = (1, 2, 3, 4, 6, 12, 60, 5040)  # fractions of multipliers that are tried as such


@dataclass(frozen=True, slots=True)
class Range:
    """None: there is no least, no greatest. ``exact`` False: time ran out; what lies between is surely possible."""

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

    def range(self, form: int) -> Range:
        """From the least to the greatest value. Parts have nothing in common, so their ends add up."""
        settled, places = int(self.reduced.settled[form]), self.where[form]
        lows = [field.least(place) for field, place in places]
        highs = [field.greatest(place) for field, place in places]
        return Range(
            None if None in lows else settled + sum(low for low in lows if low is not None),
            None if None in highs else settled + sum(high for high in highs if high is not None),
            all(field.is_settled(place) for field, place in places),
        )

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
        self.unsettled: set[int] = set()
        self.proven = self.branched = 0

    def look_around(self) -> None:
        """Meet some tables that make many sums large or small at once."""
        nothing = np.zeros(self.part.least.size, dtype=np.int64)
        if not self._keep(self.asking.in_fractions(nothing.astype(float)).numbers):
            self._keep(self.asking.in_whole_numbers(nothing.astype(float)).numbers)
        tame = np.flatnonzero((self.floor > -FAR) & (self.ceiling < FAR))
        for turn in range(GLANCES if len(tame) > 1 else 0):
            signs = np.array([1 if (order >> turn // 2) + turn & 1 else -1 for order in range(len(tame))])
            self._keep(self.asking.in_fractions(np.asarray(signs @ self.forms[tame], dtype=float)).numbers)

    def seen(self, place: int) -> tuple[int, int]:
        """Between which values the sum lies in the tables met."""
        return int(self.low[self.same[place]]), int(self.high[self.same[place]])

    def least(self, place: int) -> int | None:
        return self._end(int(self.same[place]), 1)

    def greatest(self, place: int) -> int | None:
        end = self._end(int(self.same[place]), -1)
        return None if end is None else -end

    def is_settled(self, place: int) -> bool:
        return int(self.same[place]) not in self.unsettled

    def _end(self, form: int, sign: int) -> int | None:
        """The least of sign × sum; None: there is none."""
        if self._seen(form, sign) <= self._bound(form, sign):
            return self._seen(form, sign)
        aim = sign * self.forms[[form]].toarray()[0].astype(np.int64)
        answer = self.asking.in_fractions(aim.astype(float))
        if answer.bound is None:
            return None
        self._keep(answer.numbers)
        if self._seen(form, sign) <= self._proven(aim, answer.multipliers):
            self.proven += 1
        elif self._seen(form, sign) > np.ceil(answer.bound - WHOLE):
            self._branch(form, aim)
        return self._settle(form, sign)

    def _branch(self, form: int, aim: np.ndarray) -> None:
        """Look for the whole-number table that makes the aim least."""
        answer = self.asking.in_whole_numbers(aim.astype(float))
        self.branched += 1
        if not (self._keep(answer.numbers) and answer.settled):
            self.unsettled.add(form)

    def _seen(self, form: int, sign: int) -> int:
        return int(self.low[form]) if sign > 0 else -int(self.high[form])

    def _bound(self, form: int, sign: int) -> int:
        return int(self.floor[form]) if sign > 0 else -int(self.ceiling[form])

    def _settle(self, form: int, sign: int) -> int:
        if sign > 0:
            self.floor[form] = self.low[form]
        else:
            self.ceiling[form] = self.high[form]
        return self._seen(form, sign)

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
        if np.abs(numbers - table).max(initial=0) > WHOLE:
            return False
        sums = part.rules.rows @ table
        limits = ((part.least, table, part.most), (part.rules.low, sums, part.rules.high))
        fits = all(((low <= got) & (got <= high)).all() for low, got, high in limits)
        if fits:
            values = np.asarray(self.forms @ table)
            np.minimum(self.low, values, out=self.low)
            np.maximum(self.high, values, out=self.high)
        return fits


def _once(forms: csr_array) -> tuple[csr_array, np.ndarray]:
    """Each different sum once, and which of them each form is."""
    _, same = names_of(forms)
    _, first = np.unique(same, return_index=True)
    return csr_array(forms[first]), same
