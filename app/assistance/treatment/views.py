"""Treatment handed over on release: consents, handovers, answers and arrivals, for the officer of the case alone."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.assistance.treatment import handing_over as verbs
from app.assistance.treatment.forms import AnswerForm, ArrivalForm, ConsentForm, HandoverForm, WithdrawalForm
from app.assistance.treatment.handing_over import LONGEST_CONSENT
from app.assistance.treatment.models import (
    Arrival,
    Handover,
    HandoverAnswer,
    TreatmentConsent,
    TreatmentWithdrawal,
)
from app.assistance.treatment.queries import clinics_on, consents_of, get_consent, get_handover, hold
from app.clients import queries as clients
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.queries import get_case
from app.clients.views.acting import case_form_page, kept
from app.clock import now, today
from app.web.months import months_after

bp = Blueprint("treatment", __name__)
USUAL_CONSENT = 6  # months that the form proposes


@bp.get("/cases/<int:case_id>/treatment")
@permit(Permission.HAND_OVER_TREATMENT, get_case)
def show(case: Case) -> ResponseReturnValue:
    return render_template("assistance/treatment/show.html", case=case, client=case.client, consents=consents_of(case))


@bp.route("/cases/<int:case_id>/treatment/consents/new", methods=["GET", "POST"])
@permit(Permission.HAND_OVER_TREATMENT, get_case)
def give_consent(case: Case) -> ResponseReturnValue:
    if request.method == "POST":
        clients.hold(case)
    clinics = {one.id: one for one in clinics_on(today())}
    minor = case.client.is_minor_on(today())
    usual = {"on": today(), "until_on": months_after(today(), USUAL_CONSENT)}
    form = ConsentForm(clinics=clinics.values(), minor=minor, data=usual)
    if case.is_open and form.validate_on_submit():
        given = form.data
        consent = TreatmentConsent(
            organisation=clinics[given["organisation_id"]], what=given["what"], given_on=given["on"],
            until_on=given["until_on"], representative=given.get("representative"), by=actor(), at=now(),
        )  # fmt: skip
        if kept(form, lambda: verbs.give_consent(case, consent, today())):
            return to_page(case, _("The consent is kept."))
    return case_form_page("assistance/treatment/consent.html", form, case, longest=LONGEST_CONSENT)


@bp.route("/treatment-consents/<int:treatment_consent_id>/withdrawal", methods=["GET", "POST"])
@permit(Permission.HAND_OVER_TREATMENT, get_consent)
def take_back(consent: TreatmentConsent) -> ResponseReturnValue:
    seen(consent)
    form = WithdrawalForm(data={"on": today()})
    if form.validate_on_submit():
        row = TreatmentWithdrawal(on=form.data["on"], by=actor(), at=now())
        if kept(form, lambda: verbs.take_back(consent, row, today())):
            return to_page(consent.case, _("The consent is taken back. Tell the clinic so today."))
    return case_form_page("assistance/treatment/take_back.html", form, consent.case, consent=consent)


@bp.route("/treatment-consents/<int:treatment_consent_id>/handovers/new", methods=["GET", "POST"])
@permit(Permission.HAND_OVER_TREATMENT, get_consent)
def hand_over(consent: TreatmentConsent) -> ResponseReturnValue:
    seen(consent)
    if refused := refusal_of(consent):
        return refused
    form = HandoverForm(data={"on": today()})
    if form.validate_on_submit():
        given = form.data
        row = Handover(
            words=given["words"], handed_on=given["on"], supplied_until=given["supplied_until"], by=actor(), at=now()
        )
        if kept(form, lambda: verbs.hand_over(consent, row, today())):
            return to_page(consent.case, _("The handover is noted. The clinic's answer is waited for."))
    return case_form_page("assistance/treatment/hand_over.html", form, consent.case, consent=consent)


@bp.route("/treatment-handovers/<int:handover_id>/reply", methods=["GET", "POST"])
@permit(Permission.HAND_OVER_TREATMENT, get_handover)
def answer(handover: Handover) -> ResponseReturnValue:
    seen(handover.consent)
    if refused := refusal_of(handover.consent):
        return refused
    form = AnswerForm(data={"on": today()})
    if form.validate_on_submit():
        given = form.data
        row = HandoverAnswer(
            is_accepted=given["is_accepted"] == "yes", on=given["on"], words=given["words"], by=actor(), at=now()
        )
        if kept(form, lambda: verbs.answer(handover, row, today())):
            return to_page(handover.case, _("The answer is noted."))
    return case_form_page("assistance/treatment/answer.html", form, handover.case, handover=handover)


@bp.route("/treatment-handovers/<int:handover_id>/arrival", methods=["GET", "POST"])
@permit(Permission.HAND_OVER_TREATMENT, get_handover)
def arrive(handover: Handover) -> ResponseReturnValue:
    seen(handover.consent)
    if refused := refusal_of(handover.consent):
        return refused
    form = ArrivalForm(data={"on": today()})
    if form.validate_on_submit():
        given = form.data
        row = Arrival(has_come=given["has_come"] == "yes", on=given["on"], by=actor(), at=now())
        if kept(form, lambda: verbs.arrive(handover, row, today())):
            return to_page(handover.case, _("It is noted."))
    return case_form_page("assistance/treatment/arrival.html", form, handover.case, handover=handover)


def seen(consent: TreatmentConsent) -> None:
    """While a form is taken in, nobody else acts on the consent."""
    if request.method == "POST":
        hold(consent)


def refusal_of(consent: TreatmentConsent) -> ResponseReturnValue | None:
    """The way back, with the reason, where the consent does not stand."""
    try:
        verbs.must_stand(consent, today())
    except NotPossible as reason:
        flash(str(reason), "error")
        return redirect(url_for("treatment.show", case_id=consent.case_id))
    return None


def to_page(case: Case, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("treatment.show", case_id=case.id))
