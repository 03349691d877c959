"""A person's consent to be reminded: taking it with a look at what will be sent, and taking it back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission, allows
from app.audit.journal import name_subject
from app.clients.models import Client
from app.clients.queries import get_person
from app.clients.views.acting import attempt, kept
from app.clock import now, today
from app.supervision.messages.consenting import agree, latest_of, take_back
from app.supervision.messages.forms import ReminderConsentForm
from app.supervision.messages.gateways.choosing import channels
from app.supervision.messages.models import ReminderConsent
from app.supervision.messages.queries import get_reminder_consent
from app.supervision.messages.sending import sample
from app.supervision.messages.views.blueprint import bp
from app.web.phones import display


@bp.route("/people/<int:client_id>/reminder-consent", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_person)
def consent(client: Client) -> ResponseReturnValue:
    """Note that a person agrees to be reminded, where and in what words; a new consent replaces the earlier one."""
    cases = [case for case in client.cases if case.is_open and allows(actor(), Permission.SUPERVISE_CLIENT, case)]
    if not cases or not channels():
        flash(closed(bool(cases)), "error")
        return to_supervision(client)
    form = ReminderConsentForm(data=offered(client))
    form.offer(channels(), client)
    if form.validate_on_submit() and taken(client, form):
        return to_supervision(client)
    office = cases[0].assignment.office
    samples = {named: sample(office, named, client.language, today()) for named in (False, True)}
    return render_template("supervision/messages/consent.html", client=client, form=form, samples=samples)


def closed(has_case: bool) -> str:
    if not has_case:
        return _("This case is off the register. It can be read, but not changed.")
    return _("Reminders are not set up here. Ask the administrator.")


def offered(client: Client) -> dict[str, object]:
    """What the form begins with: the telephone known already, or the consent that is to be renewed."""
    last = latest_of(client)
    if last is None:
        return {"given_on": today(), "channel": channels()[0].value, "address": display(client.phone)}
    return {"given_on": today(), "channel": last.channel.value, "address": display(last.address),
            "names_service": last.names_service, "representative": last.representative}  # fmt: skip


def taken(client: Client, form: ReminderConsentForm) -> bool:
    if not kept(form, lambda: name_subject(agree(client, form.agreed, actor(), today(), now()))):
        return False
    flash(_("Noted. The person is reminded of each visit the day before."), "success")
    return True


@bp.post("/reminder-consents/<int:reminder_consent_id>/withdrawal")
@permit(Permission.SUPERVISE_CLIENT, get_reminder_consent)
def withdraw(row: ReminderConsent) -> ResponseReturnValue:
    attempt(lambda: take_back(row, actor(), now()), _("Nothing is sent to this person any more."))
    return to_supervision(row.client)


def to_supervision(client: Client) -> ResponseReturnValue:
    return redirect(url_for("supervision.of_client", client_id=client.id))
