"""The pages of plans and their measures."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clients.views.acting import form_page, kept
from app.clock import now, today
from app.indicators.periods import HalfYear, NoSuchPeriod, parse
from app.plan.library import plan_on, plans
from app.plan.measures.course import course_of
from app.plan.measures.figures import figures_of
from app.plan.measures.forms import EntryForm
from app.plan.measures.queries import counting, entries_of, lines_of, rows_of_plan, standings
from app.plan.measures.recording import record
from app.plan.plan import Measure, Plan
from app.plan.progress.queries import body_of
from app.plan.vocabulary import PROGRESS_LABELS
from app.plan.wording import period_code, term
from app.web.languages import text_in

bp = Blueprint("plan", __name__)
bp.add_app_template_filter(term)
bp.add_app_template_filter(period_code)
LATE = "late"


# No loaders: a plan and its measures are data and speak of nobody, so reading them is a read of nobody's record.
@bp.get("/plan")
@permit(Permission.VIEW_PLAN)
def index() -> ResponseReturnValue:
    """The plan of this day."""
    return redirect(url_for("plan.show", plan_code=plan_on(today()).code))


@bp.get("/plans/<plan_code>")
@permit(Permission.VIEW_PLAN)
def show(plan_code: str) -> ResponseReturnValue:
    """The measures of a plan with what has become of each, narrowed by state and body."""
    plan = plan_or_404(plan_code)
    rows = rows_of_plan(plan)
    found = standings(plan, today(), rows=rows)
    state, body = request.args.get("state", ""), request.args.get("body", "")
    shown = [
        one
        for one in plan.measures
        if (body not in plan.bodies or body in one.bodies)
        and (not state or (found[one.no].is_late if state == LATE else found[one.no].progress == state))
    ]
    return render_template(
        "plan/measures/plan.html",
        plan=plan,
        plans=plans().values(),
        measures=shown,
        standings=found,
        counts=counted(plan, found),
        states={**{code.value: label for code, label in PROGRESS_LABELS.items()}, LATE: _("late")},
        bodies={code: text_in(one.short) for code, one in plan.bodies.items()},
        chosen={"state": state, "body": body},
        own=body_of(actor()),
        is_untold=today() >= plan.valid_to and not (rows.lines or rows.entries),
    )


def counted(plan: Plan, found: dict[int, Any]) -> dict[str, int]:
    """How many measures are in each state; the late ones once more by themselves."""
    counts = {code.value: sum(one.progress == code for one in found.values()) for code in PROGRESS_LABELS}
    return {**counts, LATE: sum(one.is_late for one in found.values())}


@bp.get("/plans/<plan_code>/measures/<int:measure_no>")
@permit(Permission.VIEW_PLAN)
def measure(plan_code: str, measure_no: int) -> ResponseReturnValue:
    """One measure: what was ordered, how far it is, its figures, what the bodies say, and all that happened."""
    plan = plan_or_404(plan_code)
    found = measure_or_404(plan, measure_no)
    lines, entries = lines_of(plan, found.no), entries_of(plan, found.no)
    return render_template(
        "plan/measures/measure.html",
        plan=plan,
        measure=found,
        standing=standings(plan, today())[found.no],
        figures=figures_of(plan, found),
        latest=counting(lines),
        entries=entries,
        course=course_of(plan, lines, entries),
        is_untold=today() >= plan.valid_to and not (lines or entries),
    )


@bp.route("/plans/<plan_code>/measures/<int:measure_no>/entries/new", methods=["GET", "POST"])
@permit(Permission.MANAGE_PLAN)
def create_entry(plan_code: str, measure_no: int) -> ResponseReturnValue:
    """Record evidence, a completion, or that a measure is open again."""
    plan = plan_or_404(plan_code)
    found = measure_or_404(plan, measure_no)
    form = EntryForm(data={"on": today()})

    def keep() -> None:
        name_subject(record(plan, found, form.shown(), actor(), now()))

    if form.validate_on_submit() and kept(form, keep):
        flash(_("It is recorded."), "success")
        return redirect(url_for("plan.measure", plan_code=plan.code, measure_no=found.no))
    return form_page("plan/measures/entry.html", form, plan=plan, measure=found)


def plan_or_404(code: str) -> Plan:
    return plans().get(code) or abort(404)


def measure_or_404(plan: Plan, number: int) -> Measure:
    return plan.measure(number) or abort(404)


def period_or_404(plan: Plan, code: str) -> HalfYear:
    """A half-year of the plan by its code."""
    try:
        period = parse(code)
    except NoSuchPeriod:
        abort(404)
    return period if period in plan.periods else abort(404)
