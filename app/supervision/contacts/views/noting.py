"""Noting a contact on one short page, and withdrawing one that was noted by mistake."""

from typing import Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.models import User
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clients.cases import Case
from app.clients.queries import get_case, hold
from app.clients.views.acting import case_form_page, form_page, kept
from app.clock import now, today
from app.supervision.contacts.forms import ContactForm, WithdrawalForm
from app.supervision.contacts.models import Contact
from app.supervision.contacts.noting import hold_contact, note_contact, withdraw_contact
from app.supervision.contacts.queries import get_contact, last_body
from app.supervision.contacts.views.blueprint import bp, to_supervision
from app.supervision.contacts.vocabulary import ContactKind, Whom
from app.web.addresses import within

KINDS = ", ".join(f'"{kind.noun}"' for kind in ContactKind)


def case_of_contact(actor: User, permission: Permission, case_id: int, contact_kind: str) -> Case:
    """The case in which a contact is to be noted; the kind narrows nothing."""
    return get_case(actor, permission, case_id)


@bp.route(f"/cases/<int:case_id>/contacts/<any({KINDS}):contact_kind>/new", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, case_of_contact)
def create(case: Case) -> ResponseReturnValue:
    """Note a contact of one kind."""
    kind = kind_in_address()
    if not case.is_open:
        return to_supervision(case, _("This case is off the register. It can be read, but not changed."), "error")
    form = ContactForm(kind, data=likely(case, kind))

    def note() -> None:
        hold(case)
        name_subject(note_contact(case, form.told(), by=actor(), today=today(), at=now()))

    back = within(form.back.data)
    if form.validate_on_submit() and kept(form, note):
        said = _("It is noted: %(kind)s.", kind=kind.label)
        return come_back(back, said) if back else to_supervision(case, said)
    return case_form_page("supervision/contacts/create.html", form, case, kind=kind, kinds=ContactKind, back=back)


def come_back(back: str, said: str) -> ResponseReturnValue:
    """To the page from which the form was opened."""
    flash(said, "success")
    return redirect(back)


def likely(case: Case, kind: ContactKind) -> dict[str, Any]:
    """What the form begins with: today, the person in a talk, the guardianship body of the last time."""
    return {
        "back": request.args.get("back", ""),
        "on": today(),
        "whom": Whom.PERSON.value if kind is ContactKind.TALK else None,
        "body": last_body(case) if kind is ContactKind.INSPECTION else None,
    }


def kind_in_address() -> ContactKind:
    noun = str((request.view_args or {})["contact_kind"])
    return next(kind for kind in ContactKind if kind.noun == noun)


@bp.route("/contacts/<int:contact_id>/withdrawal", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_contact)
def withdraw(contact: Contact) -> ResponseReturnValue:
    """Say that a contact was noted by mistake."""
    form = WithdrawalForm()
    if form.is_submitted():
        hold(contact.case)
        hold_contact(contact)
    if contact.withdrawal or not contact.case.is_open:
        return to_supervision(contact.case, _("This contact cannot be withdrawn any more."), "error")
    if form.validate_on_submit() and kept(
        form, lambda: withdraw_contact(contact, form.data["reason"], by=actor(), at=now())
    ):
        return to_supervision(contact.case, _("The contact is withdrawn."))
    return form_page("supervision/contacts/withdraw.html", form, contact=contact, client=contact.client)
