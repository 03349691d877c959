"""The note of the first steps of a search, in Kazakh and in Russian, marked as a sample."""

from datetime import datetime
from typing import Any

from app.access.models import User
from app.printing.issuing import Paper, issue
from app.printing.models import IssuedPaper
from app.printing.printers import PRINTERS
from app.printing.vocabulary import PaperKind
from app.supervision.searches.models import Search
from app.supervision.searches.queries import search_for_note
from app.web.languages import language, text_in

TEMPLATE = "supervision/searches/note_paper.html"


def print_note(search_id: int, language: str, by: User, at: datetime) -> IssuedPaper:
    """The note with the steps that were noted so far, issued on the first request; another step makes another note."""
    return issue(paper_of(search_for_note(search_id)), by, at, language)


def paper_of(search: Search) -> Paper:
    case = search.case
    content: dict[str, Any] = {"search": search, "client": case.client, "case": case, "office": case.assignment.office}
    last = max([search.started_on, *(step.on for step in search.steps)])
    return Paper(
        kind=PaperKind.SEARCH_NOTE,
        number=f"S-{search.started_on.year}-{search.id:06d}",
        about=search,
        office_id=case.assignment.office_id,
        on=last,
        template=TEMPLATE,
        context=content,
        ordinal=len(search.steps) + 1,
        data=lambda: data_of(search, content),
    )


def data_of(search: Search, content: dict[str, Any]) -> dict[str, Any]:
    """The content of the note, in the language now spoken."""
    return {
        "kind": "search_note",
        "language": language(),
        "office": text_in(content["office"]),
        "person": {"name": search.client.full_name, "born_on": search.client.born_on},
        "missed_on": search.missed_on,
        "started_on": search.started_on,
        "why": search.why,
        "steps": [{"on": step.on, "what": str(step.kind.label), "words": step.words} for step in search.steps],
    }


PRINTERS[PaperKind.SEARCH_NOTE] = print_note
