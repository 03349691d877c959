"""Having a period frozen or revised, and how far that has come."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clock import now
from app.db import db
from app.indicators.forms import RevisionForm
from app.indicators.orders import order
from app.indicators.queries import last_freezing, snapshot_of
from app.indicators.tasks import freeze_soon
from app.indicators.views.blueprint import bp, frozen_or_404, period_or_404
from app.tasks.queue import ask
from app.web.refusals import NotPossible


@bp.post("/indicators/<period>/snapshot")
@permit(Permission.FREEZE_INDICATORS)
def create_snapshot(period: str) -> ResponseReturnValue:
    """Have a period frozen for the first time; the work goes on in the background."""
    span = period_or_404(period)
    if snapshot_of(span):
        flash(_("This period is frozen already. If the records have moved since, revise it."), "info")
        return redirect(url_for("indicators.revise", period=span))
    try:
        wanted = order(span, actor(), now(), even_so="even_so" in request.form)
        name_subject(wanted)
    except NotPossible as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return redirect(url_for("indicators.index"))
    db.session.commit()
    ask(freeze_soon, wanted.id)
    return redirect(url_for("indicators.freezing", period=span))


@bp.route("/indicators/<period>/revisions/new", methods=["GET", "POST"])
@permit(Permission.FREEZE_INDICATORS)
def revise(period: str) -> ResponseReturnValue:
    """Count a frozen period again, and keep what moved as a numbered revision with its reason."""
    span = period_or_404(period)
    snapshot, form = snapshot_of(span) or abort(404), RevisionForm()
    if form.validate_on_submit():
        try:
            wanted = order(span, actor(), now(), form.because.data or "")
            name_subject(wanted)
            db.session.commit()
            ask(freeze_soon, wanted.id)
            return redirect(url_for("indicators.freezing", period=span))
        except NotPossible as refusal:
            db.session.rollback()
            form.form_errors.append(str(refusal))
    return render_template("indicators/revise.html", snapshot=snapshot, form=form)


@bp.get("/indicators/<period>/freezing")
@permit(Permission.FREEZE_INDICATORS)
def freezing(period: str) -> ResponseReturnValue:
    """How far the latest order to freeze the period has come, or what came of it."""
    wanted = last_freezing(period_or_404(period))
    return render_template("indicators/freezing.html", freezing=wanted) if wanted else to_the_figures(period)


@bp.get("/indicators/<period>/freezing/progress")
@permit(Permission.FREEZE_INDICATORS)
def freezing_progress(period: str) -> ResponseReturnValue:
    """The part of the page that moves, for a page that stays open."""
    wanted = last_freezing(period_or_404(period))
    if wanted is None:
        return to_the_figures(period)
    answer = Response(render_template("indicators/_freezing.html", freezing=wanted))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def to_the_figures(period: str) -> ResponseReturnValue:
    """Nobody ordered it: what is frozen was frozen before there were orders."""
    return redirect(url_for("indicators.period", period=frozen_or_404(period).period))
