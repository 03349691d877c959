"""Figures of a report: those of several half-years side by side, and what moved from one to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

Words = Mapping[str, str]  # the same in kk, ru and en


@dataclass(frozen=True, slots=True)
class Value:
    """A figure as it was released. ``rate`` is in the indicator's own measure; what is hidden is None and says so."""

    count: float | None
    of: int | None
    rate: float | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A group of a cut, with its figure."""

    code: str
    name: Words
    value: Value


@dataclass(frozen=True, slots=True)
class Cut:
    """A table of one indicator: its groups, without the total."""

    code: str
    name: Words
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of one half-year, with its definition in words."""

    code: str
    version: int
    name: Words
    counted: Words
    of: Words
    explained: Words
    source: Words
    measures: tuple[int, ...]
    total: Value
    cuts: tuple[Cut, ...] = ()
    unit: str = "percent"  # of the rate: percent, per_100, count (there is no rate then)
    formula: Words | None = None
    is_description: bool = False  # it tells who the people are (measure 19), and is no indicator


@dataclass(frozen=True, slots=True)
class Source:
    """The frozen figures of one half-year: which revision, and by which hash it is known."""

    period: str
    revision: int
    sha256: str
    frozen_on: str
    indicators: tuple[Indicator, ...] = field(default=(), repr=False)


def side_by_side(sources: Sequence[Source]) -> list[dict[str, Any]]:
    """Each indicator of the last half-year, with its figures in all of them, as plain data; the earliest first.

    A half-year that did not know an indicator, or a group of it, has None in its place. The words are those of the
    last definition; ``versions`` names those of all, so that a reader sees where it changed.
    """
    if not sources:
        return []
    known = [{each.code: each for each in source.indicators} for source in sources]
    return [
        {
            **{name: plain(getattr(latest, name)) for name in TOLD},
            "periods": [source.period for source in sources],
            "versions": [by.get(latest.code).version if latest.code in by else None for by in known],  # type: ignore[union-attr]
            "totals": [asdict(by[latest.code].total) if latest.code in by else None for by in known],
            "cuts": [beside(cut, [by.get(latest.code) for by in known]) for cut in latest.cuts],
        }
        for latest in sources[-1].indicators
    ]


TOLD = (
    "code",
    "version",
    "name",
    "counted",
    "of",
    "explained",
    "source",
    "measures",
    "unit",
    "formula",
    "is_description",
)


def beside(cut: Cut, indicators: Sequence[Indicator | None]) -> dict[str, Any]:
    """One cut, with the figures of each group in all half-years."""
    found = [
        {line.code: line.value for each in (indicator.cuts if indicator else ()) if each.code == cut.code
         for line in each.lines}
        for indicator in indicators
    ]  # fmt: skip
    lines = [
        {
            "code": line.code,
            "name": dict(line.name),
            "values": [asdict(by[line.code]) if line.code in by else None for by in found],
        }
        for line in cut.lines
    ]
    return {"code": cut.code, "name": dict(cut.name), "lines": lines}


def moves(indicators: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What changed from the last half-year but one to the last, where both figures are shown and defined alike.

    ``by`` is in points of the rate, to one decimal; for an indicator without a rate, in its count.
    """
    found = []
    for each in indicators:
        if len(each["totals"]) < len(PAIR) or each["versions"][-2] != each["versions"][-1]:
            continue
        before, after = (measured(each, value) for value in each["totals"][-2:])
        if before is not None and after is not None and before != after:
            by = round(after - before, 1)
            found.append({"code": each["code"], "before": before, "after": after, "by": by})
    return found


PAIR = ("before", "after")


def measured(indicator: Mapping[str, Any], value: Mapping[str, Any] | None) -> float | None:
    if value is None or value["hidden"]:
        return None
    found: float | None = value["count"] if indicator["unit"] == "count" else value["rate"]
    return found


def told(indicator: Mapping[str, Any], cut: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The groups of a cut that a table tells of: without those in which there was nobody and nothing to count.

    That must be a figure of the last half-year that everybody is shown. What is hidden stays, whatever it is, and so
    does a group of which another half-year shows a number.
    """
    return [line for line in cut["lines"] if not is_empty(indicator, line["values"])]


def is_empty(indicator: Mapping[str, Any], values: Sequence[Mapping[str, Any] | None]) -> bool:
    """Whether the last figure of a group is shown as nobody, and no other one is shown as somebody."""
    whole = "count" if indicator["unit"] == "count" else "of"
    *earlier, last = [None if value is None or value["hidden"] else value[whole] for value in values]
    return last == 0 and not any(earlier)


def plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value
