"""Reading: all contacts with a person, one of them, and the act of an inspection."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guard import actor, permit
from app.access.policy import Permission, allows
from app.clients.models import Client, NotPossible
from app.clients.queries import get_person
from app.clock import now
from app.printing.pdf import pdf_answer
from app.supervision.contacts.act import print_act
from app.supervision.contacts.models import Contact
from app.supervision.contacts.queries import contacts_of, get_contact, place_in
from app.supervision.contacts.views.blueprint import bp
from app.web.addresses import words_in_query


@bp.get("/people/<int:client_id>/contacts")
@permit(Permission.VIEW_SUPERVISION, get_person)
def of_client(client: Client) -> ResponseReturnValue:
    """Every contact with a person or about them, the newest first."""
    cases = [case for case in client.cases if allows(actor(), Permission.VIEW_SUPERVISION, case)]
    before = place_in(words_in_query("before"))
    return render_template(
        "supervision/contacts/of_client.html", client=client, page=contacts_of(cases, before), is_first=before is None
    )


@bp.get("/contacts/<int:contact_id>")
@permit(Permission.VIEW_SUPERVISION, get_contact)
def show(contact: Contact) -> ResponseReturnValue:
    """One contact with everything that was noted of it."""
    return render_template("supervision/contacts/show.html", contact=contact, client=contact.client)


@bp.get("/contacts/<int:contact_id>/act/<any(kk, ru):language>.pdf")
@permit(Permission.VIEW_SUPERVISION, get_contact)
def act(contact: Contact) -> ResponseReturnValue:
    """The act of an inspection; the first request issues it in both languages."""
    if contact.inspection is None:
        abort(404)
    try:
        paper = print_act(contact.id, str((request.view_args or {})["language"]), actor(), now())
    except NotPossible as reason:
        flash(str(reason), "error")
        return redirect(url_for("contacts.show", contact_id=contact.id))
    return pdf_answer(paper.content, paper.file_name)
