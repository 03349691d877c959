"""What happened in a case: noted in one short form, and withdrawn when it was noted by mistake."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clients.cases import Case
from app.clients.events import CaseEvent, note_event, tell_of, withdraw_event
from app.clients.forms import EventForm, EventWithdrawalForm
from app.clients.queries import get_case, get_event, hold
from app.clients.views.acting import form_page, kept
from app.clients.views.blueprint import bp
from app.clients.views.cases import back_to_case, while_open
from app.clock import now, today
from app.db import db


@bp.route("/cases/<int:case_id>/events", methods=["GET", "POST"])
@permit(Permission.EDIT_CLIENT, get_case)
@while_open
def create_event(case: Case) -> ResponseReturnValue:
    form = EventForm()
    if not form.is_submitted():
        form.on.data = today()

    def note() -> None:
        event = note_event(case, form.happened(), by=actor(), today=today(), at=now())
        tell_of(case, today())
        name_subject(event)

    if form.validate_on_submit() and kept(form, note, form.on):
        return back_to_case(case, _("It is noted."))
    return form_page("clients/create_event.html", form, case=case, client=case.client)


@bp.route("/events/<int:event_id>/withdrawal", methods=["GET", "POST"])
@permit(Permission.EDIT_CLIENT, get_event)
def withdraw(event: CaseEvent) -> ResponseReturnValue:
    form = EventWithdrawalForm()
    if form.is_submitted():
        hold(event.case)
        db.session.refresh(event, ["withdrawal"])
    if event.withdrawal or not event.case.is_open:
        return redirect(url_for("clients.case", case_id=event.case_id, _anchor=f"event-{event.id}"))
    if form.validate_on_submit():
        withdraw_event(event, form.data["reason"], by=actor(), at=now())
        tell_of(event.case, today())
        db.session.commit()
        return back_to_case(event.case, _("The note is withdrawn."))
    return form_page("clients/withdraw_event.html", form, event=event, case=event.case, client=event.client)
