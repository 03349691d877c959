"""The letter of referral: addressed to the organisation, in Kazakh and in Russian, with what it needs and no more."""

from datetime import datetime
from typing import Any

from app.access.models import User
from app.assistance.models import Referral
from app.assistance.referrals.queries import letter_of, reachable
from app.printing.issuing import Paper, issue
from app.printing.models import IssuedPaper
from app.printing.printers import PRINTERS
from app.printing.vocabulary import PaperKind
from app.web.languages import text_in

TEMPLATE = "assistance/referral_paper.html"


def paper_of(referral: Referral) -> Paper:
    """Never the offence, the need, the assessment or health; telephone and address only with the person's consent."""
    case, service = referral.case, referral.service
    content: dict[str, Any] = {
        "referral": referral,
        "client": case.client,
        "office": case.assignment.office,
        "contact": contact_of(referral),
    }
    return Paper(
        kind=PaperKind.REFERRAL,
        number=referral.number,
        about=referral,
        office_id=case.assignment.office_id,
        on=referral.made_on,
        template=TEMPLATE,
        context=content,
        data=lambda: {
            "number": referral.number,
            "date": referral.made_on.isoformat(),
            "to": text_in(service.organisation),
            "service": text_in(service),
            "direction": service.direction.value,
            "person": {"name": case.client.full_name, "year_of_birth": case.client.born_on.year, **content["contact"]},
            "asked_for": referral.why,
            "answer_by": referral.answer_by.isoformat(),
        },
    )


def contact_of(referral: Referral) -> dict[str, str | None]:
    """How the service reaches the person, as far as they agreed."""
    if not referral.shares_contact:
        return {}
    person = reachable(referral)
    return {"phone": person.phone, "address": person.address.text if person.address else None}


def print_letter(referral_id: int, language: str, by: User, at: datetime) -> IssuedPaper:
    """The letter of a referral by its number, issued on the first request."""
    return issue(paper_of(letter_of(referral_id)), by, at, language)


PRINTERS[PaperKind.REFERRAL] = print_letter
