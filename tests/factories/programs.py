"""Build completed assessments, programmes and their versions; name only what the test is about."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from app.access.models import User
from app.assessments.models import Assessment, Completion, Need
from app.clients.cases import Case
from app.db import db
from app.programs.decisions import deciding
from app.programs.drafts import drafting
from app.programs.models import Agreement, Program, Version
from app.programs.proposals import suggesting
from app.programs.vocabulary import Consenting
from tests.factories.people import make_case
from tests.factories.saving import saved

ASSESSED = date(2026, 3, 12)
DRAFTED = datetime(2026, 3, 16, 6, tzinfo=UTC)
SUBMITTED = datetime(2026, 3, 17, 6, tzinfo=UTC)
APPROVED = datetime(2026, 3, 18, 6, tzinfo=UTC)


def make_assessment(case: Case, needs: Mapping[str, str | None] | None = None, on: date = ASSESSED) -> Assessment:
    """A completed assessment with these levels by need, in their order."""
    officer_id = case.assignment.officer_id or case.registered_by_id
    levels = {"education_work": "high", "free_time": "medium"} if needs is None else needs
    assessment = Assessment(
        case=case, instrument_code="adult-community", instrument_version="1", instrument_digest="0" * 64,
        started_at=datetime(on.year, on.month, on.day, 5, tzinfo=UTC), started_by_id=officer_id,
        saved_at=datetime(on.year, on.month, on.day, 6, tzinfo=UTC),
    )  # fmt: skip
    assessment.needs = [
        Need(code=code, is_support=False, level=level, points=None, position=position)
        for position, (code, level) in enumerate(levels.items())
    ]
    saved(assessment)  # what completes it comes last: after that nothing in it changes
    assessment.completion = Completion(
        on=on, at=datetime(on.year, on.month, on.day, 6, tzinfo=UTC), by_id=officer_id, points=30, level="medium",
        result={}, conclusion="Жұмыс керек.", reassess_by=date(on.year + 1, on.month, 1),
    )  # fmt: skip
    return saved(assessment)


def make_draft(officer: User, case: Case | None = None, take: tuple[str, ...] = ("W-1",), **needs: str) -> Version:
    """The first draft of a programme; nobody has agreed to it yet."""
    case = case or make_case(officer)
    assessment = make_assessment(case, needs or None)
    draft = Version(assessment=assessment, drafted_by=officer, drafted_at=DRAFTED)
    draft.starts_on, draft.review_on = date(2026, 3, 20), date(2026, 9, 20)
    drafting.draw_up(case, draft)
    for code in take:
        suggesting.take(draft, code)
    db.session.commit()
    return draft


def record_agreement(
    version: Version, by: User, answer: Consenting = Consenting.AGREED, words: str | None = None
) -> None:
    deciding.agree(version, Agreement(answer=answer, words=words, on=date(2026, 3, 16), by=by, at=DRAFTED))
    db.session.commit()


def make_submitted(officer: User, case: Case | None = None, take: tuple[str, ...] = ("W-1",)) -> Version:
    version = make_draft(officer, case, take)
    record_agreement(version, officer)
    deciding.submit(version, officer, SUBMITTED)
    db.session.commit()
    return version


def make_approved(officer: User, head: User, case: Case | None = None, take: tuple[str, ...] = ("W-1",)) -> Version:
    version = make_submitted(officer, case, take)
    deciding.approve(version, head, APPROVED.date(), APPROVED)
    db.session.commit()
    return version


def make_program(officer: User, head: User) -> Program:
    """A programme with one approved version."""
    return make_approved(officer, head).program
