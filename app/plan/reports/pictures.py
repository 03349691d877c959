"""The pictures of a report: for each indicator its half-years side by side, and its groups in one of them."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from app.indicators.wording import Bar, percent
from app.plan.reports.wording import period_named
from app.web.languages import text_in

TOTALS = "total"  # the name of the picture of the half-years, beside those of the cuts
PER_CENT = "percent"
THEMES = ("light", "dark")  # of screens


def names_of(indicator: Mapping[str, Any]) -> Iterator[str]:
    """The pictures that an indicator has: none where there is no share to draw."""
    if indicator["unit"] != PER_CENT:
        return
    if len(indicator["periods"]) > 1:
        yield TOTALS
    yield from (cut["code"] for cut in indicator["cuts"] if cut["lines"])


def bars_of(indicator: Mapping[str, Any], name: str) -> tuple[Bar, ...]:
    """The bars of one picture, in the language spoken. Raises KeyError for a picture that there is not."""
    if name not in names_of(indicator):
        raise KeyError(name)
    if name == TOTALS:
        pairs = zip(indicator["periods"], indicator["totals"], strict=True)
        return tuple(bar(period_named(period), value) for period, value in pairs)
    cut = next(cut for cut in indicator["cuts"] if cut["code"] == name)
    lines = [bar(text_in(line["name"]), line["values"][-1]) for line in cut["lines"]]
    return (*lines, bar(_("All together"), indicator["totals"][-1], is_total=True))


def bar(label: str, value: Mapping[str, Any] | None, *, is_total: bool = False) -> Bar:
    return Bar(label, value["rate"] if value else None, said(value), is_total)


def said(value: Mapping[str, Any] | None) -> str:
    """A share in words, or why there is none."""
    if value is None:
        return _("not counted then")
    if value["hidden"]:
        return _("hidden")
    return _("nobody to count") if value["rate"] is None else percent(value["rate"])


def in_words(bars: tuple[Bar, ...]) -> str:
    """What a picture shows, for who cannot see it."""
    return "; ".join(_("%(group)s: %(value)s", group=bar.label, value=bar.said) for bar in bars)
