"""The sheets of a version: printed afresh while it is a draft, kept for ever once it is approved and issued."""

import json
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from app.access.models import User
from app.assessments import library
from app.assessments.models import Assessment
from app.assessments.vocabulary import Level
from app.clients.legal_bases import legal_bases
from app.clients.models import NotPossible
from app.db import db
from app.printing.issuing import Paper, draft_of, issue
from app.printing.models import IssuedPaper
from app.printing.printers import OVERTAKEN, PRINTERS
from app.printing.vocabulary import PaperKind
from app.programs.models import Approval, Version
from app.programs.papers.sheet_data import data_of
from app.programs.proposals.proposing import Texts
from app.programs.queries import INSIDE_VERSION
from app.programs.vocabulary import Phase

TEMPLATE = "programs/paper.html"
CHECK_SIGNS = 16  # hexadecimal, of the SHA-256 of the content


def sheet_for(version: Version, language: str, by: User, at: datetime) -> bytes:
    """The bytes of a sheet. The first request for an approved version issues both languages; they never change."""
    return printed(paper_of(version), version, language, by, at)


def printed(paper: Paper, version: Version, language: str, by: User, at: datetime) -> bytes:
    """A draft of the paper while the programme is one, the issued paper once it is approved."""
    return draft_of(paper, language) if version.approval is None else issue(paper, by, at, language).content


def paper_of(version: Version) -> Paper:
    facts = facts_of(version)
    context = {"version": version, "check": check_of(version), **facts}
    return paper_about(version, PaperKind.PROGRAM, TEMPLATE, context, lambda: data_of(version, facts))


def paper_about(
    version: Version, kind: PaperKind, template: str, context: dict[str, Any], data: Callable[[], dict[str, Any]]
) -> Paper:
    return Paper(
        kind=kind,
        number=version.number,
        series=version.program.number,
        ordinal=version.ordinal,
        about=version,
        office_id=context["office"].id,
        on=version.approval.on if version.approval else version.starts_on,
        template=template,
        context=context,
        data=data,
    )


def facts_of(version: Version) -> dict[str, Any]:
    """What the sheet says beside the version itself. Needs are named in their order, never with points or levels."""
    case, assessment = version.case, version.assessment
    basis = legal_bases().get(case.legal_basis)
    return {
        "client": case.client,
        "office": case.assignment.office,
        "basis": basis.names if basis else None,
        "instrument": title_of(assessment),
        "active": [goal for goal in version.goals if goal.phase is Phase.ACTIVE],
        "future": [goal for goal in version.goals if goal.phase is Phase.FUTURE],
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
        [[goal.text, goal.phase, goal.target_on, [row.code for row in goal.areas], goal.own_strengths,
          [row.code for row in goal.strengths],
          [[step.text, step.doer, step.due_on, step.direction, step.hours] for step in goal.steps]]
         for goal in version.goals],
        [agreement.answer, agreement.words, agreement.representative, agreement.on] if agreement else None,
        [version.approval.on, version.approval.by_id] if version.approval else None,
    ]  # fmt: skip
    return sha256(json.dumps(content, default=str, ensure_ascii=False).encode()).hexdigest()[:CHECK_SIGNS]


def print_again(version_id: int, language: str, by: User, at: datetime) -> IssuedPaper:
    """The sheet of an approved version, for a batch. Raises NotPossible for a draft."""
    return issue(paper_of(version_to_print(version_id)), by, at, language)


def version_to_print(version_id: int) -> Version:
    """A version with all that its papers say. Raises NotPossible when it was not approved."""
    wanted = select(Version).where(Version.id == version_id).options(*INSIDE_VERSION)
    version = db.session.scalars(wanted).unique().one()
    if version.approval is None:
        reason = _("Programme %(number)s is not approved, so its papers are not issued.", number=version.number)
        raise NotPossible(reason)
    return version


def is_overtaken(paper: IssuedPaper) -> bool:
    """Whether a later version of the programme was approved, printed or not."""
    later = select(Approval.version_id).join(Version, Version.id == Approval.version_id)
    program = select(Version.program_id).where(Version.id == paper.record_id).scalar_subquery()
    later = later.where(Version.program_id == program, Version.ordinal > paper.ordinal)
    return bool(db.session.scalar(select(later.exists())))


PRINTERS[PaperKind.PROGRAM] = print_again
OVERTAKEN[PaperKind.PROGRAM] = is_overtaken
