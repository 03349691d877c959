"""All that happened to a measure, the latest first: what bodies submitted, what was answered, what was recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from app.indicators.periods import parse
from app.indicators.wording import half_year
from app.plan.models import MeasureEntry, ProgressLine
from app.plan.plan import Plan
from app.plan.progress.reporting import named
from app.plan.vocabulary import AnswerKind
from app.web.languages import language

TONES = {AnswerKind.ACCEPTED: "good", AnswerKind.RETURNED: "caution"}


@dataclass(frozen=True, slots=True)
class Happening:
    at: datetime
    title: str
    body: str
    who: str
    tone: str = "neutral"
    url: str | None = None


def words_of(record: MeasureEntry | ProgressLine) -> str:
    """What people wrote, in the reader's language where it is there, and in the other one where it is not."""
    kk, ru = record.kk or "", record.ru or ""
    return (kk or ru) if language() == "kk" else (ru or kk)


def course_of(plan: Plan, lines: Sequence[ProgressLine], entries: Sequence[MeasureEntry]) -> list[Happening]:
    found = [happening for line in lines for happening in of_line(plan, line)]
    found += [of_entry(entry) for entry in entries]
    return sorted(found, key=lambda one: one.at, reverse=True)


def of_line(plan: Plan, line: ProgressLine) -> list[Happening]:
    version, report = line.version, line.version.report
    url = url_for("progress.report", progress_id=report.id, version=version.ordinal)
    body, period = named(plan, report.body), half_year(parse(report.period))
    told = Happening(
        version.at, _("%(body)s reported: %(state)s", body=body, state=line.state.label),
        f"{period}. {words_of(line)}", version.by.full_name, "info", url,
    )  # fmt: skip
    if not version.answer or (version.answer.measures and line.measure not in version.answer.measures):
        return [told]
    accepted = version.answer.kind == AnswerKind.ACCEPTED
    title = _("Accepted: %(body)s", body=body) if accepted else _("Returned: %(body)s", body=body)
    answered = Happening(
        version.answer.at, title, version.answer.words or period, version.answer.by.full_name,
        TONES[version.answer.kind], url,
    )  # fmt: skip
    return [told, answered]


def of_entry(entry: MeasureEntry) -> Happening:
    said = " · ".join(part for part in (entry.document, words_of(entry)) if part)
    return Happening(entry.at, str(entry.kind.label), said, entry.by.full_name, "neutral", entry.address)
