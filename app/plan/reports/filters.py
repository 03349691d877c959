"""The words of reports for templates, on the screen, on paper and on the public page."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import Flask
from flask_babel import LazyString
from flask_babel import gettext as _

from app.plan.reports import wording
from app.plan.reports.figures import measured as number_of
from app.plan.reports.figures import told
from app.plan.reports.papers import picture_on_paper
from app.plan.reports.pictures import bars_of, in_words, names_of, tells
from app.plan.reports.vocabulary import LACKS, Section
from app.plan.vocabulary import Standing
from app.web.formats import format_number, long_date

KILOBYTE = 1024


def picture_in_words(indicator: Mapping[str, Any], name: str) -> str:
    return in_words(bars_of(indicator, name))


def by_section(texts: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {text["section"]: text for text in texts}


def section_label(section: str) -> LazyString:
    """A function, not a filter: a filtered constant is worked out once, in the language of whoever comes first."""
    return Section(section).label


def shows(indicator: Mapping[str, Any], value: Mapping[str, Any] | None) -> bool:
    """Whether the figure is a number, and not the words that say why there is none."""
    return number_of(indicator, value) is not None


def file_size(size: int) -> str:
    """In kilobytes, one at least: what a reader on a telephone asks before pressing."""
    return _("%(size)s KB", size=format_number(max(1, round(size / KILOBYTE))))


def register(app: Flask) -> None:
    app.jinja_env.globals["section_label"] = section_label
    app.jinja_env.filters.update(
        by_section=by_section,
        change=wording.change,
        file_size=file_size,
        iso_date=lambda day: long_date(date.fromisoformat(day)),
        lack_label=lambda standing: LACKS[Standing(standing)],
        measured=wording.measured,
        number_in=wording.number_in,
        period_named=wording.period_named,
        picture_in_words=picture_in_words,
        picture_on_paper=picture_on_paper,
        pictures=lambda indicator: list(names_of(indicator)),
        report_title=wording.title_of,
        shows=shows,
        tells=tells,
        told=told,
        whole=wording.whole,
        written=wording.written,
        written_only=wording.written_only,
    )
