"""The pages on which reports are begun and written, and the drafts of their sheets."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import permit
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clients.views.acting import kept
from app.clock import now, today
from app.db import db
from app.plan.reports import heavy, queries
from app.plan.reports.forms import BeginForm, TextForm
from app.plan.reports.listing import listed
from app.plan.reports.papers import sheet
from app.plan.reports.pictures import THEMES, bars_of, in_percent, names_of
from app.plan.reports.views.blueprint import acting, bp, draft_or_404, plan_or_404, report_or_404
from app.plan.reports.vocabulary import FileForm, Section
from app.plan.reports.writing import begin, write
from app.printing.pdf import pdf_answer
from app.web.languages import speaking
from app.web.refusals import NotPossible

SVG = "image/svg+xml"
NO_NUMBER = "—"  # of a draft


# No loaders: a report of the plan speaks of nobody, so that looking at it is not a read of anybody's record.
@bp.get("/plans/<plan_code>/reports")
@permit(Permission.VIEW_PLAN)
def index(plan_code: str) -> ResponseReturnValue:
    """Which reports a plan owes, and how far each of them has come."""
    plan = plan_or_404(plan_code)
    lines = listed(plan, today())
    withdrawn = queries.figures_withdrawn(line.standing for line in lines if line.standing)
    return render_template("plan/reports/index.html", plan=plan, lines=lines, withdrawn=withdrawn)


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

    return render_template(
        "plan/reports/draft.html",
        made=made, content=made.content, picture=picture, publishing=queries.last_publishing(made.report),
        withdrawn=queries.figures_withdrawn(made.report.publications),
    )  # fmt: skip


@bp.route("/plan-reports/<int:plan_report_id>/texts/<section>", methods=["GET", "POST"])
@permit(Permission.WRITE_REPORT)
def text(plan_report_id: int, section: str) -> ResponseReturnValue:
    """One part of a report, in both languages."""
    report, part = report_or_404(plan_report_id), section_or_404(section)
    if part not in report.kind.sections:
        abort(404)
    stands = queries.text_of(report, part)
    form = TextForm(obj=stands)

    def put() -> None:
        name_subject(write(report, stands, form.kk.data, form.ru.data, acting()))

    if form.edits(stands) and kept(form, put):
        flash(_("Saved."), "success")
        return redirect(url_for("plan_reports.draft", plan_report_id=report.id, _anchor=part))
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
