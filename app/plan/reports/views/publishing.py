"""The pages on which reports are published and withdrawn."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clients.views.acting import attempt
from app.clock import now
from app.db import db
from app.plan.reports import queries
from app.plan.reports.forms import PublishForm, WithdrawForm
from app.plan.reports.models import Report
from app.plan.reports.orders import order
from app.plan.reports.publishing import OF_A_REPORT, withdraw
from app.plan.reports.tasks import publish_soon
from app.plan.reports.views.blueprint import acting, bp, draft_or_404, report_or_404
from app.tasks.queue import ask
from app.web.refusals import NotPossible


@bp.route("/plan-reports/<int:plan_report_id>/publication", methods=["GET", "POST"])
@permit(Permission.PUBLISH_REPORT)
def publication(plan_report_id: int) -> ResponseReturnValue:
    """Have the report published as it stands; the page says first what everybody will see, and what is missing."""
    report = report_or_404(plan_report_id)
    if queries.open_publishing(report):
        return to_the_publishing(report)
    made, last = draft_or_404(report.id), queries.latest_of(report)
    form = PublishForm(again=last is not None, data=queries.reason_kept(report))
    if form.validate_on_submit():
        try:
            wanted = order(made, form.because, actor(), now())
            name_subject(wanted)
            db.session.commit()
            ask(publish_soon, wanted.id)
            return to_the_publishing(report)
        except NotPossible as refusal:
            db.session.rollback()
            made, last = draft_or_404(plan_report_id), queries.latest_of(report_or_404(plan_report_id))
            form.form_errors.append(str(refusal))
    return render_template("plan/reports/publication.html", made=made, content=made.content, form=form, last=last)


@bp.get("/plan-reports/<int:plan_report_id>/publishing")
@permit(Permission.PUBLISH_REPORT)
def publishing(plan_report_id: int) -> ResponseReturnValue:
    """How far the latest order to publish the report has come, or what came of it."""
    return publishing_page(plan_report_id, "plan/reports/publishing.html")


@bp.get("/plan-reports/<int:plan_report_id>/publishing/progress")
@permit(Permission.PUBLISH_REPORT)
def publishing_progress(plan_report_id: int) -> ResponseReturnValue:
    """The part of the page that moves, for a page that stays open."""
    return publishing_page(plan_report_id, "plan/reports/_publishing.html")


def publishing_page(plan_report_id: int, template: str) -> ResponseReturnValue:
    """The draft instead, where nobody has ordered it."""
    report = report_or_404(plan_report_id)
    wanted = queries.last_publishing(report)
    if wanted is None:
        return redirect(url_for("plan_reports.draft", plan_report_id=report.id))
    return render_template(template, report=report, publishing=wanted, files=OF_A_REPORT)


def to_the_publishing(report: Report) -> ResponseReturnValue:
    return redirect(url_for("plan_reports.publishing", plan_report_id=report.id))


@bp.route("/plan-publications/<int:publication_id>/withdrawal", methods=["GET", "POST"])
@permit(Permission.PUBLISH_REPORT)
def withdrawal(publication_id: int) -> ResponseReturnValue:
    """Say that a publication no longer holds, and why."""
    published = queries.publication(publication_id) or abort(404)
    form = WithdrawForm()
    if form.validate_on_submit():
        why = {"kk": form.kk.data or "", "ru": form.ru.data or ""}
        said = _("Withdrawn: No. %(number)s.", number=published.number)
        attempt(lambda: name_subject(withdraw(published, why, acting())), said)
        return redirect(url_for("plan_reports.draft", plan_report_id=published.report_id))
    return render_template("plan/reports/withdrawal.html", published=published, form=form)
