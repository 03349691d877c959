"""An office's hours, and the week that its head sets from a day on."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.clients.views.acting import form_page, kept
from app.clock import now, today
from app.supervision.hours.forms import NAMES, WeekForm, as_typed
from app.supervision.hours.queries import hold_office, hours_of, timetables_of, week_of, week_on
from app.supervision.hours.setting import set_week
from app.supervision.hours.slots import write_spans

bp = Blueprint("hours", __name__)


@bp.get("/office-hours")
@permit(Permission.SET_OFFICE_HOURS)
def index() -> ResponseReturnValue:
    timetables = timetables_of(actor().office_id)
    shown = [(row, {day: write_spans(spans) for day, spans in week_of(row).spans.items()}) for row in timetables]
    return render_template(
        "supervision/hours/index.html", weeks=shown, current=week_on(timetables, today()), names=NAMES
    )


@bp.route("/office-hours/new", methods=["GET", "POST"])
@permit(Permission.SET_OFFICE_HOURS)
def create() -> ResponseReturnValue:
    office_id = actor().office_id
    form = WeekForm(data={"from_on": today(), **as_typed(hours_of(office_id).week(today()))})

    def put() -> None:
        hold_office(office_id)
        set_week(office_id, form.week(), actor(), today(), now())

    if form.validate_on_submit() and kept(form, put):
        flash(_("The hours are set."), "success")
        return redirect(url_for("hours.index"))
    return form_page("supervision/hours/create.html", form, days=list(form.spans()))
