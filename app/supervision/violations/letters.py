"""Warnings, representations and words of thanks on paper: the signed text in Kazakh and in Russian, as a sample."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.access.models import User
from app.clients.models import NotPossible
from app.printing.issuing import Paper, draft_of, issue
from app.printing.models import IssuedPaper
from app.printing.printers import PRINTERS
from app.printing.vocabulary import PaperKind
from app.supervision.violations.models import Answer, AnswerDraft
from app.supervision.violations.queries import answer_for_letter
from app.supervision.violations.vocabulary import AnswerKind
from app.supervision.violations.wording import measure_in_words
from app.web.languages import language, text_in

TEMPLATE = "supervision/violations/answer_paper.html"
KINDS = {
    AnswerKind.WARNING: PaperKind.WARNING,
    AnswerKind.REPRESENTATION: PaperKind.REPRESENTATION,
    AnswerKind.INCENTIVE: PaperKind.INCENTIVE,
}


def letter_of(answer: Answer, language: str, by: User, at: datetime) -> bytes:
    """What was signed, issued on the first request; before the signature the text as it stands, marked as a draft."""
    if answer.signature is None:
        return draft_of(paper_of(answer), language)
    return issue(paper_of(answer), by, at, language).content


def print_letter(answer_id: int, language: str, by: User, at: datetime) -> IssuedPaper:
    """The letter of a signed answer by its number. Raises NotPossible before the signature."""
    answer = answer_for_letter(answer_id)
    if answer.signature is None:
        raise NotPossible(_("This is not signed yet, so there is no paper."))
    return issue(paper_of(answer), by, at, language)


def paper_of(answer: Answer) -> Paper:
    """The text that was signed, or the last draft; the court is told the sentence, nobody else is."""
    case, signature = answer.case, answer.signature
    text = signed_draft(answer)
    content: dict[str, Any] = {
        "answer": answer,
        "text": text,
        "client": case.client,
        "case": case,
        "office": case.assignment.office,
        "to_court": answer.goes_to_court,
        "signer": signature.by if signature else None,
    }
    return Paper(
        kind=KINDS[answer.kind],
        number=answer.number,
        about=answer,
        office_id=case.assignment.office_id,
        on=signature.on if signature else text.at.date(),
        template=TEMPLATE,
        context=content,
        data=lambda: data_of(answer, text, content),
    )


def signed_draft(answer: Answer) -> AnswerDraft:
    signed = answer.signature.draft_id if answer.signature else None
    return next((row for row in answer.drafts if row.id == signed), answer.draft)


def data_of(answer: Answer, text: AnswerDraft, content: dict[str, Any]) -> dict[str, Any]:
    """The content of the paper, in the language now spoken."""
    return {
        "kind": answer.kind.value,
        "language": language(),
        "number": answer.number,
        "on": answer.signature.on if answer.signature else None,
        "measure": measure_in_words(answer.measure),
        "office": text_in(content["office"]),
        "court": answer.case.court if answer.goes_to_court else None,
        "person": {"name": answer.client.full_name},
        "text": text.kk if language() == "kk" else text.ru,
        "signed_by": content["signer"].full_name if content["signer"] else None,
    }


for kind in KINDS.values():
    PRINTERS[kind] = print_letter
