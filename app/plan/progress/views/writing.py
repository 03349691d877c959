"""A body writes its report: begun, told measure by measure, submitted."""

from typing import Any

from flask import abort, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clients.models import NotPossible
from app.clients.views.acting import form_page
from app.clock import now, today
from app.db import db
from app.plan.measures.views import period_or_404, plan_or_404
from app.plan.models import DraftLine, ProgressReport
from app.plan.progress.forms import AcceptForm, LineForm
from app.plan.progress.queries import body_of, get_report, owing, previous_line
from app.plan.progress.reporting import Owed, begin, hold_report, is_whole, save
from app.plan.progress.reporting import submit as hand_in
from app.plan.progress.views.blueprint import bp, first_error, kept_of, of_plan, to_report
from app.plan.vocabulary import Standing
from app.web.formats import format_moment

AUTOSAVE = "autosave"


@bp.post("/plans/<plan_code>/progress/<period>/reports")
@permit(Permission.REPORT_PROGRESS)
def create(plan_code: str, period: str) -> ResponseReturnValue:
    """Begin the own body's report on a half-year, or open the one that is begun."""
    plan = plan_or_404(plan_code)
    half, body = period_or_404(plan, period), body_of(actor())
    if body is None:
        flash(_("You speak for no body yet. The ministry names who does."), "error")
        return redirect(url_for("progress.mine"))
    try:
        owed = Owed(plan, half, body, owing(plan, half).get(body, ()))
        report = begin(owed, actor(), today(), now())
        name_subject(report)
        db.session.commit()
    except NotPossible as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return redirect(url_for("progress.mine"))
    except IntegrityError:  # a colleague began it a moment ago
        db.session.rollback()
        flash(_("A colleague began this report a moment before you. Open it here."), "info")
        return redirect(url_for("progress.mine"))
    return redirect(url_for("progress.report", progress_id=report.id))


@bp.route("/progress-reports/<int:progress_id>/measures/<int:measure_no>", methods=["GET", "POST"])
@permit(Permission.REPORT_PROGRESS, get_report)
def line(report: ProgressReport) -> ResponseReturnValue:
    """What the report says of one measure; saved while it is typed, and by its buttons."""
    plan, half = of_plan(report)
    draft = line_or_404(report)
    if request.method == "POST":
        hold_report(report)
    form = LineForm(obj=draft, half=half)
    try:
        if form.edits(draft):
            save(report, draft, form.given(), actor(), now())
            db.session.commit()
            return jsonify(state_of(report, draft)) if AUTOSAVE in request.form else go_on(report, draft)
    except NotPossible as refusal:
        return refused(report, str(refusal))
    if AUTOSAVE in request.form:
        return jsonify(words=_("Not saved yet. Press Save to see why.")), 409
    if report.standing in {Standing.SUBMITTED, Standing.ACCEPTED} and request.method == "GET":
        flash(_("This report is submitted. It can be read, and mended when the ministry returns it."), "info")
        return redirect(url_for("progress.report", progress_id=report.id))
    return form_page(
        "plan/progress/line.html", form, report=report, plan=plan, period=half, line=draft,
        measure=plan.measure(draft.measure), earlier=previous_line(report, draft.measure),
        is_last=draft.measure == report.drafts[-1].measure,
    )  # fmt: skip


def state_of(report: ProgressReport, line: DraftLine) -> dict[str, Any]:
    """What the page needs to know after it was saved while somebody goes on typing."""
    whole = sum(is_whole(one) for one in report.drafts)
    return {
        "version": line.version,
        "words": _("Saved at %(time)s.", time=format_moment(line.at)),
        "answered": whole,
        "progress": told_of(report),
        "part": whole,
    }


def told_of(report: ProgressReport) -> str:
    whole = sum(is_whole(one) for one in report.drafts)
    return _("%(whole)d of %(total)d measures told", whole=whole, total=len(report.drafts))


def go_on(report: ProgressReport, line: DraftLine) -> ResponseReturnValue:
    """Where the pressed button leads: to the next measure, or back to the report."""
    following = [one.measure for one in report.drafts if one.measure > line.measure]
    if "next" in request.form and following:
        return redirect(url_for("progress.line", progress_id=report.id, measure_no=following[0]))
    flash(_("Saved. You can go on at any time, also from another computer."), "success")
    return redirect(url_for("progress.report", progress_id=report.id))


def refused(report: ProgressReport, sentence: str) -> ResponseReturnValue:
    db.session.rollback()
    if AUTOSAVE in request.form:
        return jsonify(words=sentence), 409
    flash(sentence, "error")
    return redirect(url_for("progress.report", progress_id=report.id))


@bp.post("/progress-reports/<int:progress_id>/submissions")
@permit(Permission.REPORT_PROGRESS, get_report)
def submit(report: ProgressReport) -> ResponseReturnValue:
    """Hand the report to the ministry."""
    _plan, half = of_plan(report)
    form = AcceptForm()
    if form.validate_on_submit() and kept_of(report, form, lambda: hand_in(report, half, actor(), today(), now())):
        return to_report(report, _("The report lies before the ministry."))
    return to_report(report, first_error(form), "error")


def line_or_404(report: ProgressReport) -> DraftLine:
    number = (request.view_args or {})["measure_no"]
    return next((one for one in report.drafts if one.measure == number), None) or abort(404)
