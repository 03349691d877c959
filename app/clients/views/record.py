"""The record of a person: identity, addresses, circumstances, representatives, documents."""

from datetime import date
from types import SimpleNamespace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from wtforms import Field

from app.access.guard import READS, actor, permit
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clients import registration
from app.clients.forms import (
    AddressForm,
    ChangedCircumstancesForm,
    DocumentsForm,
    IdentityForm,
    NewCaseForm,
    NewRepresentativeForm,
)
from app.clients.models import Client, Document, NotPossible, Row, follow
from app.clients.queries import get_client, hold_documents, region_names
from app.clients.views.acting import form_page
from app.clients.views.blueprint import bp, officer_chosen, officers_to_choose, refuse_iin
from app.clients.vocabulary import DocumentKind, DocumentState
from app.clock import now, today
from app.db import db


@bp.get("/people/<int:client_id>/record")
@permit(Permission.VIEW_CLIENT, get_client)
def record(client: Client) -> ResponseReturnValue:
    return render_template("clients/record.html", client=client, regions=region_names(client, today()))


def back_to_record(client: Client) -> ResponseReturnValue:
    flash(_("Saved."), "success")
    return redirect(url_for("clients.record", client_id=client.id))


@bp.route("/people/<int:client_id>/edit", methods=["GET", "POST"])
@permit(Permission.EDIT_CLIENT, get_client)
def edit(client: Client) -> ResponseReturnValue:
    form = IdentityForm(obj=client)
    if form.edits(client) and born_before_judgments(form, client):
        if holder := registration.with_iin(form.iin.data, other_than=client):
            refuse_iin(form, holder)
        elif identified(client, form):
            return back_to_record(client)
    return form_page("clients/edit.html", form, client=client)


def born_before_judgments(form: IdentityForm, client: Client) -> bool:
    if all(form.born_on.data < case.judged_on for case in client.cases):
        return True
    form.born_on.errors = [_("A judgment in this record is not later than this birth date. Check both dates.")]
    return False


def identified(client: Client, form: IdentityForm) -> bool:
    """Whether the identity was saved; not when somebody gave another person the same IIN a moment ago."""
    try:
        registration.identify(client, form)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        holder = registration.with_iin(form.iin.data, other_than=client)
        if holder is None:
            raise
        refuse_iin(form, holder)
        return False
    return True


def followed(field: Field, history: list[Row], newcomer: Row) -> bool:
    """Whether the newcomer could be added; if not, the field with its first day says why."""
    try:
        follow(history, newcomer)
    except NotPossible as reason:
        field.errors = [str(reason)]
        return False
    db.session.commit()
    return True


@bp.route("/people/<int:client_id>/addresses/new", methods=["GET", "POST"])
@permit(Permission.EDIT_CLIENT, get_client)
def create_address(client: Client) -> ResponseReturnValue:
    form = AddressForm()
    if form.validate_on_submit() and followed(form.lives_from, client.addresses, registration.address(form)):
        return back_to_record(client)
    return form_page("clients/create_address.html", form, client=client)


@bp.route("/people/<int:client_id>/circumstances/new", methods=["GET", "POST"])
@permit(Permission.EDIT_CLIENT, get_client)
def create_circumstances(client: Client) -> ResponseReturnValue:
    form = ChangedCircumstancesForm(obj=client.situation)
    if not form.is_submitted():
        form.from_on.data = today()
    if form.validate_on_submit():
        newcomer = registration.circumstances(form, form.data["from_on"])
        if followed(form.from_on, client.circumstances, newcomer):
            return back_to_record(client)
    return form_page("clients/create_circumstances.html", form, client=client)


@bp.route("/people/<int:client_id>/representatives/new", methods=["GET", "POST"])
@permit(Permission.EDIT_CLIENT, get_client)
def create_representative(client: Client) -> ResponseReturnValue:
    form = NewRepresentativeForm()
    if form.validate_on_submit():
        newcomer = registration.representative(form, form.data["from_on"])
        if followed(form.from_on, client.representatives, newcomer):
            return back_to_record(client)
    return form_page("clients/create_representative.html", form, client=client)


@bp.route("/people/<int:client_id>/documents", methods=["GET", "POST"])
@permit(Permission.EDIT_CLIENT, get_client)
def documents(client: Client) -> ResponseReturnValue:
    if request.method not in READS:
        hold_documents(client)
    known = noted(client)
    form = DocumentsForm(obj=known)
    if form.edits(known):
        for kind, field in form.states():
            note_document(client, kind, DocumentState(field.data) if field.data else None, today())
        db.session.commit()
        return back_to_record(client)
    return form_page("clients/documents.html", form, client=client)


def noted(client: Client) -> SimpleNamespace:
    """What is noted of each document, by its code; all of it together is the version that a form is filled in from."""
    states = {row.kind.value: row.state.value for row in client.documents}
    return SimpleNamespace(**states, version=" ".join(f"{kind}:{state}" for kind, state in sorted(states.items())))


def note_document(client: Client, kind: DocumentKind, state: DocumentState | None, on: date) -> None:
    known = next((row for row in client.documents if row.kind == kind), None)
    if known and state is None:
        client.documents.remove(known)
    elif known and known.state != state and state:
        known.state, known.noted_on = state, on
    elif state and not known:
        client.documents.append(Document(kind=kind, state=state, noted_on=on))


@bp.route("/people/<int:client_id>/cases/new", methods=["GET", "POST"])
@permit(Permission.EDIT_CLIENT, get_client)
def create_case(client: Client) -> ResponseReturnValue:
    form, officers = NewCaseForm(), officers_to_choose()
    form.offer_officers(officers)
    if form.validate_on_submit() and form.born_before_judgment(client.born_on):
        case = registration.add_case(client, form, officer_chosen(form, officers), by=actor(), at=now())
        name_subject(case)
        db.session.commit()
        flash(_("Case %(number)s is on the register.", number=case.number), "success")
        return redirect(url_for("clients.case", case_id=case.id))
    return form_page("clients/create_case.html", form, client=client)
