"""The ministry answers a report: accepted, or given back with words."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.clients.views.acting import form_page
from app.clock import now
from app.plan.models import ProgressReport
from app.plan.plan import Plan
from app.plan.progress.forms import AcceptForm, ReturnForm
from app.plan.progress.queries import get_report
from app.plan.progress.reporting import Remarks, accept, send_back
from app.plan.progress.views.blueprint import bp, first_error, kept_of, of_plan, to_report
from app.web.languages import text_in


@bp.post("/progress-reports/<int:progress_id>/acceptance")
@permit(Permission.ANSWER_PROGRESS, get_report)
def create_acceptance(report: ProgressReport) -> ResponseReturnValue:
    """Take the report as it was read."""
    form = AcceptForm()
    if form.validate_on_submit() and kept_of(report, form, lambda: accept(report, form.seen, actor(), now())):
        return to_report(report, _("The report is accepted."))
    return to_report(report, first_error(form), "error")


@bp.route("/progress-reports/<int:progress_id>/return", methods=["GET", "POST"])
@permit(Permission.ANSWER_PROGRESS, get_report)
def create_return(report: ProgressReport) -> ResponseReturnValue:
    """Give the report back to the body, with words."""
    plan, half = of_plan(report)
    last = report.latest
    if last is None:
        return to_report(report, _("This report is not submitted yet."), "error")
    form = ReturnForm(data={"seen_version": str(last.ordinal)})
    form.measures.choices = [(one.measure, measure_in_words(plan, one.measure)) for one in last.lines]

    def give_back() -> None:
        remarks = Remarks(form.seen, form.data["words"], form.data["measures"] or ())
        send_back(report, remarks, actor(), now())

    if form.validate_on_submit() and kept_of(report, form, give_back):
        return to_report(report, _("The report is returned to the body."))
    return form_page("plan/progress/return.html", form, report=report, plan=plan, period=half)


def measure_in_words(plan: Plan, number: int) -> str:
    found = plan.measure(number)
    return f"{number}. {text_in(found.text)}" if found else str(number)
