"""One process at work on an order to publish a report: its files made, and kept with it all at once or not at all."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import structlog
from flask_babel import gettext as _
from sqlalchemy import or_, select, update

from app.access.policy import Permission
from app.audit.journal import record_act
from app.clock import COUNTRY, now
from app.db import db
from app.plan.reports.models import Publishing, ReportFile
from app.plan.reports.publishing import files_of, next_number, publish
from app.printing.pdf import LetterMissing
from app.web.languages import speaking
from app.web.refusals import NotPossible

LEASE = timedelta(minutes=5)  # longer than any file takes; whoever is silent for so long is dead
MOST_LETTERS = 300  # of a refusal that is kept
MOST_AT_ONCE = 10
PUBLISHED = "plan_reports.publish"  # what the journal calls it
log = structlog.get_logger()


def work(publishing_id: int) -> None:
    """Carry out an order that nobody is at work on, and settle it with the publication or with the reason why not."""
    if not claim(publishing_id):
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
                advance(publishing_id, len(files))
        except LetterMissing as sentence:
            refusal = str(sentence)
        except Exception:  # what broke stands in the log; the order must not stay open for ever
            log.exception("report not made", publishing=publishing_id)
            refusal = _("The report could not be made. The administrator finds the reason in the log.")
        db.session.rollback()
        settle(publishing_id, files, number, refusal)


def claim(publishing_id: int) -> bool:
    """Take an order for this process; False when it is settled or somebody alive is at work on it."""
    taken = (
        update(Publishing)
        .where(Publishing.id == publishing_id, *left_alone())
        .values(claimed_until=now() + LEASE, made=0)
        .returning(Publishing.id)
    )
    found = db.session.scalar(taken)
    db.session.commit()
    return found is not None


def advance(publishing_id: int, made: int) -> None:
    values = {"made": made, "claimed_until": now() + LEASE}
    statement = update(Publishing).where(Publishing.id == publishing_id, Publishing.settled_at.is_(None))
    db.session.execute(statement.values(values))
    db.session.commit()


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


def left_alone() -> tuple[Any, ...]:
    """What holds of an order that is open with nobody alive at work on it."""
    return Publishing.settled_at.is_(None), or_(Publishing.claimed_until.is_(None), Publishing.claimed_until < now())


def left_behind() -> list[int]:
    """Orders that are open with nobody alive at work on them, the oldest first."""
    statement = select(Publishing.id).where(*left_alone()).order_by(Publishing.id).limit(MOST_AT_ONCE)
    return list(db.session.scalars(statement))
