"""Shown figures that should be hidden for their own sake, whatever stands around them."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.indicators.attack.outsider import Interval, Outsider
from app.indicators.bundles.joining import key_of
from app.indicators.bundles.reading import Bundle
from app.indicators.tables import TOTAL, Key

Spot = tuple[str, Key]
Values = Mapping[Spot, int | None]
Intervals = Mapping[tuple[str, Key, str | None], Interval]


def told_too_much(bundle: Bundle, outsider: Outsider, intervals: Intervals) -> Iterator[dict[str, Any]]:
    """Each figure of the bundle that tells about few people, or the same of everybody in a group, and why."""
    rules = _Rules(bundle, outsider, intervals)
    told: set[Spot] = set()
    for line in bundle.lines:
        spot = line.indicator, key_of(outsider.published.cuts, line)
        why = None if spot in told else rules.why(spot)
        if why:
            told.add(spot)
            about = {"table": line.table, "indicator": line.indicator, "key": dict(line.codes)}
            yield about | {"value": line.value, "why": why}


class _Rules:
    def __init__(self, bundle: Bundle, outsider: Outsider, intervals: Intervals) -> None:
        self.unknowns, self.threshold = outsider.unknowns, bundle.threshold
        self.cuts = outsider.published.cuts
        self.values: Values = outsider.published.values()
        self.intervals = intervals
        listed = bundle.about.get("attributes")
        self.attributes = {cut.code for cut in self.cuts if not isinstance(listed, list) or cut.code in listed}
        self.apart = {(one, other): pairs for one, other, pairs in outsider.published.nested}

    def why(self, spot: Spot) -> str | None:
        if self.unknowns.quantities[spot[0]].unit > 1:
            return None  # an amount tells by whom it is made up, which no bundle says
        return self._few(spot) or self._everybody(spot)

    def _few(self, spot: Spot) -> str | None:
        """A small count, a small rest of the whole, none or all of it."""
        value, part = self.values[spot], self.unknowns.quantities[spot[0]]
        if value is None:
            return None
        if 0 < value < self.threshold:
            return "below the threshold"
        whole = self.unknowns.whole_of(part, spot[1]) if part.within else None
        above = self.values.get((part.within or "", whole)) if whole else None
        if above is None:
            return None
        if 0 < above - value < self.threshold:
            return f"leaves {above - value} of {part.within}"
        if above and value in (0, above):
            return f"{'none' if value == 0 else 'all'} of {part.within}"
        return None

    def _everybody(self, spot: Spot) -> str | None:
        """A plain count of one category of a group that is not empty, while nobody is in any other."""
        (code, key), described = spot, self.unknowns.quantities[spot[0]]
        if described.within or described.shown_with:
            return None
        for place, cut in enumerate(self.cuts):
            if cut.code not in self.attributes or key[place] not in cut.categories:
                continue
            others = [other for other in cut.categories if other != key[place] and self._can_be(key, place, other)]
            group = code, (*key[:place], TOTAL, *key[place + 1 :])
            beside = [self.values.get((code, (*key[:place], other, *key[place + 1 :])), -1) for other in others]
            is_all = self.values[spot] is not None and self.values.get(group) == self.values[spot]
            if others and self._least(group) > 0 and (is_all or not any(number != 0 for number in beside)):
                return f"everybody by {cut.code}"
        return None

    def _least(self, spot: Spot) -> int:
        """The least that a figure can be, as far as it is published at all."""
        if (value := self.values.get(spot)) is not None:
            return value
        found = self.intervals.get((*spot, None))
        return found.low if found else 0

    def _can_be(self, key: Key, place: int, other: str) -> bool:
        """Whether anybody could be of the other category: an office lies in its own region only."""
        codes = {cut.code: code for cut, code in zip(self.cuts, key, strict=True)} | {self.cuts[place].code: other}
        return all((codes[one], codes[two]) not in pairs for (one, two), pairs in self.apart.items())
