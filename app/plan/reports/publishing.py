"""Publishing a report: its bytes are kept as they went out, and a later word is the next revision or a withdrawal."""

from collections.abc import Mapping
from hashlib import sha256

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.clients.models import NotPossible
from app.db import db
from app.plan.reports import heavy
from app.plan.reports.acting import Act
from app.plan.reports.content import Content, canonical, hash_of
from app.plan.reports.models import PublishedReport, Report, ReportFile, ReportWithdrawal
from app.plan.reports.papers import LANGUAGES as OF_PAPER
from app.plan.reports.papers import sheet
from app.plan.reports.queries import latest_of
from app.plan.reports.vocabulary import FileForm
from app.web.languages import LANGUAGES, speaking


def publish(report: Report, content: Content, act: Act, because: Mapping[str, str] | None) -> PublishedReport:
    """The next publication of the report, with its files. The caller has seen that nothing stands in its way.

    Raises NotPossible when nothing has changed since the last one, when no reason is given for another one, and
    when somebody else publishes at the same moment; LetterMissing when a sheet cannot be printed.
    """
    last, body = latest_of(report), canonical(content)
    if last and last.withdrawal is None and last.sha256 == hash_of(body):
        raise NotPossible(_("Nothing has changed since No. %(number)s was published.", number=last.number))
    if last and not because:
        raise NotPossible(_("Say why the report is published again: everybody will read it."))
    revision = last.revision + 1 if last else 0
    published = PublishedReport(
        report_id=report.id,
        revision=revision,
        number=number_of(report, revision),
        on=act.on,
        because_kk=because["kk"] if last and because else None,
        because_ru=because["ru"] if last and because else None,
        content=body,
        sha256=hash_of(body),
        by_id=act.by.id,
        at=act.at,
        files=files_of(content, number_of(report, revision), act, because if last else None),
    )
    db.session.add(published)
    try:
        db.session.flush()
    except IntegrityError as fault:
        db.session.rollback()
        raise NotPossible(_("Somebody else published this report at the same moment. Look at theirs first.")) from fault
    return published


def number_of(report: Report, revision: int) -> str:
    """As printed: the report, which publication of it, and its period."""
    return f"{report.id}-{revision + 1}/{report.period}"


def files_of(content: Content, number: str, act: Act, because: Mapping[str, str] | None) -> list[ReportFile]:
    sheets = [(FileForm.PDF, code, sheet(content, code, number, act.on, because)) for code in OF_PAPER]
    books = []
    for code in LANGUAGES:
        with speaking(code):
            books.append((FileForm.XLSX, code, heavy.workbook(content, number, act.at)))
    return [file_from(form, code, made) for form, code, made in (*sheets, *books)]


def file_from(form: FileForm, language: str, made: bytes) -> ReportFile:
    return ReportFile(form=form, language=language, content=made, size=len(made), sha256=sha256(made).hexdigest())


def withdraw(published: PublishedReport, why: Mapping[str, str], act: Act) -> ReportWithdrawal:
    """Say that the publication no longer holds. Raises NotPossible when that was said already."""
    if published.withdrawal:
        raise NotPossible(_("No. %(number)s is withdrawn already.", number=published.number))
    withdrawal = ReportWithdrawal(publication_id=published.id, kk=why["kk"], ru=why["ru"], by_id=act.by.id, at=act.at)
    db.session.add(withdrawal)
    try:
        db.session.flush()
    except IntegrityError as fault:
        db.session.rollback()
        raise NotPossible(_("Somebody else withdrew this report at the same moment.")) from fault
    return withdrawal
