"""The blueprint of the indicators, and what its views ask of an address."""

from flask import Blueprint, abort, request

from app.indicators.models import Snapshot
from app.indicators.periods import NoSuchPeriod, Period, parse
from app.indicators.queries import snapshot_of
from app.indicators.showing import cut_named, found_in
from app.indicators.wording import Cut, Defined, percent, period_name

bp = Blueprint("indicators", __name__)
bp.add_app_template_filter(period_name)
bp.add_app_template_filter(period_name, "half_year")
bp.add_app_template_filter(percent)


def period_or_404(code: str) -> Period:
    try:
        return parse(code)
    except NoSuchPeriod:
        abort(404)


def frozen_or_404(code: str) -> Snapshot:
    """The latest revision of a frozen period, or the one that the address asks for."""
    asked = request.args.get("revision", "")
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) <= 4):  # noqa: PLR2004 - digits
        abort(404)
    return snapshot_of(period_or_404(code), int(asked) if asked else None) or abort(404)


def defined_or_404(snapshot: Snapshot, code: str) -> Defined:
    return found_in(snapshot, code) or abort(404)


def cut_or_404(defined: Defined) -> Cut:
    cut = cut_named(defined, request.args.get("cut", ""))
    return abort(404) if cut is None else cut
