"""The pictures of a report: for each indicator its half-years side by side, and its groups in one of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from app.indicators.wording import Bar
from app.plan.reports.figures import measured as number_of
from app.plan.reports.figures import told
from app.plan.reports.wording import measured, period_named
from app.web.formats import format_number
from app.web.languages import text_in

TOTALS = "total"  # the name of the picture of the half-years, beside those of the cuts
PER_CENT, PER_100 = "percent", "per_100"
THEMES = ("light", "dark")  # of screens
LEAST_BARS = 2  # one bar beside words that say it is hidden shows nothing that its number does not


def names_of(indicator: Mapping[str, Any]) -> Iterator[str]:
    """The pictures that an indicator has: where there is something to compare."""
    if sum(number_of(indicator, total) is not None for total in indicator["totals"]) >= LEAST_BARS:
        yield TOTALS
    beside = in_percent(indicator) and number_of(indicator, indicator["totals"][-1]) is not None
    for cut in indicator["cuts"]:
        groups = sum(drawn_of(indicator, line) for line in told(indicator, cut))
        if groups and groups + beside >= LEAST_BARS:
            yield cut["code"]


def drawn_of(indicator: Mapping[str, Any], line: Mapping[str, Any]) -> bool:
    return number_of(indicator, line["values"][-1]) is not None


def tells(indicator: Mapping[str, Any], cut: Mapping[str, Any]) -> bool:
    """Whether a table shows any number of a group; one in which everything is hidden is a sentence."""
    values = [value for line in told(indicator, cut) for value in line["values"] if value]
    return any(value["count"] is not None or value["of"] is not None for value in values)


def in_percent(indicator: Mapping[str, Any]) -> bool:
    """Whether its bars are shares on a marked axis; otherwise they are only as long as each other."""
    return bool(indicator["unit"] == PER_CENT)


def bars_of(indicator: Mapping[str, Any], name: str) -> tuple[Bar, ...]:
    """The bars of one picture, in the language spoken. Raises KeyError for a picture that there is not."""
    if name not in names_of(indicator):
        raise KeyError(name)
    if name == TOTALS:
        named = [(period_named(period), value) for period, value in zip(*series(indicator), strict=True)]
        return bars(indicator, named)
    cut = next(cut for cut in indicator["cuts"] if cut["code"] == name)
    groups = bars(indicator, [(text_in(line["name"]), line["values"][-1]) for line in told(indicator, cut)])
    # Of plain numbers the sum would dwarf the groups that it is made of.
    return (*groups, total_of(indicator)) if in_percent(indicator) else groups


def series(indicator: Mapping[str, Any]) -> tuple[list[str], list[Any]]:
    return indicator["periods"], indicator["totals"]


def total_of(indicator: Mapping[str, Any]) -> Bar:
    total = indicator["totals"][-1]
    return Bar(_("All together"), total["rate"] if total else None, measured(indicator, total), is_total=True)


def bars(indicator: Mapping[str, Any], named: Sequence[tuple[str, Mapping[str, Any] | None]]) -> tuple[Bar, ...]:
    """A bar for each value: shares as they are, other numbers as parts of the longest."""
    numbers = [number_of(indicator, value) for _label, value in named]
    longest = 100 if in_percent(indicator) else max((number for number in numbers if number), default=0)
    return tuple(
        Bar(label, None if number is None else 100 * number / longest if longest else 0.0, beside_bar(indicator, value))
        for (label, value), number in zip(named, numbers, strict=True)
    )


def beside_bar(indicator: Mapping[str, Any], value: Mapping[str, Any] | None) -> str:
    """The figure as it fits beside its bar: of how many it is told stands in the table and under the picture."""
    number = number_of(indicator, value)
    return measured(indicator, value) if number is None or indicator["unit"] != PER_100 else format_number(number, 1)


def in_words(bars: tuple[Bar, ...]) -> str:
    """What a picture shows, for who cannot see it."""
    return "; ".join(_("%(group)s: %(value)s", group=bar.label, value=bar.said) for bar in bars)
