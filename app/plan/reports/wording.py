"""How a report and its half-years, figures and texts are called in the language spoken."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from app.indicators.periods import NoSuchPeriod, parse
from app.indicators.wording import half_year, percent
from app.plan.reports.vocabulary import ReportKind
from app.web.formats import format_number
from app.web.languages import LANGUAGES, language, speaking

OTHERWISE = {"kk": "ru", "ru": "kk", "en": "ru"}  # where a text is not written in the language of the page
HALF_YEAR_CODE = 6  # 2026H1


def in_all_languages(label: Any) -> dict[str, str]:
    """Words that wait for their language, in each of them."""
    found = {}
    for code in LANGUAGES:
        with speaking(code):
            found[code] = str(label)
    return found


def period_named(code: str) -> str:
    """A half-year, a year, or the years of a plan."""
    try:
        return half_year(parse(code)) if len(code) == HALF_YEAR_CODE else _("%(year)s", year=code.replace("-", "–"))
    except NoSuchPeriod:
        return code


def title_of(content: Mapping[str, Any]) -> str:
    """What the report is called, with its period."""
    label = ReportKind(content["kind"]).label
    return _("%(report)s: %(period)s", report=label, period=period_named(content["period"]))


def measured(indicator: Mapping[str, Any], value: Mapping[str, Any] | None) -> str:
    """The figure of an indicator in its own measure, or why there is none."""
    if value is None:
        return _("not counted then")
    if value["hidden"]:
        return _("hidden")
    number = value["count"] if indicator["unit"] == "count" else value["rate"]
    if number is None:
        return _("nobody to count")
    return number_in(indicator, number)


def number_in(indicator: Mapping[str, Any], number: float) -> str:
    if indicator["unit"] == "percent":
        return percent(number)
    if indicator["unit"] == "count":
        return format_number(number)
    return _("%(rate)s per 100", rate=format_number(number, 1))


def change(indicator: Mapping[str, Any], by: float) -> str:
    """By how much a figure moved, with its sign."""
    sign = "+" if by > 0 else "−"
    number = format_number(abs(by), 0 if indicator["unit"] == "count" else 1)
    if indicator["unit"] == "percent":
        return _("%(change)s points", change=sign + number)
    return sign + number


def whole(number: int | None) -> str:
    return _("hidden") if number is None else format_number(number)


def written(texts: Mapping[str, Any]) -> tuple[str, str] | None:
    """What people wrote and in which language: that of the page, else the other one that it is written in."""
    spoken = language()
    for code in (spoken, OTHERWISE[spoken], OTHERWISE[OTHERWISE[spoken]]):
        if texts.get(code):
            return code, texts[code]
    return None


def written_only(texts: Mapping[str, Any]) -> str | None:
    """What people wrote in the language spoken and in no other: a sheet speaks one language."""
    return texts.get(language())
