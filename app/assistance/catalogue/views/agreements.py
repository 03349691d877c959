"""The pages of agreements: the list over all organisations, a new one, ending one and withdrawing one."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.assistance.catalogue import agreeing, queries
from app.assistance.catalogue.agreement_forms import AgreementForm, EndingForm
from app.assistance.catalogue.agreement_queries import Agreements, get_agreement
from app.assistance.catalogue.queries import get_organisation
from app.assistance.catalogue.views.blueprint import bp, named, offered, url_of
from app.audit.journal import name_subject
from app.clients.views.acting import form_page, kept
from app.clock import now, today
from app.offices.agreements import (
    AGREEMENT_LABELS,
    SUBJECT_LABELS,
    AgreementKind,
    AgreementSubject,
    PartnerAgreement,
)
from app.offices.partners import Organisation
from app.supervision.contacts.forms import WithdrawalForm
from app.web.addresses import number_in_query, words_in_query


@bp.get("/agreements")
@permit(Permission.VIEW_SERVICES)
def agreements() -> ResponseReturnValue:
    """All agreements, the one signed last first."""
    kind, subject, region = words_in_query("kind"), words_in_query("subject"), words_in_query("region")
    wanted = Agreements(
        on=today(), region_code=region, in_force=bool(words_in_query("in_force")),
        kind=AgreementKind(kind) if kind in set(AgreementKind) else None,
        subject=AgreementSubject(subject) if subject in set(AgreementSubject) else None,
    )  # fmt: skip
    page, regions = wanted.page(number_in_query("after")), queries.all_regions()
    chosen: dict[str, Any] = {"kind": wanted.kind, "subject": wanted.subject, "region": region or None,
                              "in_force": "1" if wanted.in_force else None}  # fmt: skip
    older = url_for(".agreements", after=page.older, **chosen) if page.older else None
    return render_template(
        "services/agreements.html", page=page, chosen=chosen, regions=named(regions), offered=offered(regions),
        kinds=AGREEMENT_LABELS, subjects=SUBJECT_LABELS, pages={"newer_url": None, "older_url": older},
    )  # fmt: skip


@bp.route("/organisations/<int:organisation_id>/agreements", methods=["GET", "POST"])
@permit(Permission.MANAGE_SERVICES, get_organisation)
def enter_agreement(organisation: Organisation) -> ResponseReturnValue:
    """Enter an agreement that was signed with an organisation."""
    form = AgreementForm()

    def enter() -> None:
        name_subject(agreeing.enter(organisation, form.agreed(), actor(), today(), now()))

    if form.validate_on_submit() and kept(form, enter):
        flash(_("The agreement is entered."), "success")
        return redirect(url_of(organisation))
    return form_page("services/agreement_form.html", form, organisation=organisation)


@bp.route("/agreements/<int:agreement_id>/ending", methods=["GET", "POST"])
@permit(Permission.MANAGE_SERVICES, get_agreement)
def end_agreement(agreement: PartnerAgreement) -> ResponseReturnValue:
    """End an agreement before its time."""
    form = EndingForm()

    def end() -> None:
        agreeing.end(agreement, form.day, form.because.data or "", actor(), now())

    if form.validate_on_submit() and kept(form, end):
        flash(_("The agreement is not in force from that day on."), "success")
        return redirect(url_of(agreement.organisation))
    return form_page("services/agreement_end.html", form, agreement=agreement)


@bp.route("/agreements/<int:agreement_id>/withdrawal", methods=["GET", "POST"])
@permit(Permission.MANAGE_SERVICES, get_agreement)
def withdraw_agreement(agreement: PartnerAgreement) -> ResponseReturnValue:
    """Say that an agreement was entered by mistake."""
    form = WithdrawalForm()

    def withdraw() -> None:
        agreeing.withdraw(agreement, form.reason.data or "", actor(), now())

    if form.validate_on_submit() and kept(form, withdraw):
        flash(_("The agreement is withdrawn and counts no more."), "success")
        return redirect(url_of(agreement.organisation))
    return form_page("services/agreement_withdraw.html", form, agreement=agreement)
