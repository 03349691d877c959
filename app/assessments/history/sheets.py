"""The sheet that explains an assessment to the person: one page in plain words, without points."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from textwrap import shorten
from typing import Any

from app.assessments import library
from app.assessments.due.standings import dues
from app.assessments.history.explanation import matters
from app.assessments.instrument import Instrument, Section
from app.assessments.levels.objecting import OBJECTION_ANSWER
from app.assessments.models import Assessment
from app.assessments.queries import latest_completed
from app.assessments.scoring import Result
from app.assessments.stored import from_json
from app.assessments.vocabulary import Kind, Level, Text
from app.printing.pdf import pdf
from app.supervision.norms import norm

LANGUAGES = ("kk", "ru", "en")
TEMPLATE = "assessments/explanation_paper.html"
# So that the sheet stays one page whatever was noted; the whole is on the screen, and the officer shows it.
NOTES, LETTERS = 3, 110


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one area of life; no level: too little is known."""

    name: Text
    kind: Kind
    level: Level | None


def explanation_sheet(assessment: Assessment, language: str, on: date) -> bytes:
    """The sheet of a completed assessment in one language, as things stand on a day. Raises ValueError otherwise."""
    return pdf(TEMPLATE, language, **facts_of(assessment, on))


def facts_of(assessment: Assessment, on: date) -> dict[str, Any]:
    completion = assessment.completion
    if completion is None:
        raise ValueError("This assessment is not complete")
    instrument, result = library.of(assessment), from_json(completion.result)
    return {
        "assessment": assessment,
        "client": assessment.client,
        "completion": completion,
        "office": assessment.case.assignment.office,
        "instrument": instrument,
        "found": [found(section, result) for section in instrument.scored],
        "strengths": noted_strengths(assessment, instrument),
        "help": [one.name for one in matters(instrument, result, Kind.SUPPORT).values() if one.level],
        "barriers": list(barriers(instrument, result)),
        **agreed_by(assessment),
        "next_on": next_after(assessment, on),
        "days": norm(OBJECTION_ANSWER, on).count,
        "is_minor": assessment.client.is_minor_on(on),
        "representative": speaking.full_name if (speaking := assessment.client.representative_on(on)) else "",
    }


def next_after(assessment: Assessment, on: date) -> date | None:
    """When the person is to be assessed next, as the norms say on a day; None when a later assessment has followed."""
    newest = latest_completed(assessment.case)
    if newest is None or newest.id != assessment.id or not assessment.case.is_open:
        return None
    due = dues([assessment.case_id], on)[assessment.case_id]
    return due.on if due else None


def agreed_by(assessment: Assessment) -> dict[str, str]:
    """Who proposed the level that holds in place of the one by points, and who approved it; empty without."""
    override = assessment.override
    if override is None or override.answer is None:
        return {"proposer": "", "approver": ""}
    return {"proposer": override.by.full_name, "approver": override.answer.by.full_name}


def found(section: Section, result: Result) -> Found:
    return Found(section.name, section.kind, result.domain(section.code).level)


def noted_strengths(assessment: Assessment, instrument: Instrument) -> list[tuple[Text, str]]:
    """The first few, cut to a line or two, in the order of the instrument."""
    noted = {row.domain_code: row.text for row in assessment.notes if row.text}
    in_order = ((section.name, noted[section.code]) for section in instrument.sections if section.code in noted)
    return [(name, shorten(text, LETTERS, placeholder=" …")) for name, text in in_order][:NOTES]


def barriers(instrument: Instrument, result: Result) -> Iterable[Text]:
    """What the work is to be adapted to."""
    by_code = matters(instrument, result, Kind.RESPONSIVITY)
    return (by_code[remark.item_code].name for remark in result.remarks if remark.barrier)
