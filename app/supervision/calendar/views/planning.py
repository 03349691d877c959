"""When a person is expected: the days on which they report, a call, a visit that moves or falls away."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.queries import get_case, hold
from app.clients.views.acting import case_form_page, kept
from app.clock import now, today
from app.db import db
from app.supervision.calendar import coming
from app.supervision.calendar.days import suggested
from app.supervision.calendar.forms import DropForm, MoveForm, RhythmForm, WhenForm
from app.supervision.calendar.models import Visit
from app.supervision.calendar.queries import hold_visit, rhythm_of, visits_page
from app.supervision.calendar.reporting import wanted
from app.supervision.calendar.rhythms import set_rhythm
from app.supervision.calendar.views.blueprint import bp, to_person, visit_in_hand
from app.supervision.calendar.vocabulary import Per
from app.supervision.hours.queries import timetables_of, week_on
from app.web.addresses import number_in_query


@bp.get("/cases/<int:case_id>/visits")
@permit(Permission.VIEW_SUPERVISION, get_case)
def of_case(case: Case) -> ResponseReturnValue:
    """Every visit of a case with what came of it."""
    before = number_in_query("before")
    start = db.session.get(Visit, before) if before else None
    page = visits_page(case, start if start and start.case_id == case.id else None)
    return render_template("supervision/calendar/of_case.html", case=case, client=case.client, page=page, start=start)


@bp.route("/cases/<int:case_id>/rhythms/new", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_case)
def set_days(case: Case) -> ResponseReturnValue:
    form = RhythmForm(data=days_to_begin_with(case))
    if form.is_submitted():
        hold(case)
    elif not case.is_open:
        return closed(case)
    if form.validate_on_submit() and kept(form, lambda: set_rhythm(case, form.asked(), actor(), today(), now())):
        return to_person(case, _("The reporting days are set, and the visits of the weeks ahead are planned."))
    norms = {is_rural: wanted(case, today(), is_rural) for is_rural in (False, True)}
    return case_form_page("supervision/calendar/set_days.html", form, case, norms=norms, current=rhythm_of(case))


def days_to_begin_with(case: Case) -> dict[str, object]:
    """What the form proposes: the days that hold, or else as many as the norm asks for, spread over the caseload."""
    current = rhythm_of(case)
    if current:
        return {
            "per": current.per, "days": current.days.replace(",", ", "), "is_rural": current.is_rural,
            "from_on": max(today(), current.from_on), "reason": current.reason,
        }  # fmt: skip
    is_rural = case.assignment.office.is_rural
    norm = wanted(case, today(), is_rural)
    per, times = (norm.per or Per.MONTH, norm.times or 1) if norm else (Per.MONTH, 1)
    days = str(suggested(per, times, case.id)).replace(",", ", ")
    return {"per": per, "days": days, "is_rural": is_rural, "from_on": max(today(), case.registered_on)}


def closed(case: Case) -> ResponseReturnValue:
    return to_person(case, _("This case is off the register. It can be read, but not changed."), "error")


@bp.route("/cases/<int:case_id>/visits/new", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_case)
def create(case: Case) -> ResponseReturnValue:
    """Call the person to the office."""
    form = WhenForm()
    if form.is_submitted():
        hold(case)
    elif not case.is_open:
        return closed(case)
    if form.validate_on_submit() and kept(form, lambda: called(case, form)):
        return to_person(case, _("The person is expected on this day."))
    return case_form_page("supervision/calendar/create.html", form, case, week=week_now(case))


def called(case: Case, form: WhenForm) -> None:
    visit = coming.call(case, form.when(), actor(), today(), now())
    db.session.flush()
    name_subject(visit)


def week_now(case: Case) -> object:
    """The hours of the office of a case, for whoever has to choose a time."""
    return week_on(timetables_of(case.assignment.office_id), today())


@bp.route("/visits/<int:visit_id>/moves/new", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, visit_in_hand)
def move(visit: Visit) -> ResponseReturnValue:
    form = MoveForm()
    if not form.is_submitted() and (refusal := why_not(visit)):
        return to_person(visit.case, refusal, "error")
    if form.is_submitted():
        hold_visit(visit)
    if form.validate_on_submit() and kept(form, lambda: coming.move(visit, form.moved(), actor(), today(), now())):
        return to_person(visit.case, _("The visit is moved."))
    return case_form_page("supervision/calendar/move.html", form, visit.case, visit=visit, week=week_now(visit.case))


@bp.route("/visits/<int:visit_id>/withdrawal", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, visit_in_hand)
def withdraw(visit: Visit) -> ResponseReturnValue:
    form = DropForm()
    if not form.is_submitted() and (refusal := why_not(visit)):
        return to_person(visit.case, refusal, "error")
    if form.is_submitted():
        hold_visit(visit)
    if form.validate_on_submit() and kept(form, lambda: coming.drop(visit, form.data["reason"], actor(), now())):
        return to_person(visit.case, _("The visit falls away."))
    return case_form_page("supervision/calendar/withdraw.html", form, visit.case, visit=visit)


def why_not(visit: Visit) -> str | None:
    """Why a visit can neither move nor fall away any more."""
    try:
        coming.must_be_awaited(visit)
    except NotPossible as refusal:
        return str(refusal)
    return None
