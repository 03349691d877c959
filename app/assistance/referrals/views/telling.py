"""Telling what happened: an event of a referral, or that the provider was reminded."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.assistance.models import Referral
from app.assistance.referrals.forms import EventForm, ReminderForm
from app.assistance.referrals.queries import get_referral
from app.assistance.referrals.referring import clock_of, hold, record, remind
from app.assistance.referrals.views.blueprint import bp, to_referral
from app.assistance.referrals.vocabulary import Event
from app.clients.views.acting import kept
from app.clock import now, today


@bp.route("/referrals/<int:referral_id>/events/new", methods=["GET", "POST"])
@permit(Permission.REFER_CLIENT, get_referral)
def tell(referral: Referral) -> ResponseReturnValue:
    """Record an event; the address names it, and without a name it is the most likely one."""
    if request.method == "POST":
        hold(referral)
    offered = referral.next_events
    if not offered:
        flash(_("This referral has ended. It can be read, but not changed."), "error")
        return to_referral(referral)
    event = asked_event(offered)
    if event not in offered and request.method == "GET":
        event = offered[0]
    form = EventForm(event)
    if form.validate_on_submit() and recorded(referral, form):
        return to_referral(referral)
    return render_template(
        "assistance/referrals/tell.html", referral=referral, client=referral.client, form=form, event=event,
        offered=offered,
    )  # fmt: skip


def asked_event(offered: tuple[Event, ...]) -> Event:
    """The event that the address names, even one that has become impossible meanwhile: the rule says why."""
    named = request.args.get("event", "")
    return Event(named) if named in tuple(Event) else offered[0]


def recorded(referral: Referral, form: EventForm) -> bool:
    """Whether all that the form tells is saved; if not, the form says why, and nothing of it is kept."""

    def put() -> None:
        for told in form.told():
            record(referral, told, actor(), now())

    if not kept(form, put):
        return False
    flash(_("It is recorded."), "success")
    return True


@bp.route("/referrals/<int:referral_id>/reminders/new", methods=["GET", "POST"])
@permit(Permission.REFER_CLIENT, get_referral)
def remind_provider(referral: Referral) -> ResponseReturnValue:
    """Note that the provider was reminded: the officer does it, nothing is sent by itself."""
    form = ReminderForm(on=today())
    if form.is_submitted():
        hold(referral)
    if clock_of(referral) is None:
        flash(_("Nobody waits for this provider now, so there is nothing to remind it of."), "error")
        return to_referral(referral)
    if form.validate_on_submit() and kept(form, lambda: remind(referral, form.reminded(), actor(), now()), form.on):
        flash(_("The reminder is noted."), "success")
        return to_referral(referral)
    return render_template(
        "assistance/referrals/remind.html", referral=referral, client=referral.client, form=form,
        clock=clock_of(referral),
    )  # fmt: skip
