"""The act of an inspection of a home with the guardianship body, in Kazakh and in Russian, marked as a sample."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.access.models import User
from app.clients.models import Address, NotPossible
from app.printing.issuing import Paper, issue
from app.printing.models import IssuedPaper
from app.printing.printers import PRINTERS
from app.printing.vocabulary import PaperKind
from app.supervision.contacts.inspections import CODE
from app.supervision.contacts.models import Contact, Inspection
from app.supervision.contacts.queries import inspection_of
from app.supervision.norms import norm
from app.web.languages import language, text_in

TEMPLATE = "supervision/contacts/inspection_paper.html"


def print_act(contact_id: int, language: str, by: User, at: datetime) -> IssuedPaper:
    """The act of an inspection by its contact's number, issued on the first request.

    Raises NotPossible for an inspection that is withdrawn.
    """
    inspection = inspection_of(contact_id)
    if inspection.contact.withdrawal:
        raise NotPossible(_("This inspection is withdrawn: it has no act."))
    return issue(paper_of(inspection), by, at, language)


def paper_of(inspection: Inspection) -> Paper:
    """Nothing of the offence, the assessment or health: the act says how the person lives."""
    contact = inspection.contact
    case, address = contact.case, address_on(contact)
    content: dict[str, Any] = {
        "contact": contact,
        "inspection": inspection,
        "client": case.client,
        "office": case.assignment.office,
        "address": address.text if address else None,
        "norm": norm(CODE, contact.on) if case.client.is_minor_on(contact.on) else None,
    }
    return Paper(
        kind=PaperKind.INSPECTION_ACT,
        number=inspection.number,
        about=contact,
        office_id=case.assignment.office_id,
        on=contact.on,
        template=TEMPLATE,
        context=content,
        data=lambda: data_of(contact, inspection, content),
    )


def address_on(contact: Contact) -> Address | None:
    """Where the person lived on the day of the inspection, as far as it is recorded."""
    return next((row for row in reversed(contact.client.addresses) if row.covers(contact.on)), None)


def data_of(contact: Contact, inspection: Inspection, content: dict[str, Any]) -> dict[str, Any]:
    """The content of the act, in the language now spoken."""
    return {
        "kind": "inspection_act",
        "language": language(),
        "number": inspection.number,
        "on": contact.on,
        "office": text_in(content["office"]),
        "person": {
            "name": contact.client.full_name,
            "born_on": contact.client.born_on,
            "address": content["address"],
        },
        "body": inspection.body,
        "representative": inspection.representative,
        "present": inspection.present,
        "condition": inspection.condition.value,
        "own_place": inspection.own_place.value,
        "provided_for": inspection.provided_for.value,
        "cared_for": inspection.cared_for.value,
        "safe": inspection.safe.value,
        "found": inspection.found,
        "advised": inspection.advised,
        "officer": contact.by.full_name,
    }


PRINTERS[PaperKind.INSPECTION_ACT] = print_act
