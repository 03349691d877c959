"""The analyst's way to a release: what is hidden, why, what it costs, what would hide less; then giving it out."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clients.views.acting import kept
from app.clock import now
from app.db import db
from app.indicators.bundles.publishing import release_snapshot, withdraw
from app.indicators.bundles.queries import issues_of, published_as
from app.indicators.bundles.tasks import write_files_soon
from app.indicators.forms import WithdrawalForm
from app.indicators.protection import protection_of
from app.indicators.showing import words_of
from app.indicators.views.blueprint import bp, frozen_or_404
from app.tasks.queue import ask
from app.web.refusals import NotPossible


@bp.get("/indicators/<period>/protection")
@permit(Permission.RELEASE_FIGURES)
def protection(period: str) -> ResponseReturnValue:
    """How much of a frozen period is hidden, by which rules, and what it cost."""
    snapshot = frozen_or_404(period)
    return render_template(
        "indicators/protection.html",
        snapshot=snapshot,
        protection=protection_of(snapshot, words_of(snapshot)),
        publication=published_as(snapshot),
        issues=issues_of(snapshot),
    )


@bp.post("/indicators/<period>/release")
@permit(Permission.RELEASE_FIGURES)
def create_release(period: str) -> ResponseReturnValue:
    """Give the latest revision of a frozen period out to everybody."""
    snapshot = frozen_or_404(period)
    try:
        publication = release_snapshot(snapshot, actor(), now())
        name_subject(publication)
    except NotPossible as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return redirect(url_for("indicators.protection", period=period))
    db.session.commit()
    ask(write_files_soon, publication.id)
    flash(_("The figures are given out: %(period)s.", period=snapshot.period), "success")
    return redirect(url_for("indicators.protection", period=period))


@bp.route("/indicators/<period>/release/withdrawal", methods=["GET", "POST"])
@permit(Permission.RELEASE_FIGURES)
def withdraw_release(period: str) -> ResponseReturnValue:
    """Take a release back, with a reason that everybody reads."""
    snapshot, form = frozen_or_404(period), WithdrawalForm()
    publication = published_as(snapshot) or abort(404)

    def take_back() -> None:
        name_subject(withdraw(publication, form.reason.data or "", actor(), now()))

    if form.validate_on_submit() and kept(form, take_back):
        flash(_("The release is withdrawn. Its files are gone from the public pages."), "success")
        return redirect(url_for("indicators.protection", period=period))
    return render_template("indicators/withdrawal.html", snapshot=snapshot, form=form)
