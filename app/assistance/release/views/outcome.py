"""After the day of release: whether somebody met the person, and whether the person came to the first visit."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.assistance.release import planning as verbs
from app.assistance.release.forms import ReleasedForm, VisitForm
from app.assistance.release.models import FirstVisit, Released
from app.assistance.release.views.blueprint import back, bp, to_plan
from app.assistance.release.views.planning import plan_to_change
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.queries import get_case
from app.clients.views.acting import case_form_page, kept
from app.clock import now, today


@bp.route("/cases/<int:case_id>/release/outcome", methods=["GET", "POST"])
@permit(Permission.PLAN_RELEASE, get_case)
def note_release(case: Case) -> ResponseReturnValue:
    plan = plan_to_change(case)
    try:
        case.must_be_open()
        if plan.day is None:
            raise NotPossible(_("Set the expected day of release first: the clocks begin with it."))
    except NotPossible as refused:
        return back(case, refused)
    form = ReleasedForm(data={"on": plan.released.on if plan.released else min(plan.day.on, today())})
    if form.validate_on_submit():
        given = form.data
        row = Released(on=given["on"], is_met=given["is_met"] == "yes", words=given["words"], by=actor(), at=now())
        if kept(form, lambda: verbs.note_release(plan, row, today())):
            return to_plan(case, _("The release is noted."), "after")
    return case_form_page("assistance/release/released.html", form, case, plan=plan)


@bp.route("/cases/<int:case_id>/release/first-visit", methods=["GET", "POST"])
@permit(Permission.PLAN_RELEASE, get_case)
def note_visit(case: Case) -> ResponseReturnValue:
    plan = plan_to_change(case)
    try:
        case.must_be_open()
        if plan.released is None:
            raise NotPossible(_("Note the release first."))
    except NotPossible as refused:
        return back(case, refused)
    form = VisitForm(data={"on": today()})
    if form.validate_on_submit():
        given = form.data
        row = FirstVisit(
            has_come=given["has_come"] == "yes", on=given["on"], words=given["words"], by=actor(), at=now()
        )
        if kept(form, lambda: verbs.note_visit(plan, row, today())):
            return to_plan(case, _("The first visit is noted."), "after")
    return case_form_page("assistance/release/visit.html", form, case, plan=plan)
