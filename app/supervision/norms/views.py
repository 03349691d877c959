"""The norms as anybody in the service may read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.access.guard import permit
from app.access.policy import Permission
from app.clients.legal_bases import legal_bases
from app.clients.working_days import SATURDAY, calendar
from app.clock import today
from app.offices.reading import Texts
from app.supervision.norms import wording
from app.supervision.norms.model import Norm
from app.supervision.norms.reading import norms
from app.web.addresses import words_in_query

bp = Blueprint("norms", __name__)
bp.add_app_template_filter(wording.value_in_words, "norm_value")
bp.add_app_template_filter(wording.applies_in_words, "norm_applies")
bp.add_app_template_filter(wording.act_in_words, "norm_act")
bp.add_app_template_filter(wording.source_in_words, "norm_source")


@bp.record_once
def read_at_start(_state: Any) -> None:
    """A faulty file stops the start, not a page in the middle of the day."""
    norms()
    calendar()


@dataclass(frozen=True, slots=True)
class Year:
    """What differs from Monday to Friday in a year; ``doubt`` is empty where somebody is sure."""

    number: int
    days_off: list[date]
    worked_weekends: list[date]
    doubt: Texts | None


# No loader: a norm speaks of nobody.
@bp.get("/norms")
@permit(Permission.VIEW_NORMS)
def index() -> ResponseReturnValue:
    """Every norm that holds today, part by part, then earlier and coming ones; for one legal basis if asked."""
    basis = words_in_query("basis")
    chosen = basis if basis in legal_bases() else ""
    shown = [one for one in norms() if not chosen or not one.applies.bases or chosen in one.applies.bases]
    in_force = [one for one in shown if one.holds_on(today())]
    others = [one for one in shown if not one.holds_on(today())]
    bases = {code: known.names for code, known in legal_bases().items()}
    unchecked = sum(not one.checked for one in in_force)
    return render_template(
        "supervision/norms/index.html",
        bases=bases,
        chosen=chosen,
        parts=by_part(in_force),
        others=others,
        unchecked=unchecked,
    )


@bp.get("/working-days")
@permit(Permission.VIEW_NORMS)
def working_days() -> ResponseReturnValue:
    """By which days terms are counted: the last year, this one and the next, and what is in doubt about each."""
    return render_template(
        "supervision/norms/working_days.html", years=[year(today().year + ahead) for ahead in (-1, 0, 1)]
    )


def year(number: int) -> Year:
    known = calendar()
    return Year(
        number,
        [day for day in sorted(known.days_off) if day.year == number and day.weekday() < SATURDAY],
        [day for day in sorted(known.worked_weekends) if day.year == number],
        known.doubts.get(number),
    )


def by_part(found: Iterable[Norm]) -> list[tuple[Texts, list[Norm]]]:
    """The norms of each part, in the order of the file."""
    parts: dict[int, tuple[Texts, list[Norm]]] = {}
    for one in found:
        parts.setdefault(id(one.part), (one.part, []))[1].append(one)
    return list(parts.values())
