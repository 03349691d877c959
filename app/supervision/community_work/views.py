"""The pages of community work: an order, its days month by month, what the akimat reported, and the papers."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.queries import get_case
from app.clients.queries import hold as hold_case
from app.clients.views.acting import form_page, kept
from app.clock import now, today
from app.printing.pdf import pdf_answer
from app.supervision.community_work import working
from app.supervision.community_work.days import first_of
from app.supervision.community_work.forms import (
    CorrectionForm,
    DayForm,
    EndingForm,
    OrderForm,
    PlacementForm,
    ReportForm,
)
from app.supervision.community_work.models import WorkDay, WorkOrder, WorkTimesheet
from app.supervision.community_work.pages import Month, absences_allowed, month_in, order_pages
from app.supervision.community_work.papers import KINDS, print_paper
from app.supervision.community_work.queries import absences_in, get_day, get_order, get_timesheet
from app.supervision.community_work.vocabulary import DayKind

bp = Blueprint("community_work", __name__)


@bp.route("/cases/<int:case_id>/community-work/new", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_case)
def create(case: Case) -> ResponseReturnValue:
    """Note the court's hours and the akimat's order."""
    if not case.is_open:
        flash(_("This case is off the register. It can be read, but not changed."), "error")
        return redirect(url_for("supervision.of_client", client_id=case.client_id))
    form = OrderForm(data={"ordered_on": today(), "on": today()})
    made: list[WorkOrder] = []

    def order() -> None:
        hold_case(case)
        made.append(working.order_work(case, form.ordered(), actor(), today(), now()))
        name_subject(made[0])

    if form.validate_on_submit() and kept(form, order):
        flash(_("The order is noted."), "success")
        return to_order(made[0])
    return form_page("supervision/community_work/create.html", form, case=case, client=case.client)


@bp.get("/community-work/<int:work_order_id>")
@permit(Permission.VIEW_SUPERVISION, get_order)
def show(order: WorkOrder) -> ResponseReturnValue:
    """An order: how much is worked and left, where, and each month with its days and its papers."""
    return render_template("supervision/community_work/show.html", shown=order_pages([order])[0], client=order.client)


@bp.route("/community-work/<int:work_order_id>/days/new", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_order)
def note_day(order: WorkOrder) -> ResponseReturnValue:
    """Note one day; the same page is there for the next one."""
    if refused := refusal(lambda: working.must_go_on(order), order):
        return refused
    form = DayForm(data={"on": today(), "kind": DayKind.WORKED})

    def note() -> None:
        working.hold(order)
        name_subject(order)
        working.note_day(order, form.told(), actor(), today(), now())

    if form.validate_on_submit() and kept(form, note):
        say_noted(order, form.told())
        another = "another" in request.form and working.hours_left(order)
        return redirect(url_for("community_work.note_day", work_order_id=order.id)) if another else to_order(order)
    return form_page("supervision/community_work/day.html", form, order=order, client=order.client)


def say_noted(order: WorkOrder, told: working.Told) -> None:
    """Say that the day is noted and, where it is one absence too many, what that means."""
    flash(_("The day is noted."), "success")
    if told.kind is not DayKind.ABSENT:
        return
    month = first_of(told.on)
    count, allowed = len(absences_in(order.case, month)), absences_allowed(month)
    if count > allowed:
        flash(
            _("%(count)d absences this month without a valid reason; the norms allow %(allowed)d. Note the violation.",
              count=count, allowed=allowed),
            "error",
        )  # fmt: skip


@bp.route("/work-days/<int:work_day_id>/correction", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_day)
def correct(day: WorkDay) -> ResponseReturnValue:
    """Say otherwise what was noted of a day, or take it back."""
    order = day.order
    if refused := refusal(lambda: working.must_go_on(order, even_served=True), order):
        return refused
    form = CorrectionForm(working.days_of(order).on(day.on) or day)

    def change() -> None:
        working.hold(order)
        working.correct_day(order, form.told(), actor(), today(), now())

    if form.validate_on_submit() and kept(form, change):
        say_noted(order, form.told())
        return to_order(order)
    return form_page("supervision/community_work/correct.html", form, day=day, order=order, client=order.client)


@bp.route("/community-work/<int:work_order_id>/months/<work_month>/timesheet", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_order)
def report(order: WorkOrder) -> ResponseReturnValue:
    """Note that the akimat's timesheet and act of a month came."""
    month = month_asked(order)
    form = ReportForm(data={"on": today()})

    def note() -> None:
        working.hold(order)
        reported = working.Reported(month.first, form.data["on"])
        name_subject(working.report_month(order, reported, actor(), today(), now()))

    if form.validate_on_submit() and kept(form, note):
        flash(_("The month is reported. Its papers can be printed."), "success")
        return to_order(order)
    return form_page("supervision/community_work/report.html", form, order=order, month=month, client=order.client)


def month_asked(order: WorkOrder) -> Month:
    """The month of the address with its days; 404 for one of which nothing is known."""
    first = month_in(str((request.view_args or {})["work_month"]))
    month = order_pages([order])[0].month(first) if first else None
    if month is None:
        abort(404)
    return month


@bp.route("/community-work/<int:work_order_id>/placements/new", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_order)
def place(order: WorkOrder) -> ResponseReturnValue:
    """Note that the hours are worked elsewhere, or under other conditions, from a day on."""
    if refused := refusal(lambda: working.must_go_on(order), order):
        return refused
    last = order.placements[-1]
    form = PlacementForm(data={"on": today(), "place": last.place, "overseer": last.overseer, "is_idle": last.is_idle})

    def put() -> None:
        working.hold(order)
        working.place(order, form.placed(), actor(), today(), now())

    if form.validate_on_submit() and kept(form, put):
        flash(_("The place is noted."), "success")
        return to_order(order)
    return form_page("supervision/community_work/place.html", form, order=order, client=order.client)


@bp.route("/community-work/<int:work_order_id>/ending", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_order)
def end(order: WorkOrder) -> ResponseReturnValue:
    """Say that the hours that are left will not be worked."""
    if refused := refusal(lambda: working.must_go_on(order), order):
        return refused
    form = EndingForm(data={"on": today()})

    def finish() -> None:
        working.hold(order)
        working.end_order(order, form.ended(), actor(), today(), now())

    if form.validate_on_submit() and kept(form, finish):
        flash(_("The order has ended."), "success")
        return to_order(order)
    return form_page("supervision/community_work/end.html", form, order=order, client=order.client)


PAPER = "/work-timesheets/<int:timesheet_id>/<any(table, act):work_paper>/<any(kk, ru):language>.pdf"


@bp.get(PAPER)
@permit(Permission.VIEW_SUPERVISION, get_timesheet)
def paper(timesheet: WorkTimesheet) -> ResponseReturnValue:
    """The timesheet or the act of a reported month; the first request issues it in both languages."""
    asked = request.view_args or {}
    issued = print_paper(KINDS[str(asked["work_paper"])], timesheet.id, str(asked["language"]), actor(), now())
    return pdf_answer(issued.content, issued.file_name)


def refusal(check: Callable[[], object], order: WorkOrder) -> ResponseReturnValue | None:
    """Back to the order with the sentence that says why not; None when it can be done."""
    try:
        check()
    except NotPossible as reason:
        flash(str(reason), "error")
        return to_order(order)
    return None


def to_order(order: WorkOrder) -> ResponseReturnValue:
    return redirect(url_for("community_work.show", work_order_id=order.id))
