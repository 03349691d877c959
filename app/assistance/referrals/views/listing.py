"""The office's list of referrals with its export, and what the referrals of a time add up to."""

from datetime import date

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.assistance.referrals import lists
from app.assistance.referrals.outcomes import outcomes as counted_outcomes
from app.assistance.referrals.outcomes import total
from app.assistance.referrals.views.blueprint import bp
from app.assistance.referrals.vocabulary import Standing
from app.assistance.vocabulary import Direction
from app.audit.journal import record_read
from app.clock import today
from app.web.months import MONTHS, months_after
from app.web.spreadsheets import csv_file


@bp.get("/referrals")
@permit(Permission.VIEW_ASSISTANCE)
def index() -> ResponseReturnValue:
    """The referrals within reach, narrowed as the address says."""
    sought = lists.sought_in_query()
    return render_template(
        "assistance/referrals/index.html",
        sought=sought,
        page=lists.page_of(actor(), sought, today(), lists.before_in_query()),
        count=lists.count(actor(), sought, today()),
        service=lists.service_sought(sought),
        directions=Direction,
        standings=Standing,
        export_url=lists.address(sought, "referrals.export"),
    )


@bp.get("/referrals.csv")
@permit(Permission.VIEW_ASSISTANCE)
def export() -> ResponseReturnValue:
    """Exactly the list that the page shows under the same address, as a table for a spreadsheet."""
    sought = lists.sought_in_query()
    if lists.count(actor(), sought, today()) > lists.MOST:
        flash(
            _("The list is too long for one table. Narrow it, for example by the period, and export it in parts."),
            "error",
        )
        return redirect(lists.address(sought))
    record_read(actor().id, Permission.VIEW_ASSISTANCE, None)
    name = f"referrals-{today().isoformat()}.csv"
    return csv_file(name, lists.head(), lists.lines(actor(), sought, today()))


@bp.get("/referrals/outcomes")
@permit(Permission.VIEW_OFFICE_WORK)
def outcomes() -> ResponseReturnValue:
    """What came of the referrals of a time, by direction and by service."""
    since, until = period_in_query()
    directions = counted_outcomes(actor(), since, until)
    return render_template(
        "assistance/referrals/outcomes.html",
        directions=directions,
        all=total(one.counts for one in directions),
        since=since,
        until=until,
    )


def period_in_query() -> tuple[date, date]:
    """From a day to another; without them, the last twelve months."""
    until = lists.day_in_query("until") or today()
    since = lists.day_in_query("since") or months_after(until, -MONTHS)
    return min(since, until), max(since, until)
