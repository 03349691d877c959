"""Build assessments, begun or complete; name only the answers that the test is about."""

from datetime import UTC, date, datetime

from app.access.models import User
from app.assessments import library
from app.assessments.completing import complete
from app.assessments.instrument import Instrument
from app.assessments.models import Assessment, Source
from app.assessments.recording import Given, Noted, record
from app.assessments.starting import start
from app.clients.cases import Case
from app.clock import today
from app.db import db
from tests.factories.people import make_case, make_user

CONCLUSION = "Поддержка семьи есть, начать с работы и документов."


def quiet_answers(instrument: Instrument) -> dict[str, str]:
    """Every item answered with what adds least: the level is low, and nothing is needed."""
    return {
        item.code: min(item.options, key=lambda option: (option.points, bool(option.need), option.barrier)).code
        for _section, item in instrument.items()
    }


def make_assessment(case: Case | None = None, by: User | None = None, on: date | None = None) -> Assessment:
    """An assessment just begun."""
    by = by or (case.assignment.officer if case else None) or make_user()
    day = on or today()
    assessment = start(case or make_case(by), by=by, on=day, at=noon(day))
    db.session.add(assessment)
    db.session.commit()
    return assessment


def answer(assessment: Assessment, unknown: tuple[str, ...] = (), **answers: str) -> Assessment:
    """Answer everything, quietly where the test names nothing; each answer comes from a document."""
    instrument = library.of(assessment)
    chosen: dict[str, str] = quiet_answers(instrument) | answers
    for section in instrument.sections:
        given = {
            item.code: Given(None) if item.code in unknown else Given(chosen[item.code], Source.DOCUMENT)
            for item in section.items
        }
        record(assessment, section, given, Noted(), at=assessment.started_at)
    db.session.commit()
    return assessment


def make_completed(
    case: Case | None = None,
    by: User | None = None,
    on: date | None = None,
    unknown: tuple[str, ...] = (),
    conclusion: str = CONCLUSION,
    **answers: str,
) -> Assessment:
    """An assessment with everything answered and concluded on a day."""
    day = on or today()
    assessment = answer(make_assessment(case, by, day), unknown, **answers)
    complete(assessment, conclusion, by=assessment.started_by, on=day, at=noon(day))
    db.session.commit()
    return assessment


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 7, tzinfo=UTC)
