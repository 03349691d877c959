"""The audit of a bundle: what a stranger can work out from it, and what it should not have shown.

It is told nothing but the bundle, earlier bundles, and, when somebody wants to see how near the intervals come, the
facts: these are only compared with what was found.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.indicators.attack.outsider import Interval, Outsider, is_vague
from app.indicators.attack.published import Published
from app.indicators.bundles.joining import key_of, together
from app.indicators.bundles.reading import Bundle
from app.indicators.bundles.true_numbers import Truth
from app.indicators.tables import TOTAL, Contradiction, Key

Values = Mapping[tuple[str, Key], int | None]


@dataclass(slots=True)
class Audit:
    """What was found. ``safe`` means: nothing hidden is too narrow, nothing is shown that must be hidden."""

    threshold: int
    hidden: list[dict[str, Any]] = field(default_factory=list)
    rests: list[dict[str, Any]] = field(default_factory=list)
    shown: list[dict[str, Any]] = field(default_factory=list)
    differences: list[dict[str, Any]] = field(default_factory=list)
    earlier: list[dict[str, Any]] = field(default_factory=list)
    contradiction: str | None = None
    exact: bool = True

    @property
    def safe(self) -> bool:
        narrow = [each for each in (*self.hidden, *self.rests) if not each["safe"]]
        return not (narrow or self.shown or self.differences or self.contradiction)


def audit(bundle: Bundle, earlier: Sequence[Bundle] = (), truth: Truth | None = None) -> Audit:
    """Attack a bundle, together with what was published before of the same period. Raises Unreadable.

    The truth is only set beside what was found.
    """
    same = [each for each in earlier if each.period == bundle.period or None in (each.period, bundle.period)]
    found = Audit(bundle.threshold, earlier=[{"name": each.name, "period": each.period} for each in earlier])
    released = [bundle, *same]
    outsider: Outsider | None
    try:
        outsider = Outsider(together(released))
    except Contradiction as fault:
        if not same:
            found.contradiction = str(fault)
            return found
        released, outsider = [bundle], _alone(bundle, found)
    for note, each in zip(found.earlier, earlier, strict=True):
        note["facts"] = "the same" if each in released else "revised" if each in same else "of another period"
    for before in same:
        found.differences += _differences(bundle, before)
    if outsider is not None:
        _tell(released, outsider, found)
    if truth is not None:
        _compare(found, truth)
    return found


def _compare(found: Audit, truth: Truth) -> None:
    """Set the true number beside each interval, and say when the facts are not those of the bundle."""
    for each in (*found.hidden, *found.rests):
        number = truth.number(each["indicator"], each["key"])
        if "of" in each:
            number = truth.number(each["of"], each["key"]) - number
        each["true"] = number
        if number < each["low"] or (each["high"] is not None and number > each["high"]):
            found.contradiction = (
                f"The facts are not those of this bundle: {each['indicator']} {each['key']} is {number}."
            )


def _alone(bundle: Bundle, found: Audit) -> Outsider | None:
    try:
        return Outsider(together([bundle]))
    except Contradiction as fault:
        found.contradiction = str(fault)
        return None


def _tell(released: Sequence[Bundle], outsider: Outsider, found: Audit) -> None:
    published = outsider.published
    intervals = {(each.quantity, each.key, each.of): each for each in outsider.intervals()}
    units = {each.code: each.unit for each in published.quantities}
    for bundle in released:
        for line in bundle.lines:
            if line.value is None:
                interval = intervals[line.indicator, key_of(published.cuts, line), None]
                where = (
                    {"table": line.table} if bundle is released[0] else {"table": line.table, "release": bundle.name}
                )
                found.hidden.append(where | _entry(interval, dict(line.codes), units, found.threshold))
    for interval in intervals.values():
        if interval.of is not None:
            key = {cut.code: code for cut, code in zip(published.cuts, interval.key, strict=True) if code != TOTAL}
            entry = _entry(interval, key, units, found.threshold)
            found.rests.append({"indicator": interval.quantity, "of": interval.of} | entry)
    found.exact = all(each.exact for each in intervals.values())
    found.shown += _told_too_much(released[0], outsider)


def _entry(interval: Interval, key: dict[str, str], units: Mapping[str, int], threshold: int) -> dict[str, Any]:
    return {
        "indicator": interval.quantity,
        "key": key,
        "low": interval.low,
        "high": interval.high,
        "safe": is_vague(interval.low, interval.high, units[interval.quantity], threshold),
    }


def _told_too_much(bundle: Bundle, outsider: Outsider) -> Iterator[dict[str, Any]]:
    """Shown figures that should be hidden for their own sake, whatever stands around them."""
    published, values = outsider.published, outsider.published.values()
    listed = bundle.about.get("attributes")
    attributes = {cut.code for cut in published.cuts if not isinstance(listed, list) or cut.code in listed}
    own = {(line.indicator, key_of(published.cuts, line)): line for line in bundle.lines if line.value is not None}
    for (quantity, key), line in own.items():
        why = _why(outsider, values, quantity, key) or _everybody(published, values, (quantity, key), attributes)
        if why:
            yield {
                "table": line.table,
                "indicator": quantity,
                "key": dict(line.codes),
                "value": line.value,
                "why": why,
            }


def _why(outsider: Outsider, values: Values, quantity: str, key: Key) -> str | None:
    part, value = outsider.unknowns.quantities[quantity], values[quantity, key]
    if part.unit > 1 or value is None:
        return None  # an amount tells by whom it is made up, which no bundle says
    if 0 < value < outsider.published.threshold:
        return "below the threshold"
    whole = outsider.unknowns.whole_of(part, key) if part.within else None
    above = values.get((part.within or "", whole)) if whole else None
    if above is None:
        return None
    if 0 < above - value < outsider.published.threshold:
        return f"leaves {above - value} of {part.within}"
    if above and value in (0, above):
        return f"{'none' if value == 0 else 'all'} of {part.within}"
    return None


def _everybody(published: Published, values: Values, spot: tuple[str, Key], attributes: Iterable[str]) -> str | None:
    """Whether a plain count is that of its whole group: then everybody there is of this code."""
    quantity, key = spot
    described = next(each for each in published.quantities if each.code == quantity)
    if described.within or described.shown_with or not values[spot]:
        return None
    for place, cut in enumerate(published.cuts):
        group = (*key[:place], TOTAL, *key[place + 1 :])
        tells = cut.code in attributes and len(cut.categories) > 1 and key[place] in cut.categories
        if tells and values.get((quantity, group)) == values[spot]:
            return f"everybody by {cut.code}"
    return None


def _differences(bundle: Bundle, before: Bundle) -> list[dict[str, Any]]:
    """Figures shown in both whose difference is about a few people."""
    published = together([bundle, before])
    units = {each.code: each.unit for each in published.quantities}
    then = {
        (line.indicator, key_of(published.cuts, line)): line.value for line in before.lines if line.value is not None
    }
    found = []
    for line in bundle.lines:
        earlier = then.get((line.indicator, key_of(published.cuts, line)))
        if line.value is None or earlier is None:
            continue
        if 0 < abs(line.value - earlier) < bundle.threshold * units[line.indicator]:
            about = {"table": line.table, "indicator": line.indicator, "key": dict(line.codes)}
            found.append(about | {"value": line.value, "before": earlier, "release": before.name})
    return found
