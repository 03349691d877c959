"""The items of a plan: what became of each, several at once, and a slip withdrawn."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.assistance.release import planning as verbs
from app.assistance.release.forms import DecisionForm, SeveralForm, WithdrawalForm
from app.assistance.release.items import items
from app.assistance.release.models import DecisionWithdrawal, ItemDecision, ReleaseDue
from app.assistance.release.pages import plan_page
from app.assistance.release.plan import plan_of
from app.assistance.release.queries import get_decision, get_due
from app.assistance.release.views.blueprint import back, bp, to_plan
from app.assistance.release.views.planning import plan_to_change
from app.assistance.release.vocabulary import ItemState
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.queries import get_case, hold
from app.clients.views.acting import case_form_page, kept
from app.clock import now, today


@bp.route("/release-items/<int:due_id>", methods=["GET", "POST"])
@permit(Permission.PLAN_RELEASE, get_due)
def decide(due: ReleaseDue) -> ResponseReturnValue:
    case, item = due.day.case, items().get(due.item_code)
    plan = plan_to_change(case)
    try:
        verbs.must_be_planned(plan, today())
        if item is None or not item.states:
            raise NotPossible(_("This item is not decided here."))
        if plan.decision_on(item.code):
            raise NotPossible(_("This item was decided already. Withdraw that decision first if it was a slip."))
    except NotPossible as refused:
        return back(case, refused)
    form = DecisionForm(item=item, data={"on": today(), "state": item.states[0]})
    if form.validate_on_submit():
        given = form.data
        decision = ItemDecision(
            item_code=item.code, state=given["state"], on=given["on"], words=given.get("words"), by=actor(), at=now()
        )
        if kept(form, lambda: verbs.decide(plan, item, decision, today())):
            return to_plan(case, _("It is noted."), "checklist")
    return case_form_page("assistance/release/decide.html", form, case, due=due, item=item)


@bp.post("/cases/<int:case_id>/release/decisions")
@permit(Permission.PLAN_RELEASE, get_case)
def decide_several(case: Case) -> ResponseReturnValue:
    hold(case)
    plan = plan_of(case)
    form = SeveralForm(lines=plan.lines)
    known = items()

    def decide_each() -> None:
        for code in form.data["codes"]:
            done = ItemDecision(item_code=code, state=ItemState.DONE, on=form.data["on"], by=actor(), at=now())
            verbs.decide(plan, known[code], done, today())

    if form.validate() and kept(form, decide_each):
        count = len(form.data["codes"])
        said = ngettext("%(num)d item is noted as done.", "%(num)d items are noted as done.", count)
        return to_plan(case, said, "checklist")
    return render_template("assistance/release/show.html", **plan_page(plan_of(case), today(), form)), 422


@bp.route("/release-decisions/<int:decision_id>/withdrawal", methods=["GET", "POST"])
@permit(Permission.PLAN_RELEASE, get_decision)
def withdraw(decision: ItemDecision) -> ResponseReturnValue:
    case = decision.case
    if request.method == "POST":
        hold(case)
    plan, form = plan_of(case), WithdrawalForm()
    try:
        verbs.must_be_planned(plan, today())
    except NotPossible as refused:
        return back(case, refused)
    if form.validate_on_submit():
        made = DecisionWithdrawal(reason=form.data["reason"], by_id=actor().id, at=now())
        if kept(form, lambda: verbs.withdraw(plan, decision, made, today())):
            return to_plan(case, _("The decision is withdrawn. The item is open again."), "checklist")
    return case_form_page(
        "assistance/release/withdraw.html", form, case, decision=decision, item=items().get(decision.item_code)
    )
