"""The pages on which reports are begun, written, published and withdrawn."""

from typing import Any

from flask import Blueprint, Flask, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clients.models import NotPossible
from app.clock import now, today
from app.db import db
from app.plan.library import plans
from app.plan.plan import Plan
from app.plan.reports import filters, heavy, queries
from app.plan.reports.acting import Act
from app.plan.reports.forms import BeginForm, PublishForm, TextForm, WithdrawForm
from app.plan.reports.gathering import Draft, draft_of
from app.plan.reports.listing import listed
from app.plan.reports.models import PublishedReport, Report
from app.plan.reports.papers import sheet
from app.plan.reports.pictures import THEMES, bars_of, in_percent, names_of
from app.plan.reports.publishing import publish, withdraw
from app.plan.reports.vocabulary import FileForm, Section
from app.plan.reports.writing import begin, write
from app.printing.pdf import pdf_answer
from app.web.languages import speaking

bp = Blueprint("plan_reports", __name__)
SVG = "image/svg+xml"
NO_NUMBER = "—"  # of a draft


@bp.record_once
def register_filters(state: Any) -> None:
    app: Flask = state.app
    filters.register(app)


# No loaders: a report of the plan speaks of nobody, so that looking at it is not a read of anybody's record.
@bp.get("/plans/<plan_code>/reports")
@permit(Permission.VIEW_PLAN)
def index(plan_code: str) -> ResponseReturnValue:
    """Which reports a plan owes, and how far each of them has come."""
    plan = plan_or_404(plan_code)
    return render_template("plan/reports/index.html", plan=plan, lines=listed(plan, today()))


@bp.post("/plans/<plan_code>/reports")
@permit(Permission.WRITE_REPORT)
def create(plan_code: str) -> ResponseReturnValue:
    plan, form = plan_or_404(plan_code), BeginForm()
    try:
        report = begin(plan, form.kind.data or "", form.period.data or "", acting())
    except NotPossible as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return redirect(url_for("plan_reports.index", plan_code=plan.code))
    name_subject(report)
    db.session.commit()
    return redirect(url_for("plan_reports.draft", plan_report_id=report.id))


@bp.get("/plan-reports/<int:plan_report_id>")
@permit(Permission.WRITE_REPORT)
def draft(plan_report_id: int) -> ResponseReturnValue:
    """The report as it would be published now, and what stands in its way."""
    made = draft_or_404(plan_report_id)

    def picture(code: str, name: str, theme: str) -> str:
        return url_for("plan_reports.picture", plan_report_id=plan_report_id, indicator=code, name=name, theme=theme)

    return render_template("plan/reports/draft.html", made=made, content=made.content, picture=picture)


@bp.route("/plan-reports/<int:plan_report_id>/texts/<section>", methods=["GET", "POST"])
@permit(Permission.WRITE_REPORT)
def text(plan_report_id: int, section: str) -> ResponseReturnValue:
    """One part of a report, in both languages."""
    report, part = report_or_404(plan_report_id), section_or_404(section)
    if part not in report.kind.sections:
        abort(404)
    form, stands = TextForm(obj=queries.text_of(report, part)), queries.text_of(report, part)
    if form.edits(stands):
        try:
            name_subject(write(report, stands, form.kk.data, form.ru.data, acting()))
            db.session.commit()
            flash(_("Saved."), "success")
            return redirect(url_for("plan_reports.draft", plan_report_id=report.id, _anchor=part))
        except NotPossible as refusal:
            db.session.rollback()
            form.form_errors.append(str(refusal))
    versions = queries.versions_of(report, part)
    return render_template("plan/reports/text.html", report=report, section=part, form=form, versions=versions)


@bp.get("/plan-reports/<int:plan_report_id>/picture.svg")
@permit(Permission.WRITE_REPORT)
def picture(plan_report_id: int) -> ResponseReturnValue:
    return Response(picture_in(draft_or_404(plan_report_id).content), mimetype=SVG)


