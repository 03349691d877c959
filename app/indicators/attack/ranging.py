"""The least and the greatest that sums of unknown whole numbers can be, exactly.

A linear bound is the answer when a whole-number table reaches it; tables that were met on the way are kept, and settle
many other sums. Only where neither settles a sum is it asked in whole numbers.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from app.indicators.attack.reducing import FAR, Part, Rules, names_of, reduce
from app.indicators.tables import Contradiction

GLANCES = 8  # tables met before the sums are taken one by one
WHOLE = 1e-6  # a bound this near to a whole number is that number
SECONDS = 20.0  # for one question in whole numbers
OPTIMAL, LIMIT, INFEASIBLE, UNBOUNDED = 0, 1, 2, 3  # scipy.optimize.milp


@dataclass(frozen=True, slots=True)
class Range:
    """``high`` None: there is no greatest. ``exact`` False: time ran out, the numbers between are surely possible."""

    low: int
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
        low, high, exact = int(self.reduced.settled[form]), int(self.reduced.settled[form]), True
        endless = False
        for field, place in self.where[form]:
            low += field.least(place)
            top = field.greatest(place)
            endless, high = endless or top is None, high + (top or 0)
            exact = exact and place not in field.unsettled
        return Range(low, None if endless else high, exact)

    def seen(self, form: int) -> Range:
        """What is known to be possible without asking more."""
        start = int(self.reduced.settled[form])
        places = self.where[form]
        return Range(
            start + sum(field.seen_low(place) for field, place in places),
            start + sum(field.seen_high(place) for field, place in places),
        )


class _Field:
    """One part of the system, its sums, and the possible tables met so far."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.forms, self.same = _once(part.forms)
        count = self.forms.shape[0]
        endless = part.most >= FAR
        up, down = self.forms.maximum(0), (-self.forms).maximum(0)
        reach = np.where(endless, 0, part.most)
        self.floor = np.where(down @ endless > 0, -FAR, up @ part.least - down @ reach).astype(np.int64)
        self.ceiling = np.where(up @ endless > 0, FAR, up @ reach - down @ part.least).astype(np.int64)
        self.low = np.full(count, FAR, dtype=np.int64)  # of the tables met
        self.high = np.full(count, -FAR, dtype=np.int64)
        self.unsettled: set[int] = set()

    def look_around(self) -> None:
        """Meet some tables that make many sums large or small at once."""
        self._ask(np.zeros(self.part.rules.rows.shape[1]))
        tame = np.flatnonzero((self.floor > -FAR) & (self.ceiling < FAR))
        for turn in range(GLANCES if len(tame) > 1 else 0):
            signs = np.array([1 if (order >> turn // 2) + turn & 1 else -1 for order in range(len(tame))])
            self._ask(np.asarray(signs @ self.forms[tame], dtype=float))

    def seen_low(self, place: int) -> int:
        return int(self.low[self.same[place]])

    def seen_high(self, place: int) -> int:
        return int(self.high[self.same[place]])

    def least(self, place: int) -> int:
        found = self._end(place, 1)
        return found if found is not None else -FAR

    def greatest(self, place: int) -> int | None:
        found = self._end(place, -1)
        return None if found is None else -found

    def _end(self, place: int, sign: int) -> int | None:
        """The least of sign × sum; None: there is none."""
        form = int(self.same[place])
        floor = int(self.floor[form]) if sign > 0 else -int(self.ceiling[form])
        if self._seen(form, sign) <= floor:
            return self._seen(form, sign)
        aim = np.asarray(sign * self.forms[[form]].toarray()[0], dtype=float)
        bound = self._ask(aim)
        if bound is None:
            return None
        if self._seen(form, sign) > np.ceil(bound - WHOLE) and not self._ask_whole(aim):
            self.unsettled.add(place)
        return self._settle(form, sign)

    def _seen(self, form: int, sign: int) -> int:
        return int(self.low[form]) if sign > 0 else -int(self.high[form])

    def _settle(self, form: int, sign: int) -> int:
        if sign > 0:
            self.floor[form] = self.low[form]
        else:
            self.ceiling[form] = self.high[form]
        return self._seen(form, sign)

    def _ask(self, aim: np.ndarray) -> float | None:
        """The linear bound; None: there is none. A whole-number table that reaches it is kept."""
        found = self._solve(aim, whole=False)
        if found.status == UNBOUNDED or (found.status not in (OPTIMAL, INFEASIBLE) and found.x is None):
            return None
        if found.x is None:
            raise Contradiction("No whole numbers fit what is published.")
        if not self._keep(found.x) and not aim.any():
            self._ask_whole(aim)
        return float(found.fun)

    def _ask_whole(self, aim: np.ndarray) -> bool:
        """Look for the whole-number table that makes the aim least; whether it is proven to be the least."""
        found = self._solve(aim, whole=True)
        if found.x is None and found.status == INFEASIBLE:
            raise Contradiction("No whole numbers fit what is published.")
        kept = found.x is not None and self._keep(found.x)
        return bool(kept and found.status == OPTIMAL)

    def _keep(self, numbers: np.ndarray) -> bool:
        """Keep a table if, rounded to whole numbers, it fits every row exactly, whatever tolerance the solver has."""
        part, table = self.part, np.rint(numbers).astype(np.int64)
        if np.abs(numbers - table).max(initial=0) > WHOLE:
            return False
        sums = part.rules.rows @ table
        fits = (
            (part.least <= table).all()
            and (table <= part.most).all()
            and (part.rules.low <= sums).all()
            and (sums <= part.rules.high).all()
        )
        if fits:
            values = np.asarray(self.forms @ table)
            np.minimum(self.low, values, out=self.low)
            np.maximum(self.high, values, out=self.high)
        return bool(fits)

    def _solve(self, aim: np.ndarray, *, whole: bool) -> Any:
        part, rules = self.part, self.part.rules
        low = np.where(rules.low > -FAR, rules.low.astype(float), -np.inf)
        high = np.where(rules.high < FAR, rules.high.astype(float), np.inf)
        return milp(
            aim,
            integrality=np.full(aim.size, int(whole)),
            bounds=Bounds(part.least.astype(float), np.where(part.most < FAR, part.most.astype(float), np.inf)),
            constraints=[LinearConstraint(rules.rows, low, high)] if rules.rows.shape[0] else (),
            options={"mip_rel_gap": 0, "time_limit": SECONDS},
        )


def _once(forms: csr_array) -> tuple[csr_array, np.ndarray]:
    """Each different sum once, and which of them each form is."""
    _, same = names_of(forms)
    _, first = np.unique(same, return_index=True)
    return csr_array(forms[first]), same
