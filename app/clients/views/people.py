"""People: the list and the search, and putting somebody on the register."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.access.guard import actor, permit
from app.access.models import User
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clients import registration
from app.clients.forms import FiltersForm, RegistrationForm
from app.clients.models import Client
from app.clients.search import Filters, Page, People, former_name_found
from app.clients.views.acting import form_page
from app.clients.views.blueprint import bp, officer_chosen, officers_to_choose, refuse_iin
from app.clients.vocabulary import Stage
from app.clock import now, today
from app.db import db
from app.web.addresses import number_in_query, words_in_query

bp.add_app_template_global(former_name_found)


@bp.get("/people")
@permit(Permission.VIEW_CLIENT)
def index() -> ResponseReturnValue:
    words = words_in_query("q")
    form = filters_form(register="both" if words else "on")
    people = People(actor(), today(), words, filters_of(form))
    page = people.page(number_in_query("after"), number_in_query("before"))
    return render_template(
        "clients/index.html", form=form, words=words, folded=people.name_words(), page=page, pages=Pages(page)
    )


KEPT = ("q", "stage", "legal_basis", "officer_id", "register")


class Pages:
    """The addresses of the pages beside, with the search and the filters kept."""

    def __init__(self, page: Page) -> None:
        self.newer_url = self.beside(before=page.newer) if page.newer else None
        self.older_url = self.beside(after=page.older) if page.older else None

    def beside(self, **mark: int) -> str:
        kept: dict[str, Any] = {name: request.args[name] for name in KEPT if name in request.args}
        return url_for("clients.index", **(kept | mark))


def filters_form(register: str) -> FiltersForm:
    """The filters of the address; ``register`` is what it means when it does not say."""
    form = FiltersForm(formdata=request.args, meta={"csrf": False})
    officers = officers_to_choose()
    if officers is None:
        del form.officer_id
    else:
        form.officer_id.offer(officers)
    for field in form:
        if field.name in KEPT and not field.validate(form):
            field.data = None  # an address that somebody made up narrows nothing
    form.register.data = form.register.data or register
    return form


def filters_of(form: FiltersForm) -> Filters:
    return Filters(
        stage=Stage(form.stage.data) if form.stage.data else None,
        legal_basis=form.legal_basis.data,
        officer_id=form.officer_id.data if "officer_id" in form else None,
        is_open={"on": True, "off": False}.get(form.register.data or ""),
    )


@bp.route("/people/new", methods=["GET", "POST"])
@permit(Permission.REGISTER_CLIENT)
def create() -> ResponseReturnValue:
    form, officers = RegistrationForm(), officers_to_choose()
    form.offer_officers(officers)
    alike: list[Client] = []
    if form.validate_on_submit():
        alike = unsettled(form)
        if not alike and (client := registered(form, officer_chosen(form, officers))):
            flash(_("%(name)s is on the register.", name=client.full_name), "success")
            return redirect(url_for("desk.client", client_id=client.id))
    return form_page("clients/create.html", form, alike=alike, likeness=likeness(form))


def unsettled(form: RegistrationForm) -> list[Client]:
    """Whoever may be the same person: whoever has the IIN, and those alike who were not said to be somebody else."""
    if holder := registration.with_iin(form.iin.data):
        refuse_iin(form, holder)
        return [holder]
    if request.form.get("confirmed", "") == likeness(form):
        return []
    asked = form.data
    return list(registration.alike(asked["surname"], asked["given_name"], asked["born_on"]))


def likeness(form: RegistrationForm) -> str:
    if not form.born_on.data:
        return ""
    return registration.likeness(form.surname.data or "", form.given_name.data or "", form.born_on.data)


def registered(form: RegistrationForm, officer: User) -> Client | None:
    """The person saved; None when somebody registered the same IIN a moment ago, which the form then says."""
    try:
        client = registration.register(form, officer, by=actor(), at=now())
        name_subject(client)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        holder = registration.with_iin(form.iin.data)
        if holder is None:
            raise
        refuse_iin(form, holder)
        return None
    return client
