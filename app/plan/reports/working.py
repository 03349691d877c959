"""One process at work on an order to publish a report: its files made, and kept with it all at once or not at all."""

import json
from collections.abc import Sequence
from datetime import timedelta

import structlog
from flask_babel import gettext as _

from app.access.policy import Permission
from app.audit.journal import record_act
from app.clock import COUNTRY, now
from app.db import db
from app.plan.reports.models import Publishing, ReportFile
from app.plan.reports.publishing import files_of, next_number, publish
from app.printing.pdf import LetterMissing
from app.tasks.claims import advance, claim
from app.web.languages import speaking
from app.web.refusals import NotPossible

LEASE = timedelta(minutes=5)  # longer than any file takes; whoever is silent for so long is dead
MOST_LETTERS = 300  # of a refusal that is kept
PUBLISHED = "plan_reports.publish"  # what the journal calls it
log = structlog.get_logger()


def work(publishing_id: int) -> None:
    """Carry out an order that nobody is at work on, and settle it with the publication or with the reason why not."""
    if not claim(Publishing, publishing_id, LEASE, made=0):
        return
    wanted = db.session.get_one(Publishing, publishing_id)
    spoken, content, because = wanted.spoken, json.loads(wanted.content or "{}"), wanted.because
    number, on = next_number(wanted.report), wanted.asked_at.astimezone(COUNTRY).date()
    db.session.rollback()  # the database is let go before what takes long

    files: list[ReportFile] = []
    refusal = None
    with speaking(spoken):
        try:
            for file in files_of(content, number, on, now(), because):
                files.append(file)
                advance(Publishing, publishing_id, LEASE, made=len(files))
        except LetterMissing as sentence:
            refusal = str(sentence)
        except Exception:  # what broke stands in the log; the order must not stay open for ever
            log.exception("report not made", publishing=publishing_id)
            refusal = _("The report could not be made. The administrator finds the reason in the log.")
        db.session.rollback()
        settle(publishing_id, files, number, refusal)


def settle(publishing_id: int, files: Sequence[ReportFile], number: str, refusal: str | None) -> None:
    """Keep the publication, its files and its line in the journal, and close the order, in one transaction."""
    wanted = db.session.get_one(Publishing, publishing_id, populate_existing=True, with_for_update=True)
    if wanted.settled_at is not None:
        db.session.rollback()
        return
    if refusal is None:
        try:
            on = wanted.asked_at.astimezone(COUNTRY).date()
            wanted.publication = publish(wanted, files, number, on, now())
            record_act(wanted.asked_by_id, Permission.PUBLISH_REPORT, wanted.publication, PUBLISHED)
        except NotPossible as sentence:
            refusal = str(sentence)
    wanted.refusal, wanted.settled_at, wanted.content = refusal and refusal[:MOST_LETTERS], now(), None
    db.session.commit()
