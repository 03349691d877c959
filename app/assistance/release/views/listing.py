"""Releases to come within reach: the list with the columns of its clocks, and the same as a table to keep."""

from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.assistance.release.queries import MOST, PAGE, Coming, Sought, page_of, without_day
from app.assistance.release.views.blueprint import bp
from app.audit.journal import record_read
from app.clock import today
from app.web.addresses import LARGEST, number_in_query
from app.web.spreadsheets import csv_file

SPANS = (12, 6, 1)  # months: the columns of the list, and what it can be narrowed to


@bp.get("/releases")
@permit(Permission.PLAN_RELEASE)
def index() -> ResponseReturnValue:
    sought = sought_in_query()
    found = page_of(actor(), sought, today(), after=cursor_of(request.args.get("after")))
    missing, count = without_day(actor(), today())
    return render_template(
        "assistance/release/index.html",
        sought=sought,
        spans=SPANS,
        missing=missing,
        missing_count=count,
        export_url=address("release.export", sought),
        **page_shown(found, sought),
    )


@bp.get("/releases.csv")
@permit(Permission.PLAN_RELEASE)
def export() -> ResponseReturnValue:
    found = page_of(actor(), sought_in_query(), today(), most=MOST)
    head = [_("Person"), _("Case"), _("Officer"), _("Expected day of release"), _("Ground")]
    for span in SPANS:
        head += [_("%(num)s months before: settled", num=span), _("%(num)s months before: of", num=span)]
    record_read(actor().id, Permission.PLAN_RELEASE, None)
    return csv_file("releases.csv", head, (row_of(one) for one in found))


def row_of(one: Coming) -> list[Any]:
    case = one.day.case
    officer = case.assignment.officer.full_name if case.assignment.officer else ""
    row: list[Any] = [case.client.full_name, case.number, officer, one.day.on.isoformat(), str(one.day.ground.label)]
    for span in SPANS:
        count = one.counts.get(span)
        row += [count.settled, count.of] if count else [0, 0]
    return row


def sought_in_query() -> Sought:
    """What the address asks for; what it cannot mean is left out."""
    months = number_in_query("months")
    return Sought(months if months in SPANS else None, request.args.get("late") == "1")


def cursor_of(text: str | None) -> tuple[date, int] | None:
    """Day and number of the last release of the page before; None, and so the first page, for anything else."""
    day, _dot, number = (text or "").partition(".")
    try:
        cursor = date.fromisoformat(day), int(number[:12])
    except ValueError:
        return None
    return cursor if 0 <= cursor[1] <= LARGEST else None


def page_shown(found: list[Coming], sought: Sought) -> dict[str, Any]:
    """The releases of a page and the addresses of those beside it."""
    shown, last = found[:PAGE], found[PAGE - 1].day if len(found) > PAGE else None
    return {
        "releases": shown,
        "older_url": address("release.index", sought, after=f"{last.on.isoformat()}.{last.id}") if last else None,
        "newer_url": address("release.index", sought) if "after" in request.args else None,
    }


def address(endpoint: str, sought: Sought, **more: Any) -> str:
    return url_for(endpoint, months=sought.months, late="1" if sought.only_late else None, **more)
