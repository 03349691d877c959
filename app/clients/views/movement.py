"""Cases that move on: offered to another officer or office, answered, and taken off the register."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.models import User
from app.access.policy import Permission, allows
from app.clients import transfer as transfers
from app.clients.cases import Case, Transfer
from app.clients.closing import foreseen, open_matters
from app.clients.forms import AnswerForm, DeregistrationForm, TransferForm
from app.clients.models import NotPossible
from app.clients.queries import get_case, get_transfer, hold, officers_of
from app.clients.views.acting import attempt, form_page, kept
from app.clients.views.blueprint import bp
from app.clients.views.cases import back_to_case, while_open
from app.clients.vocabulary import Ground
from app.clock import now, today
from app.db import db
from app.offices.models import Office
from app.offices.queries import offices_on
from app.web.addresses import number_in_query


@bp.route("/cases/<int:case_id>/transfer", methods=["GET", "POST"])
@permit(Permission.TRANSFER_CASE, get_case)
@while_open
def offer_transfer(case: Case) -> ResponseReturnValue:
    offices = offices_on(today())
    office = office_chosen(case, list(offices))
    officers = [one for one in officers_of(office.id) if one.id != case.assignment.officer_id]
    form = TransferForm()
    form.officer_id.offer(officers)
    if form.validate_on_submit():
        officer = next((one for one in officers if one.id == form.officer_id.data), None)
        receiver, reason = transfers.Receiver(office, officer), form.data["reason"]
        if kept(form, lambda: transfers.offer(case, receiver, reason, by=actor(), at=now()), form.officer_id):
            return back_to_case(case, _("The transfer is offered. You keep the case until it is accepted."))
    return form_page("clients/offer_transfer.html", form, case=case, client=case.client, offices=offices, office=office)


def office_chosen(case: Case, offices: list[Office]) -> Office:
    """The office named in the address; the case's own when there is none such."""
    return next((one for one in offices if one.id == number_in_query("office")), case.assignment.office)


@bp.route("/transfers/<int:transfer_id>", methods=["GET", "POST"])
@permit(Permission.ANSWER_TRANSFER, get_transfer)
def transfer(transfer: Transfer) -> ResponseReturnValue:
    form = AnswerForm()
    officers = officers_of(transfer.to_office_id)
    if transfer.to_officer_id == actor().id:
        del form.officer_id
        officers = [actor()]
    else:
        form.officer_id.offer(officers)
        if not form.is_submitted():
            form.officer_id.data = transfer.to_officer_id
    if form.validate_on_submit():
        hold(transfer.case)
        if answered(transfer, form, list(officers)):
            db.session.commit()
            return after_answer(transfer)
    return form_page("clients/transfer.html", form, transfer=transfer, case=transfer.case)


def answered(transfer: Transfer, form: AnswerForm, officers: list[User]) -> bool:
    """Whether the pressed button's answer could be given; if not, the form says why."""
    try:
        if request.form.get("decision") == "accept":
            if not form.accepts():
                return False
            chosen = form.officer_id.data if "officer_id" in form else actor().id
            officer = next(one for one in officers if one.id == chosen)
            transfers.accept(transfer, officer, by=actor(), at=now())
        else:
            if not form.declines():
                return False
            transfers.decline(transfer, form.data["words"], by=actor(), at=now())
    except NotPossible as reason:
        form.words.errors = [str(reason)]
        return False
    return True


def after_answer(transfer: Transfer) -> ResponseReturnValue:
    """To the person's page when the case is within reach now, otherwise to the list."""
    case = transfer.case
    if transfer.answer and transfer.answer.is_accepted:
        flash(_("The transfer is accepted."), "success")
        if allows(actor(), Permission.VIEW_CLIENT, case):
            return redirect(url_for("desk.client", client_id=case.client_id))
    else:
        flash(_("The transfer is declined."), "success")
    return redirect(url_for("clients.index"))


@bp.post("/cases/<int:case_id>/transfer/withdrawal")
@permit(Permission.TRANSFER_CASE, get_case)
@while_open
def withdraw_transfer(case: Case) -> ResponseReturnValue:
    attempt(lambda: transfers.withdraw(case, by=actor(), at=now()), _("The offer is taken back."))
    return redirect(url_for("clients.case", case_id=case.id))


@bp.route("/cases/<int:case_id>/deregistration", methods=["GET", "POST"])
@permit(Permission.DEREGISTER_CASE, get_case)
@while_open
def deregister(case: Case) -> ResponseReturnValue:
    form = DeregistrationForm()
    if not form.is_submitted():
        form.on.data = today()
    if form.validate_on_submit():
        asked = form.data
        ground, on = Ground(asked["ground"]), asked["on"]
        if kept(form, lambda: case.deregister(ground, on, by=actor(), words=asked["words"], at=now()), form.on):
            return back_to_case(case, _("The case is off the register."))
    return form_page(
        "clients/deregister.html", form, case=case, client=case.client, open_matters=open_matters(case, today()),
        foreseen=foreseen(case, today()),
    )  # fmt: skip
