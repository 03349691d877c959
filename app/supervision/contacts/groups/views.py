"""The pages of group events: the list of them, a new one, who is on its list, and who came."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.audit.journal import name_subject, record_act, record_reads
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.views.acting import form_page, kept
from app.clock import now, today
from app.db import db
from app.supervision.contacts.forms import WithdrawalForm
from app.supervision.contacts.groups import queries
from app.supervision.contacts.groups.forms import EventForm, ListForm, attendance_form
from app.supervision.contacts.groups.holding import (
    cancel_event,
    hold,
    hold_event,
    must_stand,
    note_attendance,
    put_on_list,
)
from app.supervision.contacts.groups.queries import HOLD, get_event
from app.supervision.contacts.models import GroupEvent, GroupParticipant
from app.supervision.contacts.queries import place_in
from app.web.addresses import record_numbers, words_in_query

bp = Blueprint("group_events", __name__)


@bp.get("/group-events")
@permit(Permission.HOLD_GROUP_EVENT)
def index() -> ResponseReturnValue:
    """The group events within reach, the newest first."""
    before = place_in(words_in_query("before"))
    return render_template(
        "supervision/groups/index.html", page=queries.events_of(actor(), before), is_first=before is None
    )


@bp.route("/group-events/new", methods=["GET", "POST"])
@permit(Permission.HOLD_GROUP_EVENT)
def create() -> ResponseReturnValue:
    """Plan a group event, or note one that took place."""
    form = EventForm(data={"on": today()})
    chosen = offer_people(form)

    def make() -> None:
        event = hold_event(form.planned(), chosen, actor(), today(), now())
        journal(event, event.participants)

    if is_pressed(form) and form.refuse_strangers(chosen) and kept(form, make):
        flash(_("The event is in the list."), "success")
        return redirect(url_for("group_events.index"))
    return form_page("supervision/groups/create.html", form)


def offer_people(form: ListForm, without: tuple[int, ...] = ()) -> list[Case]:
    """Let the form offer those ticked and those found; tells the cases of those ticked that are within reach."""
    ticked = record_numbers(request.form.getlist("people"))[: queries.OFFERED * 2]
    chosen = list(queries.cases_chosen(actor(), ticked)) if ticked else []
    form.people.offer(chosen, queries.people_to_choose(actor(), form.words.data or "", without))
    return chosen


def is_pressed(form: ListForm) -> bool:
    """Whether the form was sent to be saved, and is valid: the search button only looks for more people."""
    return "find" not in request.form and form.validate_on_submit()


def journal(event: GroupEvent, participants: list[GroupParticipant]) -> None:
    """An act about many people is noted of each of their cases."""
    name_subject(event)
    db.session.flush()
    for row in participants:
        record_act(actor().id, HOLD, row, request.endpoint or "")


@bp.get("/group-events/<int:group_event_id>")
@permit(Permission.HOLD_GROUP_EVENT, get_event)
def show(event: GroupEvent) -> ResponseReturnValue:
    """One event: who is on its list and who came, as far as their cases are within reach."""
    known = queries.known_to(actor(), event)
    record_reads(actor().id, HOLD, known)  # what proves a reason is told here of each of them
    return render_template(
        "supervision/groups/show.html", event=event, known=known, unnamed=len(event.participants) - len(known)
    )


@bp.route("/group-events/<int:group_event_id>/participants", methods=["GET", "POST"])
@permit(Permission.HOLD_GROUP_EVENT, get_event)
def enlist(event: GroupEvent) -> ResponseReturnValue:
    """Put more people on the list."""
    if refused := refusal(event):
        return refused
    form = ListForm()
    chosen = offer_people(form, tuple(row.client_id for row in event.participants))

    def put() -> None:
        hold(event)
        journal(event, put_on_list(event, chosen, actor(), now()))

    if is_pressed(form) and form.refuse_strangers(chosen) and kept(form, put):
        flash(ngettext("%(num)d person is put on the list.", "%(num)d people are put on the list.", len(chosen)),
              "success")  # fmt: skip
        return to_event(event)
    return form_page("supervision/groups/enlist.html", form, event=event)


@bp.route("/group-events/<int:group_event_id>/attendance", methods=["GET", "POST"])
@permit(Permission.HOLD_GROUP_EVENT, get_event)
def attend(event: GroupEvent) -> ResponseReturnValue:
    """Note who came: all of the list on one page, and once more where something was noted wrongly."""
    if refused := refusal(event, not_before_its_day=True):
        return refused
    known = queries.known_to(actor(), event)
    form = attendance_form(known)

    def note() -> None:
        hold(event)
        journal(event, note_attendance(event, form.answers(known), actor(), today(), now()))

    if form.validate_on_submit() and kept(form, note):
        flash(_("The attendance is noted."), "success")
        return to_event(event)
    if not form.is_submitted():
        record_reads(actor().id, HOLD, known)
    return form_page("supervision/groups/attend.html", form, event=event, known=known)


@bp.route("/group-events/<int:group_event_id>/cancellation", methods=["GET", "POST"])
@permit(Permission.HOLD_GROUP_EVENT, get_event)
def cancel(event: GroupEvent) -> ResponseReturnValue:
    """Say that an event does not take place."""
    if refused := refusal(event):
        return refused
    form = WithdrawalForm()

    def call_off() -> None:
        hold(event)
        cancel_event(event, form.data["reason"], actor(), now())
        journal(event, event.participants)

    if form.validate_on_submit() and kept(form, call_off):
        flash(_("The event is cancelled."), "success")
        return to_event(event)
    return form_page("supervision/groups/cancel.html", form, event=event)


def refusal(event: GroupEvent, not_before_its_day: bool = False) -> ResponseReturnValue | None:
    """Back to the event with the sentence that says why nothing can be changed; None when it can."""
    try:
        must_stand(event)
        if not_before_its_day and event.on > today():
            raise NotPossible(_("This event has not taken place yet. Note who came on the day itself, or later."))
    except NotPossible as reason:
        flash(str(reason), "error")
        return to_event(event)
    return None


def to_event(event: GroupEvent) -> ResponseReturnValue:
    return redirect(url_for("group_events.show", group_event_id=event.id))
