"""The pages that say how well each instrument works, and for whom. Nobody can be seen there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from app.access.guard import permit
from app.access.policy import Permission
from app.assessments import library
from app.assessments.figures import heavy, usage
from app.assessments.figures.follow_up import Kind, follow
from app.assessments.figures.survival_picture import Picture, picture
from app.assessments.figures.wording import (
    AGE_LABELS,
    COLUMNS,
    CUT_LABELS,
    EVENT_LABELS,
    LINES,
    not_equal_at_once,
    shown,
)
from app.assessments.instrument import Instrument
from app.assessments.labels import LEVEL_LABELS, level_label
from app.assessments.rating.second_rating import agreement_figures
from app.assessments.validation import practice
from app.assessments.validation.cells import LEAST_EVENTS, LEAST_PEOPLE
from app.assessments.validation.facts import Facts
from app.assessments.validation.question import Cut, Event, Question
from app.assessments.validation.tables import CURVES, WINDOW, Line, Table
from app.assessments.views.blueprint import bp
from app.assessments.vocabulary import Level, Use
from app.clients.vocabulary import Sex
from app.clock import today
from app.web.formats import format_date
from app.web.languages import text_in
from app.web.spreadsheets import csv_file

CSV_HEAD = ("table", "line", "label", "figure", "value", "low", "high", "obs_status")
DAY = timedelta(days=1)
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, and the instrument that it names; ``instrument`` is None when its file is gone."""

    question: Question
    flagged_from: Level
    instrument: Instrument | None
    versions: tuple[int, ...]

    @property
    def title(self) -> str:
        return text_in(self.instrument.title) if self.instrument else self.question.code

    @property
    def version_choices(self) -> list[tuple[int, str]]:
        return [(version, str(version)) for version in self.versions]


# No loader: the figures speak of nobody, so looking at them is not a read of anybody's record.
@bp.get("/validation")
@permit(Permission.VIEW_VALIDATION)
def validation() -> ResponseReturnValue:
    """The instruments that were used, and how many people could be followed."""
    used = usage.instruments_used(until())
    return render_template(
        "assessments/validation.html",
        used=[(row, instrument_of(row.code, int(row.version))) for row in used],
        until=until(),
        least=LEAST_PEOPLE,
    )


@bp.get("/validation/<instrument_code>")
@permit(Permission.VIEW_VALIDATION)
def validation_of(instrument_code: str) -> ResponseReturnValue:
    """Everything that is known about one version of an instrument, for one event and one cut."""
    asked = asked_for(instrument_code)
    tables = tables_of(asked)
    name_of = names(asked.question, tables)
    return render_template(
        "assessments/validation_of.html",
        asked=asked,
        tables={table.code: shown(table, name_of) for table in tables if table.code != CURVES},
        curves=next(drawn(table) for table in tables if table.code == CURVES),
        impossible=next(not_equal_at_once(table, name_of) for table in tables if table.code == "impossibility"),
        events=EVENT_LABELS,
        cuts=CUT_LABELS,
        levels={level: LEVEL_LABELS[level] for level in (Level.MEDIUM, Level.HIGH)},
        least=(LEAST_PEOPLE, LEAST_EVENTS),
        agreement=[one for one in agreement_figures() if one.instrument == asked.instrument],
    )


@bp.get("/validation/<instrument_code>/figures.csv")
@permit(Permission.VIEW_VALIDATION)
def validation_figures(instrument_code: str) -> ResponseReturnValue:
    """The figures of the page, no more of them, as a file."""
    asked = asked_for(instrument_code)
    tables = tables_of(asked)
    name_of = names(asked.question, tables)
    rows = (row for table in tables for line in table.lines for row in rows_of(table, line, name_of))
    return csv_file(f"validation-{asked.question.code}.csv", CSV_HEAD, rows)


def until() -> date:
    """Figures stand still within a month, so that no single event can be read from a figure that has moved."""
    return today().replace(day=1)


def instrument_of(code: str, version: int) -> Instrument | None:
    return library.shelf().get((code, version))


def asked_for(code: str) -> Asked:
    used = [int(row.version) for row in usage.instruments_used(until()) if row.code == code]
    known = {number for (name, number), one in library.shelf().items() if name == code and one.use is Use.ASSESSMENT}
    versions = tuple(sorted(known | set(used), reverse=True)) or abort(404)
    version = request.args.get("version", used[0] if used else versions[0], type=int)
    if version not in versions:
        abort(404)
    event, cut = chosen("event", Event.NEW_OFFENCE), chosen("cut", Cut.SEX)
    flagged_from = chosen("flagged", Level.MEDIUM)
    question = Question(code, version, event, cut, until())
    return Asked(question, flagged_from, instrument_of(code, version), versions)


def chosen(name: str, usual: Choice) -> Choice:
    """The member of the enumeration of ``usual`` that the address names; 404 for none of them."""
    try:
        return type(usual)(request.args.get(name, usual.value))
    except ValueError:
        abort(404)


def tables_of(asked: Asked) -> list[Table]:
    question = asked.question
    found = follow(question)
    groups = tuple(sorted({str(row.group) for row in found[Kind.LIVES] if row.group is not None}))
    facts = Facts(found[Kind.OUTCOMES], found[Kind.LIVES], found[Kind.DRIFT], groups)
    return [
        *heavy.report(facts, asked.flagged_from),
        practice.overrides(usage.overrides(question)),
        practice.answers(usage.answers(question)),
    ]


def drawn(table: Table) -> Picture | None:
    lines = [(line.key, [float(one.value or 0) for one in line.figures]) for line in table.lines if line.figures]
    return picture(lines, [int(column.removeprefix("after_")) for column in table.columns])


def names(question: Question, tables: Iterable[Table]) -> Callable[[str], str]:
    """What gives the words of every line and every group that the tables name."""
    keys = {line.key for table in tables for line in table.lines}
    words = {key: str(label) for key, label in {**COLUMNS, **LINES}.items()}
    words |= {level.value: level_label(level) for level in Level}
    words |= {sex.value: str(sex.label) for sex in Sex}
    words |= {f"{WINDOW}{place}": span(*days) for place, days in enumerate(question.windows)}
    words |= {code: text_in(office) for code, office in usage.offices_by_code(keys).items()}
    if question.cut is Cut.AGE:
        words |= {band: str(label) for band, label in AGE_LABELS.items()}
    if question.cut is Cut.REGION:
        words |= {code: text_in(region.name_on(today())) for code, region in usage.regions_by_code(keys).items()}
    return lambda key: words.get(key, key)


def span(start: date, end: date) -> str:
    return f"{format_date(start)} – {format_date(end - DAY)}"


def rows_of(table: Table, line: Line, name_of: Callable[[str], str]) -> Iterable[tuple[str | float | None, ...]]:
    """A row for each figure; those of too few people are missing with SDMX's Q, as in a release."""
    place = table.code, line.key, name_of(line.key)
    if line.figures is None:
        return [(*place, column, None, None, None, "Q") for column in table.columns]
    return [
        (*place, column, figure.value, figure.low, figure.high, "A")
        for column, figure in zip(table.columns, line.figures, strict=True)
    ]
