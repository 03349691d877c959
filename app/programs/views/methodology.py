"""The methodology as everybody in the service may read it, and how it is used."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import permit
from app.access.policy import Permission
from app.assessments import library
from app.assessments.figures.wording import percent
from app.clients.vocabulary import Stage
from app.programs.methodology import documents, newest, rules
from app.programs.methodology.reading import stage_in_name
from app.programs.proposals.counts import counted
from app.programs.proposals.proposing import EVERY, AreaKind, Rule
from app.programs.proposals.use import LEAST, Figure, Shown, in_order
from app.programs.proposals.wording import adaptation_in_words, kind_in_words, level_in_words
from app.programs.views.blueprint import bp
from app.programs.wording import area_in_words
from app.web.languages import text_in
from app.web.spreadsheets import csv_file

ORDER = (*Stage, EVERY)
CSV_HEAD = (
    "stage", "rule", "area", "goal", "proposed", "taken", "taken_share", "changed", "changed_share", "declined",
    "declined_share", "achieved", "achieved_share", "obs_status",
)  # fmt: skip

bp.add_app_template_filter(stage_in_name, "stage_in_name")
bp.add_app_template_filter(kind_in_words, "kind_in_words")
bp.add_app_template_filter(percent, "share_in_words")
bp.add_app_template_filter(level_in_words, "level_of_rule")


# No loader: the methodology speaks of nobody, so reading it is not a read of anybody's record.
@bp.get("/methodology")
@permit(Permission.VIEW_METHODOLOGY)
def methodology() -> ResponseReturnValue:
    """The methodology of every stage, and the versions before."""
    in_force = [newest(stage) for stage in ORDER]
    earlier = [one for one in documents().values() if one not in in_force]
    return render_template("programs/methodology.html", in_force=in_force, earlier=earlier)


@bp.get("/methodology/<methodology_stage>/<int:methodology_version>")
@permit(Permission.VIEW_METHODOLOGY)
def methodology_of(methodology_stage: str, methodology_version: int) -> ResponseReturnValue:
    """One version as a whole, area by area."""
    named = {stage_in_name(stage): stage for stage in ORDER}
    one = documents().get((named.get(methodology_stage, ""), methodology_version)) or abort(404)
    return render_template(
        "programs/methodology_of.html", document=one, instruments_of=instruments_of, stage_in_words=stage_in_words,
        kinds=[(kind, [area for area in one.areas if area.kind is kind]) for kind in AreaKind],
    )  # fmt: skip


@bp.get("/methodology/use")
@permit(Permission.VIEW_METHODOLOGY_USE)
def methodology_use() -> ResponseReturnValue:
    """What becomes of the proposals of each rule, over all signed programmes."""
    rows = {row.rule: row for row in in_order([rule.code for rule in rules_in_order()], counted())}
    stages = [
        (stage, [(rule, rows[rule.code]) for rule in members if rows[rule.code].proposed != 0],
         [rule for rule in members if rows[rule.code].proposed == 0])
        for stage, members in by_stage()
    ]  # fmt: skip
    return render_template(
        "programs/methodology_use.html", stages=stages, least=LEAST, stage_in_words=stage_in_words, name_of=name_of
    )


@bp.get("/methodology/use.csv")
@permit(Permission.VIEW_METHODOLOGY_USE)
def methodology_figures() -> ResponseReturnValue:
    """The figures of the page, no more of them, as a file."""
    found = in_order([rule.code for rule in rules_in_order()], counted())
    known = rules()
    return csv_file("methodology-use.csv", CSV_HEAD, (csv_row(known[row.rule], row) for row in found))


def rules_in_order() -> list[Rule]:
    return [rule for _stage, members in by_stage() for rule in members]


def by_stage() -> list[tuple[str, list[Rule]]]:
    """Every rule that there ever was, under its stage."""
    return [(stage, [rule for rule in rules().values() if rule.stage == stage]) for stage in ORDER]


def csv_row(rule: Rule, row: Shown) -> tuple[str | float | None, ...]:
    """What is about too few people is missing with SDMX's Q, as in a release."""
    figures = (row.taken, row.changed, row.declined, row.achieved)
    values = [value for figure in figures for value in numbers(figure)]
    status = "Q" if row.proposed is None or None in figures else "A"
    return (rule.stage, rule.code, rule.area, text_in(rule.goal), row.proposed, *values, status)


def numbers(figure: Figure | None) -> tuple[float | None, float | None]:
    return (figure.number, round(figure.share, 4)) if figure else (None, None)


def instruments_of(rule: Rule) -> str:
    """The instruments that a rule names, as people call them."""
    titles = {instrument.code: text_in(instrument.title) for instrument in library.shelf().values()}
    return ", ".join(titles.get(code, code) for code in rule.instruments)


def name_of(rule: Rule) -> str:
    return adaptation_in_words(rule.area) if rule.kind is AreaKind.RESPONSIVITY else area_in_words(rule.area)


def stage_in_words(stage: str) -> str:
    return _("every stage") if stage == EVERY else str(Stage(stage).label)
