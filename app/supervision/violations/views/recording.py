"""Violations: recorded, read, explained, excused, withdrawn; and the missed visit that is one, in one press."""

from collections.abc import Callable

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clients.cases import Case
from app.clients.queries import get_case, hold
from app.clients.views.acting import form_page, undone
from app.clock import now, today
from app.db import db
from app.supervision.calendar.models import Visit
from app.supervision.calendar.queries import get_visit, hold_visit
from app.supervision.community_work.models import WorkDay
from app.supervision.community_work.queries import get_day
from app.supervision.community_work.working import hold as hold_order
from app.supervision.violations.catalogue import breaches_of
from app.supervision.violations.dossier import dossier_of, proposals_for
from app.supervision.violations.forms import ExcuseForm, ExplanationForm, ReasonForm, ViolationForm
from app.supervision.violations.models import Violation
from app.supervision.violations.queries import get_violation
from app.supervision.violations.recording import excuse as find_excuse
from app.supervision.violations.recording import explain as note_explanation
from app.supervision.violations.recording import record, record_absence, record_missed, violation_of
from app.supervision.violations.recording import withdraw as take_back
from app.supervision.violations.views.blueprint import bp, closed, kept, to_supervision, to_violation
from app.web.addresses import words_in_query


@bp.route("/cases/<int:case_id>/violations/new", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_case)
def create(case: Case) -> ResponseReturnValue:
    """Record a violation with what shows it; the address may name its kind."""
    if not case.is_open:
        return closed(case)
    form = ViolationForm(data={"on": today(), "code": words_in_query("kind")})
    form.offer(breaches_of(case.legal_basis))
    found: list[Violation] = []

    def note() -> None:
        found.append(record(case, form.told(), actor(), today(), now()))
        name_subject(found[0])

    if kept(case, form, note):
        return to_violation(found[0], _("It is recorded. Hear what the person says before you answer it."))
    return form_page("supervision/violations/create.html", form, case=case, client=case.client)


@bp.post("/visits/<int:visit_id>/violation")
@permit(Permission.SUPERVISE_CLIENT, get_visit)
def of_visit(visit: Visit) -> ResponseReturnValue:
    """Record in one press that a person did not come to a visit; nothing records it by itself."""
    if (known := violation_of(visit)) is not None:
        return to_violation(known, _("This is recorded already."), "info")
    return in_one_press(visit.case, lambda: hold_visit(visit), lambda: record_missed(visit, actor(), today(), now()))


@bp.post("/work-days/<int:work_day_id>/violation")
@permit(Permission.SUPERVISE_CLIENT, get_day)
def of_work_day(day: WorkDay) -> ResponseReturnValue:
    """Record in one press that a person was absent from community work."""
    case = day.order.case

    def held() -> None:
        hold_order(day.order)
        hold(case)

    return in_one_press(case, held, lambda: record_absence(day, actor(), today(), now()))


def in_one_press(case: Case, held: Callable[[], None], act: Callable[[], Violation]) -> ResponseReturnValue:
    """``held`` keeps what it rests on as it is: a valid reason may have been noted since the page was opened."""
    found: list[Violation] = []

    def note() -> None:
        held()
        found.append(act())
        db.session.flush()
        name_subject(found[0])

    if (reason := undone(note)) is not None:
        return to_supervision(case, str(reason), "error")
    db.session.commit()
    return to_violation(found[0], _("It is recorded. Hear what the person says before you answer it."))


@bp.get("/violations/<int:violation_id>")
@permit(Permission.VIEW_SUPERVISION, get_violation)
def show(violation: Violation) -> ResponseReturnValue:
    """One violation: what happened, what the person says, what was answered, and what the norms foresee."""
    known = dossier_of([violation.case])
    return render_template(
        "supervision/violations/show.html",
        violation=violation,
        client=violation.client,
        standing=known.standing_of(violation),
        answers=known.answers_to(violation),
        proposals=[one for one in proposals_for(violation.case, known, today()) if violation.id in one.violations],
    )


@bp.route("/violations/<int:violation_id>/explanations/new", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_violation)
def explain(violation: Violation) -> ResponseReturnValue:
    """Write down what the person says about it."""
    form = ExplanationForm(data={"on": today()})
    if kept(violation.case, form, lambda: note_explanation(violation, form.told(), actor(), today(), now())):
        return to_violation(violation, _("It is written down."))
    return form_page("supervision/violations/explain.html", form, violation=violation, client=violation.client)


@bp.route("/violations/<int:violation_id>/excuse", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_violation)
def excuse(violation: Violation) -> ResponseReturnValue:
    """A valid reason was proved: the violation counts no more."""
    form = ExcuseForm()
    if kept(violation.case, form, lambda: find_excuse(violation, form.told(), actor(), now())):
        return to_violation(violation, _("The reason is valid, and the violation counts no more."))
    return form_page("supervision/violations/excuse.html", form, violation=violation, client=violation.client)


@bp.route("/violations/<int:violation_id>/withdrawal", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_violation)
def withdraw(violation: Violation) -> ResponseReturnValue:
    """Say that it was recorded by mistake."""
    form = ReasonForm()
    if kept(violation.case, form, lambda: take_back(violation, form.data["reason"], actor(), now())):
        return to_violation(violation, _("The violation is withdrawn."))
    return form_page("supervision/violations/withdraw.html", form, violation=violation, client=violation.client)
