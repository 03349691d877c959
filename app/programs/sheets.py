"""The sheets of a version: printed afresh while it is a draft, kept for ever once it is approved and issued."""

import json
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access.models import User
from app.access.policy import Permission
from app.assessments import library
from app.assessments.models import Assessment
from app.assessments.vocabulary import Level
from app.audit.journal import entry
from app.audit.models import Kind
from app.clients.legal_bases import legal_bases
from app.db import db
from app.printing.pdf import pdf
from app.programs.models import Sheet, Version
from app.programs.proposing import Texts

LANGUAGES = ("kk", "ru")  # a document speaks one language; the two bear one number and one date
TEMPLATE = "programs/paper.html"
CHECK_SIGNS = 16  # hexadecimal, of the SHA-256 of the content


def print_sheet(version: Version, language: str) -> bytes:
    """The sheet of a version as it stands now; a draft bears its watermark."""
    return pdf(TEMPLATE, language, version=version, check=check_of(version), **facts_of(version))


def facts_of(version: Version) -> dict[str, Any]:
    """What the sheet says beside the version itself. Needs are named in their order, never with points or levels."""
    case, assessment = version.case, version.assessment
    basis = legal_bases().get(case.legal_basis)
    return {
        "client": case.client,
        "office": case.assignment.office,
        "basis": basis.names if basis else None,
        "instrument": title_of(assessment),
        "needs": [need.code for need in assessment.needs if need.level in {Level.MEDIUM, Level.HIGH}],
    }


def title_of(assessment: Assessment) -> Texts:
    """The name of the instrument; its code when the file is no longer there."""
    try:
        return library.find(assessment.instrument_code, int(assessment.instrument_version)).title
    except (library.InstrumentLost, ValueError):
        return dict.fromkeys(("kk", "ru", "en"), assessment.instrument_code)


def check_of(version: Version) -> str:
    """A short check of the content: the same on both sheets, and different when anything in the version is."""
    agreement = version.agreement
    content = [
        version.number, version.starts_on, version.review_on,
        [[goal.text, [[step.text, step.doer, step.due_on] for step in goal.steps]] for goal in version.goals],
        [agreement.answer, agreement.words, agreement.representative, agreement.on] if agreement else None,
        [version.approval.on, version.approval.by_id] if version.approval else None,
    ]  # fmt: skip
    return sha256(json.dumps(content, default=str, ensure_ascii=False).encode()).hexdigest()[:CHECK_SIGNS]


def sheet_for(version: Version, language: str, by: User, at: datetime) -> bytes:
    """The bytes of a sheet. The first request for an approved version issues both languages; they never change."""
    if version.approval is None:
        return print_sheet(version, language)
    kept = select(Sheet.content).where(Sheet.version_id == version.id, Sheet.language == language)
    if (content := db.session.scalar(kept)) is not None:
        return content
    printed = {one: print_sheet(version, one) for one in LANGUAGES}
    with suppress(IntegrityError):  # somebody else asked a moment before: theirs are the sheets
        issue(version, printed, by, at)
    with db.engine.connect() as connection, Session(connection) as session:
        return session.scalars(kept).one()


def issue(version: Version, printed: dict[str, bytes], by: User, at: datetime) -> None:
    """Keep the sheets and say so in the journal, in a transaction of its own: a page that is read commits nothing."""
    with db.engine.connect().execution_options(writes=True) as connection, Session(connection) as session:
        for language, content in printed.items():
            digest = sha256(content).hexdigest()
            session.add(
                Sheet(
                    version_id=version.id,
                    language=language,
                    content=content,
                    sha256=digest,
                    issued_by_id=by.id,
                    issued_at=at,
                )
            )
        session.add(entry(Kind.ACT, by.id, Permission.VIEW_PROGRAM, version, "programs.issue"))
        session.commit()
