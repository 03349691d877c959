"""Progress reports as they are read: a body's own, the board of a half-year, one report with versions and answers."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guard import actor, permit
from app.access.policy import Permission, allows
from app.clock import today
from app.plan.library import plan_on, plans_at_work
from app.plan.measures.views import period_or_404, plan_or_404
from app.plan.models import ProgressReport
from app.plan.progress.forms import AcceptForm
from app.plan.progress.own import halves_of
from app.plan.progress.queries import board, body_of, get_report, row_of
from app.plan.progress.reporting import Owed, is_whole
from app.plan.progress.views.blueprint import bp, of_plan
from app.plan.reports.queries import left_without_figures
from app.plan.vocabulary import Standing
from app.web.languages import text_in


@bp.get("/progress")
@permit(Permission.REPORT_PROGRESS)
def mine() -> ResponseReturnValue:
    """Where somebody who speaks for a body begins: what is due, what was returned, and every half-year of the plan."""
    body = body_of(actor())
    spoken_for = [(plan, halves_of(plan, body, today())) for plan in plans_at_work(today())] if body else []
    known = next((plan.bodies[body] for plan, _rows in spoken_for if body and body in plan.bodies), None)
    return render_template(
        "plan/progress/mine.html",
        plan=plan_on(today()),
        plans=[(plan, rows) for plan, rows in spoken_for if rows],
        body=text_in(known.name) if known else body,
    )


@bp.get("/plans/<plan_code>/progress/<period>")
@permit(Permission.VIEW_PLAN)
def on_half_year(plan_code: str, period: str) -> ResponseReturnValue:
    """The board of a half-year: where the report of each body stands, and who is late."""
    plan = plan_or_404(plan_code)
    half = period_or_404(plan, period)
    rows, state = board(plan, half, today()), request.args.get("state", "")
    shown = [one for one in rows if not state or (one.is_awaited_late if state == "late" else one.standing == state)]
    return render_template(
        "plan/progress/board.html",
        plan=plan,
        period=half,
        due_on=plan.due_on(half),
        rows=shown,
        counts={one: sum(row.standing == one for row in rows) for one in Standing},
        late=sum(row.is_awaited_late for row in rows),
        chosen=state,
        own=body_of(actor()),
        left=left_without_figures(plan.code) if allows(actor(), Permission.PUBLISH_REPORT) else [],
    )


@bp.get("/progress/board")
@permit(Permission.ANSWER_PROGRESS)
def current() -> ResponseReturnValue:
    """Where the ministry begins: the board of the half-year that is being reported on."""
    plan = plans_at_work(today())[-1]
    half = plan.period_of(today())
    return redirect(url_for("progress.on_half_year", plan_code=plan.code, period=half.code))


@bp.get("/progress-reports/<int:progress_id>")
@permit(Permission.VIEW_PLAN, get_report)
def report(report: ProgressReport) -> ResponseReturnValue:
    """One report: what was submitted last (or the version in the address), its answers, and for its body the draft."""
    plan, half = of_plan(report)
    asked = request.args.get("version", "")
    version = next((one for one in report.versions if str(one.ordinal) == asked), report.latest)
    return render_template(
        "plan/progress/report.html",
        report=report,
        plan=plan,
        period=half,
        submitted=version,
        row=row_of(Owed(plan, half, report.body, ()), report, today()),
        writes=allows_writing(report),
        is_over=half.is_over(today()),
        whole={line.measure: is_whole(line) for line in report.drafts},
        form=AcceptForm(formdata=None, seen_version=str(report.latest.ordinal) if report.latest else ""),
    )


def allows_writing(report: ProgressReport) -> bool:
    """Whether the one who looks is to write it now."""
    return report.standing.waits_for_body and body_of(actor()) == report.body
