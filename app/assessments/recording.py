"""Writing down the answers to one section while an assessment is under way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from app.assessments import library
from app.assessments.models import Assessment, DomainNote, ItemAnswer, Source
from app.assessments.needs import Linkage
from app.assessments.scoring import score
from app.assessments.section import Section
from app.clients.models import NotPossible


@dataclass(frozen=True, slots=True)
class Given:
    """An answer to one item. No option: asked, but not known. ``carried_over``: as last time, and confirmed."""

    option_code: str | None
    source: Source | None = None
    carried_over: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """What the officer says of the section beside the answers."""

    strengths: str | None = None
    link: Linkage = Linkage()


def require_open(assessment: Assessment) -> None:
    """Raises NotPossible when the assessment takes no answers any more."""
    if assessment.completion:
        raise NotPossible(_("This assessment is complete. It stays as it is; a change is a new assessment."))
    if not assessment.case.is_open:
        raise NotPossible(_("This case is off the register. Its assessment cannot be continued."))


def record(assessment: Assessment, section: Section, given: Mapping[str, Given], noted: Noted, at: datetime) -> None:
    """Have the section hold exactly these answers and notes, and leave the other sections alone.

    given: by item code; an item that is not there has no answer. Raises NotPossible when the assessment takes no
    answers any more, and Refused when an answer does not fit the instrument.
    """
    require_open(assessment)
    kept = {row.item_code: row for row in assessment.answers}
    for item in section.items:
        answer, row = given.get(item.code), kept.get(item.code)
        if answer is None:
            if row:
                assessment.answers.remove(row)
            continue
        if row is None:
            row = ItemAnswer(item_code=item.code)
            assessment.answers.append(row)
        row.option_code, row.source = answer.option_code, answer.source if answer.option_code else None
        row.carried_over = answer.carried_over and answer.option_code is not None
    note_down(assessment, section, noted)
    score(library.of(assessment), assessment.chosen, assessment.unknown)  # refuses what does not fit
    assessment.saved_at = at


def note_down(assessment: Assessment, section: Section, noted: Noted) -> None:
    row = next((row for row in assessment.notes if row.domain_code == section.code), None)
    if noted == Noted():
        if row:
            assessment.notes.remove(row)
        return
    if row is None:
        row = DomainNote(domain_code=section.code)
        assessment.notes.append(row)
    row.text = noted.strengths
    row.linked_to_harm, row.linked_to_reoffending = noted.link.harm, noted.link.reoffending
