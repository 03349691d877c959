"""The audit of a bundle: what a stranger can work out from it, and what it should not have shown.

It is told nothing but the bundle, earlier bundles, and, when somebody wants to see how near the intervals come, the
facts: these are only compared with what was found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.indicators.attack.outsider import Interval, Outsider, is_vague
from app.indicators.bundles.between import differences, is_same_period
from app.indicators.bundles.conflicts import conflict_in
from app.indicators.bundles.joining import key_of, together
from app.indicators.bundles.reading import Bundle
from app.indicators.bundles.telling import told_too_much
from app.indicators.bundles.true_numbers import Truth
from app.indicators.tables import TOTAL, Contradiction


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
    same = [each for each in earlier if is_same_period(bundle, each)]
    found = Audit(bundle.threshold, earlier=[{"name": each.name, "period": each.period} for each in earlier])
    released = [bundle, *same]
    outsider: Outsider | None
    try:
        outsider = Outsider(together(released))
    except Contradiction:
        released, outsider = [bundle], _alone(bundle, found)
    for note, each in zip(found.earlier, earlier, strict=True):
        note["facts"] = "the same" if each in released else "revised" if each in same else "of another period"
    found.differences += differences(bundle, earlier) if earlier else ()
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
            group = ", ".join(f"{name} {code}" for name, code in each["key"].items()) or "all"
            found.contradiction = f"The facts are not those of this bundle: {each['indicator']} of {group} is {number}."


def _alone(bundle: Bundle, found: Audit) -> Outsider | None:
    try:
        return Outsider(together([bundle]))
    except Contradiction:
        found.contradiction = conflict_in(together([bundle]))
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
    found.shown += told_too_much(released[0], outsider, intervals)


def _entry(interval: Interval, key: dict[str, str], units: Mapping[str, int], threshold: int) -> dict[str, Any]:
    return {
        "indicator": interval.quantity,
        "key": key,
        "low": interval.low,
        "high": interval.high,
        "safe": is_vague(interval.low, interval.high, units[interval.quantity], threshold),
    }
