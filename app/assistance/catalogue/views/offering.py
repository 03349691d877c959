"""The pages of services: the list, its export, one service, and keeping it."""

from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission, allows
from app.assistance.catalogue import keeping, queries
from app.assistance.catalogue.forms import ClosingForm, ServiceForm
from app.assistance.catalogue.naming import give_names
from app.assistance.catalogue.queries import Services, get_organisation, get_service
from app.assistance.catalogue.terms import answer_takes
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
from app.assistance.models import Service
from app.assistance.vocabulary import Direction
from app.audit.journal import name_subject
from app.clients.views.acting import attempt, kept
from app.clients.vocabulary import LABELS
from app.clock import now, today
from app.db import db
from app.offices.partners import Organisation
from app.web.addresses import number_in_query, words_in_query
from app.web.languages import language, text_in
from app.web.spreadsheets import csv_file

STATES = {"": True, "ended": False, "all": None}


def asked_for() -> tuple[Services, dict[str, Any]]:
    """What the filters of the page ask for, and the same as it stands in the address."""
    direction, region, state = words_in_query("direction"), words_in_query("region"), words_in_query("state")
    wanted = Services(
        on=today(),
        words=words_in_query("q"),
        direction=Direction(direction) if direction in set(Direction) else None,
        region_code=region,
        is_open=STATES.get(state, True),
        language=language(),
    )
    state = state if state in STATES else ""
    return wanted, {
        "q": wanted.words or None, "direction": wanted.direction, "region": region or None, "state": state or None,
    }  # fmt: skip


@bp.get("/services")
@permit(Permission.VIEW_SERVICES)
def index() -> ResponseReturnValue:
    wanted, chosen = asked_for()
    page = wanted.page(number_in_query("after"), number_in_query("before"))
    regions = queries.all_regions()
    return render_template(
        "services/index.html", page=page, chosen=chosen, regions=named(regions), offered=offered(regions),
        directions=LABELS[Direction], pages=urls_beside(page, ".index", chosen),
    )  # fmt: skip


@bp.get("/services.csv")
@permit(Permission.VIEW_SERVICES)
def export() -> ResponseReturnValue:
    """The rows of the page's filter, all of them, as a file."""
    wanted, _chosen = asked_for()
    regions, on = named(queries.all_regions()), today()
    head = [
        _("Direction"), _("Service"), _("Description"), _("Organisation"), _("Region"), _("Address"), _("Telephone"),
        _("E-mail"), _("Answer takes"), _("There since"), _("Ended on"),
    ]  # fmt: skip
    rows = (
        (
            str(one.direction.label), text_in(one), text_in(one.about), text_in(one.organisation),
            regions[one.organisation.region_code], one.organisation.address, one.organisation.phone,
            one.organisation.email, answer_takes(one, on), one.valid_from.isoformat(),
            one.valid_to.isoformat() if one.valid_to else None,
        )
        for one in wanted.all()
    )  # fmt: skip
    return csv_file("services.csv", head, rows)


@bp.get("/services/<int:service_id>")
@permit(Permission.VIEW_SERVICES, get_service)
def show(service: Service) -> ResponseReturnValue:
    referrals = queries.open_referrals(service, actor()) if allows(actor(), Permission.REFER_CLIENT) else []
    return render_template(
        "services/show.html", service=service, referrals=referrals,
        region=text_in(service.organisation.region.name_on(today())),
    )  # fmt: skip


@bp.route("/organisations/<int:organisation_id>/services/new", methods=["GET", "POST"])
@permit(Permission.MANAGE_SERVICES, get_organisation)
def create(organisation: Organisation) -> ResponseReturnValue:
    form = ServiceForm(valid_from=today())
    if organisation.valid_to is not None:
        flash(_("This organisation has ended. Open it again before adding a service."), "error")
        return to(organisation)
    if form.validate_on_submit():
        service = Service(code=own_code(), organisation=organisation)
        fill_service(service, form)
        db.session.add(service)
        name_subject(service)
        db.session.commit()
        flash(_("The service is in the catalogue."), "success")
        return to(service)
    return render_template("services/service_form.html", form=form, service=None, organisation=organisation)


@bp.route("/services/<int:service_id>/edit", methods=["GET", "POST"])
@permit(Permission.MANAGE_SERVICES, get_service)
def edit(service: Service) -> ResponseReturnValue:
    form = ServiceForm(obj=service)
    if form.edits(service) and ends_later(form, service):
        fill_service(service, form)
        db.session.commit()
        flash(_("Saved."), "success")
        return to(service)
    return render_template("services/service_form.html", form=form, service=service, organisation=service.organisation)


@bp.route("/services/<int:service_id>/closure", methods=["GET", "POST"])
@permit(Permission.MANAGE_SERVICES, get_service)
def close(service: Service) -> ResponseReturnValue:
    form = ClosingForm(on=today())
    if form.edits(service) and kept(form, lambda: keeping.close(service, ending_of(form)), form.on):
        flash(_("The service is closed. Nobody can be referred to it from that day on."), "success")
        return to(service)
    waiting = queries.count_open_referrals([service.id])
    return render_template("services/close.html", form=form, record=service, waiting=waiting, back=url_of(service))


@bp.post("/services/<int:service_id>/reopening")
@permit(Permission.MANAGE_SERVICES, get_service)
def reopen(service: Service) -> ResponseReturnValue:
    attempt(lambda: keeping.reopen(service, actor(), now()), _("The service is open again."))
    return to(service)


def fill_service(service: Service, form: ServiceForm) -> None:
    give_names(service, form.names())
    for field in (form.direction, form.answer_working_days, form.valid_from):
        setattr(service, field.name, field.data)
    service.about_kk, service.about_ru = form.about_kk.data or "", form.about_ru.data or ""
    service.about_en = form.about_en.data or service.about_ru
    keeping.touch(service, actor(), now())
