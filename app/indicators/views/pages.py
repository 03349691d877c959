"""Frozen figures: the periods, one period with all its indicators, one indicator with its tables and pictures.

No loader anywhere here: a release speaks of nobody, so looking at it is not a read of anybody's record.
"""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.clock import today
from app.indicators import heavy
from app.indicators.bundles.queries import published_as
from app.indicators.definitions.book import Composition
from app.indicators.figure_lists import open_to
from app.indicators.models import Snapshot
from app.indicators.orders import warning_of
from app.indicators.periods import half_year_of
from app.indicators.queries import frozen, open_freezings, waiting, years_waiting
from app.indicators.showing import (
    defined_by,
    notes_on,
    picture_in,
    series_of,
    table_of,
    totals_of,
    words_of,
)
from app.indicators.views.blueprint import bp, cut_or_404, defined_or_404, frozen_or_404
from app.indicators.wording import Cut, Defined, Picture, columns_of, cuts_of

THEMES = ("light", "dark")


@bp.get("/indicators")
@permit(Permission.VIEW_INDICATORS)
def index() -> ResponseReturnValue:
    """The frozen periods, those that may be frozen, and those that are being frozen."""
    return render_template(
        "indicators/index.html",
        snapshots=frozen(),
        waiting=[(each, warning_of(each)) for each in (*years_waiting(today()), *waiting(today()))],
        being_frozen=open_freezings(),
        current=half_year_of(today()),
    )


@bp.get("/indicators/<period>")
@permit(Permission.VIEW_INDICATORS)
def period(period: str) -> ResponseReturnValue:
    """All indicators of a frozen period, each with its total."""
    snapshot = frozen_or_404(period)
    return render_template(
        "indicators/period.html",
        snapshot=snapshot,
        totals=totals_of(snapshot),
        compositions=snapshot.book.compositions,
        publication=published_as(snapshot),
        revision=request.args.get("revision"),
    )


@bp.get("/indicators/<period>/<code>")
@permit(Permission.VIEW_INDICATORS)
def indicator(period: str, code: str) -> ResponseReturnValue:
    """One indicator or composition: its value, its series, its tables, what it means and how it came about."""
    snapshot = frozen_or_404(period)
    defined = defined_or_404(snapshot, code)
    cut, words = cut_or_404(defined), words_of(snapshot)
    lines = table_of(snapshot, defined, cut)
    return render_template(
        "indicators/composition.html" if isinstance(defined, Composition) else "indicators/indicator.html",
        snapshot=snapshot,
        defined=defined,
        total=next((each for each in totals_of(snapshot) if each.defined == defined), None),
        series=series_of(snapshot, defined),
        cut=cut,
        cuts=[tab(snapshot, defined, each, words.cut(each), each == cut) for each in cuts_of(defined)],
        columns=columns_of(defined),
        groups=[(name, list(group)) for name, group in groupby(lines, attrgetter("group"))],
        picture=picture_in(lines, defined),
        any_hidden=any(line.hides_something for line in lines),
        notes=notes_on(snapshot, defined, words),
        explained=defined_by(defined),
        has_list=bool(open_to(actor(), defined.quantities[-1:])),  # the quantity with which its lists begin
    )


@bp.get("/indicators/<period>/<code>/chart.svg")
@permit(Permission.VIEW_INDICATORS)
def chart(period: str, code: str) -> ResponseReturnValue:
    """The picture of a table, for a light or a dark page."""
    snapshot = frozen_or_404(period)
    defined = defined_or_404(snapshot, code)
    return drawn(picture_in(table_of(snapshot, defined, cut_or_404(defined)), defined))


@bp.get("/indicators/<period>/<code>/series.svg")
@permit(Permission.VIEW_INDICATORS)
def series(period: str, code: str) -> ResponseReturnValue:
    """The picture of an indicator period by period."""
    snapshot = frozen_or_404(period)
    return drawn(series_of(snapshot, defined_or_404(snapshot, code)).picture)


def drawn(picture: Picture | None) -> Response:
    theme = request.args.get("theme", THEMES[0])
    if picture is None or theme not in THEMES:
        abort(404)
    return Response(heavy.draw(picture.bars, theme, picture.in_percent), mimetype="image/svg+xml")


@dataclass(frozen=True, slots=True)
class Tab:
    """A link to another cut of the same figures."""

    label: str
    url: str
    is_here: bool


def tab(snapshot: Snapshot, defined: Defined, cut: Cut, label: str, is_here: bool) -> Tab:
    revision = request.args.get("revision")
    url = url_for(
        "indicators.indicator", period=snapshot.period, code=defined.code, cut="-".join(cut), revision=revision
    )
    return Tab(label, f"{url}#tables", is_here)
