"""The pages of partner organisations: the list, one organisation, and keeping it."""

from functools import partial

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.assistance.catalogue import keeping, queries
from app.assistance.catalogue.agreement_queries import agreements_of
from app.assistance.catalogue.forms import ClosingForm, OrganisationForm
from app.assistance.catalogue.naming import give_names
from app.assistance.catalogue.queries import Organisations, get_organisation
from app.assistance.catalogue.views.blueprint import (
    bp,
    ending_of,
    ends_later,
    named,
    offered,
    own_code,
    to,
    url_of,
    urls_beside,
)  # fmt: skip
from app.audit.journal import name_subject
from app.clients.views.acting import attempt, kept
from app.clock import now, today
from app.db import db
from app.offices.partners import KIND_LABELS, Organisation, OrganisationKind
from app.web.addresses import number_in_query, words_in_query
from app.web.languages import language, text_in


@bp.get("/organisations")
@permit(Permission.VIEW_SERVICES)
def organisations() -> ResponseReturnValue:
    kind, region = words_in_query("kind"), words_in_query("region")
    wanted = Organisations(
        on=today(), words=words_in_query("q"), region_code=region, language=language(),
        kind=OrganisationKind(kind) if kind in set(OrganisationKind) else None,
    )  # fmt: skip
    page = wanted.page(number_in_query("after"), number_in_query("before"))
    chosen = {"q": wanted.words or None, "kind": wanted.kind, "region": region or None}
    regions = queries.all_regions()
    return render_template(
        "services/organisations.html", page=page, chosen=chosen, regions=named(regions), offered=offered(regions),
        kinds=KIND_LABELS, pages=urls_beside(page, ".organisations", chosen),
    )  # fmt: skip


@bp.get("/organisations/<int:organisation_id>")
@permit(Permission.VIEW_SERVICES, get_organisation)
def organisation(organisation: Organisation) -> ResponseReturnValue:
    return render_template(
        "services/organisation.html", organisation=organisation, services=queries.services_of(organisation),
        region=text_in(organisation.region.name_on(today())), agreements=agreements_of(organisation),
    )  # fmt: skip


@bp.route("/organisations/new", methods=["GET", "POST"])
@permit(Permission.MANAGE_SERVICES)
def create_organisation() -> ResponseReturnValue:
    form = OrganisationForm(valid_from=today())
    if form.validate_on_submit():
        organisation = Organisation(code=own_code())
        fill_organisation(organisation, form)
        db.session.add(organisation)
        name_subject(organisation)
        db.session.commit()
        flash(_("The organisation is in the catalogue. Add what it gives."), "success")
        return to(organisation)
    return render_template("services/organisation_form.html", form=form, organisation=None)


@bp.route("/organisations/<int:organisation_id>/edit", methods=["GET", "POST"])
@permit(Permission.MANAGE_SERVICES, get_organisation)
def edit_organisation(organisation: Organisation) -> ResponseReturnValue:
    form = OrganisationForm(obj=organisation)
    if form.edits(organisation) and ends_later(form, organisation):
        fill_organisation(organisation, form)
        db.session.commit()
        flash(_("Saved."), "success")
        return to(organisation)
    return render_template("services/organisation_form.html", form=form, organisation=organisation)


@bp.route("/organisations/<int:organisation_id>/closure", methods=["GET", "POST"])
@permit(Permission.MANAGE_SERVICES, get_organisation)
def close_organisation(organisation: Organisation) -> ResponseReturnValue:
    form, services = ClosingForm(on=today()), queries.services_of(organisation)
    act = partial(keeping.close_organisation, organisation, services)
    if form.edits(organisation) and kept(form, lambda: act(ending_of(form)), form.on):
        flash(_("The organisation and its services are closed from that day on."), "success")
        return to(organisation)
    waiting = queries.count_open_referrals([one.id for one in services])
    return render_template(
        "services/close.html", form=form, record=organisation, waiting=waiting, back=url_of(organisation)
    )


@bp.post("/organisations/<int:organisation_id>/reopening")
@permit(Permission.MANAGE_SERVICES, get_organisation)
def reopen_organisation(organisation: Organisation) -> ResponseReturnValue:
    attempt(
        lambda: keeping.reopen(organisation, actor(), now()),
        _("The organisation is open again. Its services stay closed until each is opened again."),
    )
    return to(organisation)


def fill_organisation(organisation: Organisation, form: OrganisationForm) -> None:
    give_names(organisation, form.names())
    for field in (form.kind, form.region_code, form.address, form.phone, form.email, form.valid_from):
        setattr(organisation, field.name, field.data)
    keeping.touch(organisation, actor(), now())
