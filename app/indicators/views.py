"""The pages of the indicators: which half-years are frozen, and one indicator of one half-year in a cut."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clock import now, today
from app.db import db
from app.indicators import heavy
from app.indicators.definitions import Definition
from app.indicators.models import Snapshot
from app.indicators.orders import order
from app.indicators.periods import HalfYear, NoSuchPeriod, half_year_of, parse
from app.indicators.queries import frozen, last_freezing, offices_named, snapshot_of, waiting
from app.indicators.rows import Row, rows_of
from app.indicators.tasks import freeze_soon
from app.indicators.wording import CUTS, Line, bars_of, explained, half_year, lines_of, percent, picture_in_words
from app.tasks.queue import ask
from app.web.languages import text_in
from app.web.refusals import NotPossible

bp = Blueprint("indicators", __name__)
bp.add_app_template_filter(half_year)
bp.add_app_template_filter(percent)
LONGEST_REASON = 2000
THEMES = ("light", "dark")


@bp.get("/indicators")
@permit(Permission.VIEW_INDICATORS)
def index() -> ResponseReturnValue:
    """The frozen half-years with their totals, and those that may be frozen."""
    current = half_year_of(today())
    return render_template(
        "indicators/index.html",
        totals=[(snapshot.half_year, totals_of(snapshot)) for snapshot in frozen()],
        waiting=waiting(today()),
        current=current,
    )


# No loader: a release speaks of nobody, so looking at it is not a read of anybody's record.
@bp.get("/indicators/<period>")
@permit(Permission.VIEW_INDICATORS)
def period(period: str) -> ResponseReturnValue:
    """One indicator of a frozen half-year: its definition, its picture, its table."""
    snapshot = frozen_or_404(period)
    definition = definition_or_404(snapshot, request.args.get("indicator", snapshot.defined[0].code))
    cut = cut_or_404()
    lines = lines_in(snapshot, definition, cut)
    return render_template(
        "indicators/period.html",
        snapshot=snapshot,
        definition=definition,
        cut=cut,
        indicators=[tab(snapshot, each, cut, text_in(each.name), each == definition) for each in snapshot.defined],
        cuts=[tab(snapshot, definition, name, str(label), name == cut) for name, (_table, label) in CUTS.items()],
        groups=[(name, list(group)) for name, group in groupby(lines, attrgetter("group"))],
        picture=picture_in_words(lines),
        any_hidden=any(line.hides_something for line in lines),
        explained=explained(definition),
    )


@bp.get("/indicators/<period>/<code>/chart.svg")
@permit(Permission.VIEW_INDICATORS)
def chart(period: str, code: str) -> ResponseReturnValue:
    """The picture of a table, for a light or a dark page."""
    snapshot, theme = frozen_or_404(period), request.args.get("theme", THEMES[0])
    lines = lines_in(snapshot, definition_or_404(snapshot, code), cut_or_404())
    if theme not in THEMES:
        abort(404)
    return Response(heavy.draw(bars_of(lines), theme), mimetype="image/svg+xml")


@bp.post("/indicators/<period>/snapshot")
@permit(Permission.FREEZE_INDICATORS)
def create_snapshot(period: str) -> ResponseReturnValue:
    """Have a period frozen, or revised for a reason; the work goes on in the background."""
    span = period_or_404(period)
    try:
        wanted = order(span, actor(), now(), request.form.get("because", "")[:LONGEST_REASON])
        name_subject(wanted)
    except NotPossible as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return redirect(url_for("indicators.index"))
    db.session.commit()
    ask(freeze_soon, wanted.id)
    return redirect(url_for("indicators.freezing", period=span))


@bp.get("/indicators/<period>/freezing")
@permit(Permission.FREEZE_INDICATORS)
def freezing(period: str) -> ResponseReturnValue:
    """How far the latest order to freeze the period has come, or what came of it."""
    wanted = last_freezing(period_or_404(period)) or abort(404)
    return render_template("indicators/freezing.html", freezing=wanted)


@bp.get("/indicators/<period>/freezing/progress")
@permit(Permission.FREEZE_INDICATORS)
def freezing_progress(period: str) -> ResponseReturnValue:
    """The part of the page that moves, for a page that stays open."""
    wanted = last_freezing(period_or_404(period)) or abort(404)
    answer = Response(render_template("indicators/_freezing.html", freezing=wanted))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@dataclass(frozen=True, slots=True)
class Tab:
    """A link to another indicator or another cut."""

    label: str
    url: str
    is_here: bool


def tab(snapshot: Snapshot, definition: Definition, cut: str, label: str, is_here: bool) -> Tab:
    url = url_for("indicators.period", period=snapshot.period, indicator=definition.code, cut=cut)
    return Tab(label, url, is_here)


def totals_of(snapshot: Snapshot) -> list[tuple[Definition, Row]]:
    """The total of each indicator."""
    release = snapshot.release
    return [(definition, rows_of(release, definition, ())[-1]) for definition in snapshot.defined]


def lines_in(snapshot: Snapshot, definition: Definition, cut: str) -> list[Line]:
    release = snapshot.release
    codes = next(each.categories for each in release.dimensions if each.code == "office")
    return lines_of(release, definition, cut, offices_named(codes))


def period_or_404(code: str) -> HalfYear:
    try:
        return parse(code)
    except NoSuchPeriod:
        abort(404)


def frozen_or_404(code: str) -> Snapshot:
    return snapshot_of(period_or_404(code)) or abort(404)


def definition_or_404(snapshot: Snapshot, code: str) -> Definition:
    return next((each for each in snapshot.defined if each.code == code), None) or abort(404)


def cut_or_404() -> str:
    cut = request.args.get("cut", next(iter(CUTS)))
    return cut if cut in CUTS else abort(404)
