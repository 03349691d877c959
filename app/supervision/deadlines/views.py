"""Deadlines: opening one by hand, settling one, and the days that changed with a norm."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.exc import IntegrityError

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.audit.journal import name_subject, record_act
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.queries import get_case, hold
from app.clients.views.acting import form_page, undone
from app.clock import now, today
from app.db import db
from app.supervision.deadlines import keeping, wording
from app.supervision.deadlines.forms import AnswersForm, DeadlineForm, FulfilmentForm, WithdrawalForm
from app.supervision.deadlines.models import Deadline
from app.supervision.deadlines.queries import count_waiting, get_deadline, waiting_changes
from app.web.addresses import record_numbers, within

bp = Blueprint("deadlines", __name__)
bp.add_app_template_filter(wording.why, "why_due")
bp.add_app_template_filter(wording.why_then, "why_due_then")


@bp.app_template_filter("deadline_norm")
def deadline_norm(deadline: Deadline) -> Any:
    """The norm that gives the day that holds; None where the file has no norm of its code any more."""
    return wording.norm_of(deadline.code, deadline.norm_now_from)


def to_panel(case: Case, said: str, tone: str = "success") -> ResponseReturnValue:
    flash(said, tone)
    return redirect(panel_of(case))


def panel_of(case: Case) -> str:
    return url_for("supervision.of_client", client_id=case.client_id, _anchor="deadlines")


@bp.route("/cases/<int:case_id>/deadlines/new", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_case)
def create(case: Case) -> ResponseReturnValue:
    """A deadline that no event of the register opens by itself."""
    if not case.is_open:
        return to_panel(case, _("This case is off the register. It can be read, but not changed."), "error")
    form = DeadlineForm(case, data={"since": today()})
    if form.validate_on_submit():

        def begin() -> None:
            hold(case)
            name_subject(keeping.open_deadline(case, form.data["code"], form.data["since"], now(), actor()))

        if (reason := undone(begin)) is not None:
            return to_panel(case, str(reason), "error")
        db.session.commit()
        return to_panel(case, _("The deadline is kept from now on."))
    return form_page("supervision/deadlines/create.html", form, case=case, client=case.client)


@bp.route("/deadlines/<int:deadline_id>/fulfilment", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_deadline)
def fulfil(deadline: Deadline) -> ResponseReturnValue:
    """What was due was done."""
    form = FulfilmentForm(data={"on": today()})
    if form.validate_on_submit():
        done = partial(keeping.note_met, deadline, form.data["on"], actor(), today(), now())
        if (reason := settled(deadline, done)) is not None:
            form.on.errors = [str(reason)]
        else:
            db.session.commit()
            flash(_("Noted as done."), "success")
            return redirect(within(request.values.get("back")) or panel_of(deadline.case))
    return form_page("supervision/deadlines/fulfil.html", form, deadline=deadline, client=deadline.client)


@bp.route("/deadlines/<int:deadline_id>/withdrawal", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_deadline)
def withdraw(deadline: Deadline) -> ResponseReturnValue:
    """A deadline that does not apply."""
    form = WithdrawalForm()
    if form.validate_on_submit():
        fallen = partial(keeping.withdraw, deadline, form.data["reason"], actor(), now())
        if (reason := settled(deadline, fallen)) is not None:
            form.form_errors.append(str(reason))
        else:
            db.session.commit()
            return to_panel(deadline.case, _("The deadline is withdrawn."))
    return form_page("supervision/deadlines/withdraw.html", form, deadline=deadline, client=deadline.client)


def settled(deadline: Deadline, act: Callable[[], object]) -> NotPossible | None:
    """Settle a deadline as it is now, to be committed; or tell why not.

    What a contact or a day of work settles at the same moment, the database lets stand.
    """

    def held() -> None:
        hold(deadline.case)
        db.session.refresh(deadline, ["met", "withdrawal"])
        act()

    return undone(held)


# No loader: the list is narrowed to the actor's reach by its query.
@bp.get("/deadline-changes")
@permit(Permission.APPROVE_DEADLINES)
def changes() -> ResponseReturnValue:
    """Deadlines to which the norms of today give another day: nothing is moved before it is accepted."""
    return changes_page(AnswersForm(), [])


@bp.post("/deadline-changes")
@permit(Permission.APPROVE_DEADLINES)
def answer_changes() -> ResponseReturnValue:
    """One answer to all that is ticked; each is journalled for itself."""
    form, ids = AnswersForm(), record_numbers(request.form.getlist("change"))
    chosen = waiting_changes(actor(), ids)
    if not chosen:
        form.form_errors.append(_("Tick at least one deadline that still waits."))
    if not form.validate_on_submit() or not chosen:
        return changes_page(form, ids)
    accepted = form.data["verdict"] == "accept"
    done, left = keeping.answer(chosen, accepted, form.data["words"], actor(), now())
    for change in done:
        record_act(actor().id, Permission.APPROVE_DEADLINES, change, "deadlines.answer_changes")
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        flash(_("Somebody answered some of these a moment before you. Look at the list again."), "error")
        return redirect(url_for("deadlines.changes"))
    flash(said_of(len(done), accepted), "success")
    missed = len(ids) - len(done)
    if left or missed:
        flash(ngettext("%(num)d was left: it waits no more.", "%(num)d were left: they wait no more.", missed), "info")
    return redirect(url_for("deadlines.changes"))


def changes_page(form: AnswersForm, ticked: list[int]) -> ResponseReturnValue:
    rows = waiting_changes(actor())
    return form_page("supervision/deadlines/changes.html", form, rows=rows, ticked=ticked, count=count_waiting(actor()))


def said_of(count: int, accepted: bool) -> str:
    if accepted:
        return str(ngettext("%(num)d deadline was moved.", "%(num)d deadlines were moved.", count))
    return str(ngettext("%(num)d deadline stays.", "%(num)d deadlines stay.", count))
