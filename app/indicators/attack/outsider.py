"""A stranger with paper and pencil: the unknowns, the equations, and one question for each figure that is not shown."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from app.indicators.attack.published import Published
from app.indicators.attack.ranging import Ranger
from app.indicators.attack.reducing import FAR, Rules
from app.indicators.attack.unknowns import Row, Unknowns
from app.indicators.tables import Key

NOT_NAMED = -1  # a whole that is in no table leaves no rest that anybody asks for


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the greatest whole number that a hidden figure can be; ``high`` None: there is no greatest.

    ``of`` is None for the figure itself; else this is about the rest that the figure leaves of that quantity,
    which is a figure too, though it is never printed. ``exact`` False: nothing beyond is possible and the width is
    enough, but whether the ends themselves are possible in whole numbers would have taken too long to find out.
    """

    quantity: str
    key: Key
    low: int
    high: int | None
    of: str | None = None
    exact: bool = True


class Outsider:
    """Everything that can be worked out from what is published."""

    def __init__(self, published: Published) -> None:
        self.published = published
        self.unknowns = Unknowns(published)
        self.asked = list(self._asked())
        rows = [*self.unknowns.rows(), *self._shown(), *self._rates()]
        forms = [self._form(quantity, key, of) for quantity, key, of in self.asked]
        low = np.array([-FAR if row.low is None else row.low for row in rows], dtype=np.int64)
        high = np.array([FAR if row.high is None else row.high for row in rows], dtype=np.int64)
        self.ranger = Ranger(Rules(self._matrix(rows), low, high), self._matrix(forms))
        self.ranger.look_around()

    def intervals(self) -> list[Interval]:
        """Of every figure and every rest that is not shown, in the order of the figures, the rests last."""
        found = []
        for at, (quantity, key, of) in enumerate(self.asked):
            ends = self.ranger.range(at, at_any_cost=False)
            if not ends.exact and not self._is_seen_vague(at, quantity):
                ends = self.ranger.range(at)
            found.append(Interval(quantity, key, ends.low or 0, ends.high, of, ends.exact and self.unknowns.exact))
        return found

    def is_safe(self) -> bool:
        """Whether each of them stays wide enough; those that are seen to be wide are not worked out to the end."""
        return all(self._is_vague(at, quantity) for at, (quantity, *_) in enumerate(self.asked))

    def _is_vague(self, at: int, quantity: str) -> bool:
        if self._is_seen_vague(at, quantity) or self.ranger.is_endless(at) or self._is_seen_vague(at, quantity):
            return True
        ends = self.ranger.range(at)
        if not ends.exact:
            return self._is_seen_vague(at, quantity)
        return is_vague(ends.low or 0, ends.high, self.unknowns.quantities[quantity].unit, self.published.threshold)

    def _is_seen_vague(self, at: int, quantity: str) -> bool:
        """Whether whole-number tables that were met show that the interval is wide enough, whatever its ends are."""
        return is_vague(*self.ranger.seen(at), self.unknowns.quantities[quantity].unit, self.published.threshold)

    def _asked(self) -> Iterable[tuple[str, Key, str | None]]:
        values = self.published.values()
        hidden = {(each.quantity, each.key): None for each in self.published.statements if each.value is None}
        for quantity, key in hidden:  # what is hidden in one table may stand in another
            yield quantity, key, None
        for (quantity, key), value in values.items():
            part = self.unknowns.quantities[quantity]
            whole = self.unknowns.whole_of(part, key) if part.within else None
            named = values.get((part.within or "", whole), NOT_NAMED) if whole else NOT_NAMED
            if named != NOT_NAMED and None in (value, named):
                yield quantity, key, part.within

    def _form(self, quantity: str, key: Key, of: str | None) -> Row:
        own = self.unknowns.places(quantity, key)
        if of is None:
            return Row(own, np.ones(own.size, np.int64), None, None)
        whole = self.unknowns.whole_of(self.unknowns.quantities[quantity], key) or key
        more = self.unknowns.places(of, whole)
        signs = np.concatenate([np.ones(more.size, np.int64), -np.ones(own.size, np.int64)])
        return Row(np.concatenate([more, own]), signs, None, None)

    def _shown(self) -> Iterable[Row]:
        """Every shown figure; where nobody is, nothing happened to anybody."""
        for each in self.published.statements:
            if each.value is None:
                continue
            places = self.unknowns.places(each.quantity, each.key)
            yield Row(places, np.ones(places.size, np.int64), each.value, each.value)
            if each.value == 0:
                yield from self._nothing_beside(each.quantity, each.key)

    def _nothing_beside(self, quantity: str, key: Key) -> Iterable[Row]:
        used = self.published.used(key)
        for other in self.unknowns.quantities.values():
            if other.shown_with == quantity and used <= self.unknowns.dims(other.code):
                places = self.unknowns.places(other.code, key)
                yield Row(places, np.ones(places.size, np.int64), 0, 0)

    def _rates(self) -> Iterable[Row]:
        for rate in self.published.rates:
            part = self.unknowns.places(rate.numerator, rate.key)
            quantity = self.unknowns.quantities[rate.numerator]
            key = self.unknowns.whole_of(quantity, rate.key) if quantity.within == rate.denominator else rate.key
            whole = self.unknowns.places(rate.denominator, key or rate.key)
            places = np.concatenate([part, whole])
            for end, low, high in ((rate.low, 0, None), (rate.high, None, 0)):
                weights = [np.full(part.size, rate.scale, np.int64), np.full(whole.size, -end, np.int64)]
                yield Row(places, np.concatenate(weights), low, high)

    def _matrix(self, rows: list[Row]) -> csr_array:
        """The rows as one sparse table. An unknown that a row names twice counts twice."""
        starts = np.cumsum([0, *(row.places.size for row in rows)])
        places = np.concatenate([np.zeros(0, np.int64), *(row.places for row in rows)])
        weights = np.concatenate([np.zeros(0, np.int64), *(row.coefficients for row in rows)])
        table = csr_array((weights, places, starts), shape=(len(rows), self.unknowns.size), dtype=np.int64)
        table.sum_duplicates()
        return table


def is_vague(low: int, high: int | None, unit: int, threshold: int) -> bool:
    """Whether an interval tells too little: as wide as the threshold; an amount also not known within its half."""
    if high is None:
        return True
    return high - low >= threshold * unit and (unit == 1 or high >= 2 * low)
