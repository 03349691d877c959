"""The caseload: the list with its filters, its export, and the filters that the user keeps."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.models import User
from app.access.policy import Permission, Reach, reach
from app.assessments.labels import shown_level
from app.audit.journal import record_read
from app.clients.models import NotPossible
from app.clients.queries import officers_of
from app.clock import now, today
from app.db import db
from app.desk.caseload import listing, saved
from app.desk.caseload.export import head, row_of
from app.desk.caseload.forms import FiltersForm, KeepForm
from app.desk.caseload.sought import Sought, sought_in
from app.web.addresses import number_in_query, record_number
from app.web.forms import shown
from app.web.spreadsheets import csv_file

bp = Blueprint("caseload", __name__)


@bp.get("/caseload")
@permit(Permission.VIEW_CLIENT)
def index() -> ResponseReturnValue:
    """The open cases within reach, narrowed as the address says."""
    return page(KeepForm(formdata=None))


@bp.get("/caseload.csv")
@permit(Permission.VIEW_CLIENT)
def export() -> ResponseReturnValue:
    """Exactly the list that the page shows under the same address, as a table for a spreadsheet."""
    sought = sought_in(request.args, officers_to_choose())
    record_read(actor().id, Permission.VIEW_CLIENT, None)
    name = f"caseload-{today().isoformat()}.csv"
    return csv_file(name, head(), map(row_of, listing.all_lines(actor(), sought, today())))


@bp.post("/caseload/filters")
@permit(Permission.VIEW_CLIENT)
def keep() -> ResponseReturnValue:
    """Keep what the list is narrowed to, under a name; the same name again takes the new one."""
    form = KeepForm()
    sought = sought_in(dict(parse_qsl(request.form.get("query", "")[:1000])), officers_to_choose())
    if not form.validate():
        return page(form, sought), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        saved.keep(form.data["name"], sought.query, actor(), now())
    except NotPossible as refusal:
        form.name.errors = [str(refusal)]
        return page(form, sought), HTTPStatus.UNPROCESSABLE_ENTITY
    db.session.commit()
    flash(_("The filter is kept."), "success")
    return redirect(url_for("caseload.index", **sought.values))


@bp.post("/caseload/filters/removal")
@permit(Permission.VIEW_CLIENT)
def remove() -> ResponseReturnValue:
    """Remove a filter that the user kept; somebody else's is not found."""
    name = saved.remove(record_number(request.form.get("filter", "")) or 0, actor())
    db.session.commit()
    if name is None:
        flash(_("This filter is not there any more."), "info")
    else:
        flash(_("The filter “%(name)s” is removed.", name=name), "success")
    return redirect(url_for("caseload.index"))


def officers_to_choose() -> Sequence[User]:
    """The officers among whom a head narrows the list; nobody for one who sees only the own cases."""
    user = actor()
    return () if reach(user, Permission.VIEW_CLIENT) == Reach.OWN else officers_of(user.office_id)


def page(form: KeepForm, sought: Sought | None = None) -> Any:
    officers, user, day = officers_to_choose(), actor(), today()
    sought = sought or sought_in(request.args, officers)
    found = listing.page_of(user, sought, day, number_in_query("after"), number_in_query("before"))
    filters = FiltersForm(sought, officers)
    return render_template(
        "desk/caseload/index.html",
        sought=sought,
        asked=[(filters[name].label.text, shown(filters[name])) for name in sought.values],
        page=found,
        count=listing.count(user, sought, day),
        filters=filters,
        keep=form,
        saved=saved.saved_by(user),
        of_office=bool(officers),
        day=day,
        export_url=url_for("caseload.export", **sought.values),
        newer_url=url_for("caseload.index", **sought.values, before=found.newer) if found.newer else None,
        older_url=url_for("caseload.index", **sought.values, after=found.older) if found.older else None,
        shown_level=shown_level,
    )
