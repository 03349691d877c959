"""Signals: those that wait, one with its reasons and what was done about it, and the rules with their precision."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.clients.models import NotPossible
from app.clock import now, today
from app.db import db
from app.signals.forms import OutcomeForm, SnoozeForm
from app.signals.lists import cursor_of, pages, sought_in_query
from app.signals.models import Signal
from app.signals.precision import precision
from app.signals.queries import get_signal, hold, page_of
from app.signals.rules import every_version
from app.signals.vocabulary import Severity
from app.signals.wording import LIMITS, in_plain_words, newest_reason, reason_in_words
from app.signals.wording import page_of as page_of_evidence
from app.web.addresses import within

bp = Blueprint("signals", __name__)
bp.add_app_template_filter(newest_reason)
bp.add_app_template_filter(reason_in_words)
bp.add_app_template_filter(in_plain_words)
bp.add_app_template_filter(page_of_evidence, "page_of_evidence")


@bp.get("/signals")
@permit(Permission.HANDLE_SIGNAL)
def index() -> ResponseReturnValue:
    """The signals within reach that wait, the most urgent first."""
    sought = sought_in_query()
    found = page_of(actor(), sought, today(), cursor_of(request.args.get("before")))
    rules = {rule.code: rule.name for rule in every_version()}
    return render_template(
        "signals/index.html", sought=sought, rules=rules, severities=Severity, **pages(found, sought)
    )


@bp.get("/signals/rules")
@permit(Permission.VIEW_SIGNAL_RULES)
def rules() -> ResponseReturnValue:
    """Every rule in words, with its numbers, its source, and how often it was right. Nobody is visible here."""
    return render_template("signals/rules.html", rules=every_version(), limits=LIMITS, precision=precision())


@bp.get("/signals/<int:signal_id>")
@permit(Permission.HANDLE_SIGNAL, get_signal)
def show(signal: Signal) -> ResponseReturnValue:
    """Why the signal was raised, and what was done about it."""
    return page_about(signal, OutcomeForm())


@bp.post("/signals/<int:signal_id>/acknowledgement")
@permit(Permission.HANDLE_SIGNAL, get_signal)
def acknowledge(signal: Signal) -> ResponseReturnValue:
    """Say that somebody has seen it; back to where the button was."""
    hold(signal)
    try:
        signal.acknowledge(by=actor(), at=now())
    except NotPossible as refusal:
        flash(str(refusal), "error")
    else:
        db.session.commit()
        flash(_("You have seen it. Say what you do about it when you know."), "success")
    return redirect(within(request.form.get("back")) or address_of(signal))


@bp.post("/signals/<int:signal_id>/actions")
@permit(Permission.HANDLE_SIGNAL, get_signal)
def act(signal: Signal) -> ResponseReturnValue:
    """Note what was done; the signal stays open, or ends as handled or as a false alarm."""
    form = OutcomeForm()
    hold(signal)
    if not form.validate():
        return page_about(signal, form)
    try:
        if form.reason:
            signal.close(form.reason, form.words.data, by=actor(), at=now())
        else:
            signal.note_action(form.words.data, by=actor(), at=now())
    except NotPossible as refusal:
        flash(str(refusal), "error")
        return redirect(address_of(signal))
    db.session.commit()
    flash(_("The signal is closed.") if form.reason else _("It is noted."), "success")
    return redirect(url_for("signals.index") if form.reason else address_of(signal))


@bp.route("/signals/<int:signal_id>/snooze", methods=["GET", "POST"])
@permit(Permission.HANDLE_SIGNAL, get_signal)
def snooze(signal: Signal) -> ResponseReturnValue:
    """Put a signal off until a day, with the reason."""
    form = SnoozeForm()
    if form.is_submitted():
        hold(signal)
    if form.validate_on_submit():
        try:
            signal.put_off(form.data["until_on"], form.data["reason"], by=actor(), at=now())
        except NotPossible as refusal:
            form.until_on.errors = [str(refusal)]
        else:
            db.session.commit()
            flash(_("It is put off and comes back by itself."), "success")
            return redirect(url_for("signals.index"))
    return render_template("signals/snooze.html", signal=signal, form=form, client=signal.client)


def page_about(signal: Signal, form: OutcomeForm) -> Any:
    return render_template(
        "signals/show.html", signal=signal, form=form, client=signal.client, put_off=signal.snooze_on(today())
    )


def address_of(signal: Signal) -> str:
    return url_for("signals.show", signal_id=signal.id)
