"""Publishing a report: its bytes are kept as they went out, and a later word is the next revision or a withdrawal."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.db import db
from app.plan.reports import heavy
from app.plan.reports.acting import Act
from app.plan.reports.content import Content, hash_of
from app.plan.reports.models import PublishedReport, Publishing, Report, ReportFile, ReportSource, ReportWithdrawal
from app.plan.reports.papers import LANGUAGES as OF_PAPER
from app.plan.reports.papers import sheet
from app.plan.reports.queries import latest_of
from app.plan.reports.released import given_out
from app.plan.reports.vocabulary import FileForm
from app.web.languages import LANGUAGES, speaking
from app.web.refusals import NotPossible

OF_A_REPORT = len(OF_PAPER) + len(LANGUAGES)  # files: sheets, and spreadsheets


def publish(wanted: Publishing, files: Sequence[ReportFile], number: str, on: date, at: datetime) -> PublishedReport:
    """The next publication of the report, as it was ordered, with the files that bear ``number`` and ``on``.

    Raises NotPossible when it has no longer what it rests on, and when somebody else published it meanwhile.
    """
    last, body = latest_of(wanted.report), wanted.content or ""
    refuse_the_same(last, body, wanted.because)
    published = PublishedReport(
        report_id=wanted.report_id,
        revision=last.revision + 1 if last else 0,
        number=number,
        on=on,
        because_kk=wanted.because_kk if last else None,
        because_ru=wanted.because_ru if last else None,
        content=body,
        sha256=hash_of(body),
        by_id=wanted.asked_by_id,
        at=at,
        files=list(files),
        sources=sources_of(json.loads(body)),
    )
    try:
        with db.session.begin_nested():
            db.session.add(published)
    except IntegrityError as fault:
        raise NotPossible(_("Somebody else published this report at the same moment. Look at theirs first.")) from fault
    return published


def refuse_the_same(last: PublishedReport | None, body: str, because: Mapping[str, str] | None) -> None:
    """Raises NotPossible when nothing has changed since the last publication, or nobody says why there is another."""
    if last and last.withdrawal is None and last.sha256 == hash_of(body):
        raise NotPossible(_("Nothing has changed since No. %(number)s was published.", number=last.number))
    if last and not because:
        raise NotPossible(_("Say why the report is published again: everybody will read it."))


def sources_of(content: Content) -> list[ReportSource]:
    """The figures that it rests on. Raises NotPossible when some of them are given out no longer."""
    told = {(source["period"], source["revision"]) for source in content["sources"]}
    known = {
        (each.snapshot.period, each.snapshot.revision): each.snapshot.id
        for each in given_out(sorted({period for period, _revision in told}))
    }
    if told - known.keys():
        raise NotPossible(_("Its figures were withdrawn meanwhile. Look at the report again."))
    return [ReportSource(snapshot_id=known[each]) for each in sorted(told)]


def next_number(report: Report) -> str:
    """As printed: the report, which publication of it, and its period."""
    last = latest_of(report)
    return f"{report.id}-{last.revision + 2 if last else 1}/{report.period}"


def files_of(
    content: Content, number: str, on: date, at: datetime, because: Mapping[str, str] | None
) -> Iterator[ReportFile]:
    """The files of a publication, one after the other as they are made. Raises LetterMissing."""
    for code in OF_PAPER:
        yield file_from(FileForm.PDF, code, sheet(content, code, number, on, because))
    for code in LANGUAGES:
        with speaking(code):
            made = heavy.workbook(content, number, at)
        yield file_from(FileForm.XLSX, code, made)


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