@bp.get("/plan-reports/<int:plan_report_id>/<any(kk,ru):language>.pdf")
@permit(Permission.WRITE_REPORT)
def paper(plan_report_id: int, language: str) -> ResponseReturnValue:
    """The sheet of one language as it stands, marked as a draft."""
    content = draft_or_404(plan_report_id).content
    return pdf_answer(sheet(content, language, NO_NUMBER, today(), draft=True), f"report-draft-{language}.pdf")


@bp.get("/plan-reports/<int:plan_report_id>/<any(kk,ru,en):language>.xlsx")
@permit(Permission.WRITE_REPORT)
def spreadsheet(plan_report_id: int, language: str) -> ResponseReturnValue:
    content = draft_or_404(plan_report_id).content
    with speaking(language):
        made = heavy.workbook(content, _("Draft"), now())
    headers = {"Content-Disposition": f'attachment; filename="report-draft-{language}.xlsx"'}
    return Response(made, mimetype=FileForm.XLSX.media_type, headers=headers)


@bp.route("/plan-reports/<int:plan_report_id>/publication", methods=["GET", "POST"])
@permit(Permission.PUBLISH_REPORT)
def publication(plan_report_id: int) -> ResponseReturnValue:
    """Publish the report as it stands; the page says first what everybody will see, and what is missing."""
    made = draft_or_404(plan_report_id)
    last = queries.latest_of(made.report)
    form = PublishForm(again=last is not None)
    if form.validate_on_submit():
        try:
            published = publish_now(made, form)
            name_subject(published)
            db.session.commit()
            flash(_("Published: No. %(number)s.", number=published.number), "success")
            return redirect(url_for("plan_reports.draft", plan_report_id=plan_report_id))
        except NotPossible as refusal:
            db.session.rollback()
            made, last = draft_or_404(plan_report_id), queries.latest_of(report_or_404(plan_report_id))
            form.form_errors.append(str(refusal))
    return render_template("plan/reports/publication.html", made=made, content=made.content, form=form, last=last)


def publish_now(made: Draft, form: PublishForm) -> PublishedReport:
    if made.hindrances:
        raise NotPossible(made.hindrances[0])
    return publish(made.report, made.content, acting(), form.because)


@bp.route("/plan-publications/<int:publication_id>/withdrawal", methods=["GET", "POST"])
@permit(Permission.PUBLISH_REPORT)
def withdrawal(publication_id: int) -> ResponseReturnValue:
    """Say that a publication no longer holds, and why."""
    published = queries.publication(publication_id) or abort(404)
    form = WithdrawForm()
    if form.validate_on_submit():
        try:
            why = {"kk": form.kk.data or "", "ru": form.ru.data or ""}
            name_subject(withdraw(published, why, acting()))
            db.session.commit()
            flash(_("Withdrawn: No. %(number)s.", number=published.number), "success")
        except NotPossible as refusal:
            db.session.rollback()
            flash(str(refusal), "error")
        return redirect(url_for("plan_reports.draft", plan_report_id=published.report_id))
    return render_template("plan/reports/withdrawal.html", published=published, form=form)


def acting() -> Act:
    return Act(actor(), today(), now())


def report_or_404(plan_report_id: int) -> Report:
    return db.session.get(Report, plan_report_id) or abort(404)


def plan_or_404(code: str) -> Plan:
    return plans().get(code) or abort(404)


def draft_or_404(plan_report_id: int) -> Draft:
    return draft_of(report_or_404(plan_report_id), today()) or abort(404)


def section_or_404(name: str) -> Section:
    return Section(name) if name in tuple(Section) else abort(404)


def picture_in(content: dict[str, Any]) -> str:
    """The picture that the address asks for, or the first one; 404 where there is no such picture."""
    theme = request.args.get("theme", THEMES[0])
    known = {each["code"]: each for each in content["indicators"]}
    indicator = known.get(request.args.get("indicator", next(iter(known), "")))
    if indicator is None or theme not in THEMES:
        abort(404)
    try:
        return heavy.drawn(
            bars_of(indicator, request.args.get("name", next(names_of(indicator), ""))), theme, in_percent(indicator)
        )
    except KeyError:
        abort(404)
