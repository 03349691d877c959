"""The plan of a release: its page, the expected day, and the arrangements for the day itself."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.assistance.release import planning as verbs
from app.assistance.release.clocks import last_visit_day
from app.assistance.release.forms import DAYS, ArrangementForm, DayForm
from app.assistance.release.pages import plan_page
from app.assistance.release.plan import Plan, plan_of
from app.assistance.release.views.blueprint import back, bp, to_plan
from app.assistance.release.vocabulary import ReleaseGround
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.queries import get_case, hold
from app.clients.views.acting import case_form_page, kept
from app.clock import now, today
from app.supervision.norms import norm


@bp.get("/cases/<int:case_id>/release")
@permit(Permission.PLAN_RELEASE, get_case)
def show(case: Case) -> ResponseReturnValue:
    return render_template("assistance/release/show.html", **plan_page(plan_of(case), today()))


def plan_to_change(case: Case) -> Plan:
    """The plan as it is now; while a form is taken in, nobody else changes it."""
    if request.method == "POST":
        hold(case)
    return plan_of(case)


@bp.route("/cases/<int:case_id>/release/days/new", methods=["GET", "POST"])
@permit(Permission.PLAN_RELEASE, get_case)
def set_day(case: Case) -> ResponseReturnValue:
    plan = plan_to_change(case)
    try:
        verbs.must_be_to_come(plan, today())
    except NotPossible as refused:
        return back(case, refused)
    form = DayForm(is_first=plan.day is None, data=day_shown(plan))
    if form.fits(plan) and kept(form, lambda: verbs.set_day(plan, form.expected(), actor(), today(), now())):
        return to_plan(case, _("The expected day is set, and the clocks are counted from it."))
    return case_form_page("assistance/release/day.html", form, case, plan=plan)


def day_shown(plan: Plan) -> dict[str, object]:
    """What the form proposes: the day that stands, or the end of the term."""
    if plan.day:
        return {"on": plan.day.on, "ground": plan.day.ground, "is_named": plan.day.is_named}
    end = plan.case.term_to
    if end is None or end < today():
        return {}
    return {"on": verbs.end_of_term(end), "ground": ReleaseGround.END_OF_TERM}


@bp.route("/cases/<int:case_id>/release/arrangements/new", methods=["GET", "POST"])
@permit(Permission.PLAN_RELEASE, get_case)
def arrange(case: Case) -> ResponseReturnValue:
    plan = plan_to_change(case)
    try:
        day = verbs.must_be_planned(plan, today())
    except NotPossible as refused:
        return back(case, refused)
    form = ArrangementForm(data=arrangements_shown(plan))
    form.on = form.visit_on  # the only day of this form
    if form.fits(plan) and kept(form, lambda: verbs.arrange(plan, form.arranged(), actor(), today(), now())):
        return to_plan(case, _("The arrangements are saved."), "arrangements")
    last = last_visit_day(day.on)
    return case_form_page(
        "assistance/release/arrange.html",
        form,
        case,
        plan=plan,
        numbers=DAYS,
        visit_by=last,
        norm=norm("release-first-visit", day.on),
    )


def arrangements_shown(plan: Plan) -> dict[str, object]:
    """What was arranged before, to be changed; at first only the day of the visit."""
    known = plan.arrangement
    if known is None:
        return {"visit_on": plan.day.on if plan.day else None}
    names = ("meets", "meets_name", "meets_phone", "first_night", "first_night_place", "visit_on")
    shown: dict[str, object] = {name: getattr(known, name) for name in names}
    return shown | {f"day_{row.number}": row.text for row in known.days}
