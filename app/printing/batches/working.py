"""One process at work on a batch: claims a few papers, prints them, notes how each turned out, until none is left."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import structlog
from flask_babel import gettext as _
from sqlalchemy import select, update

from app.access.policy import Permission
from app.audit.journal import record_act
from app.clock import now
from app.db import db
from app.printing.batches.models import BatchCancellation, BatchItem
from app.printing.pdf import LetterMissing
from app.printing.printers import PRINTERS
from app.tasks.claims import is_free
from app.web.languages import speaking
from app.web.refusals import NotPossible

AT_A_TIME = 4  # papers claimed by one statement
LEASE = timedelta(minutes=2)  # far longer than so many papers take; whoever is silent for so long is dead
PRINTED = "batches.print"  # what the journal calls it
log = structlog.get_logger()


def work(batch_id: int, between: Callable[[], object] = lambda: None) -> int:
    """Print what nobody else is printing; how many papers were settled. ``between`` is called after each few."""
    settled = 0
    while claimed := claim(batch_id):
        for item_id in claimed:
            settled += settle(item_id)
        between()
    return settled


def claim(batch_id: int) -> Sequence[int]:
    """Take the next few papers for this process; none when all are settled or claimed, or the batch is called off."""
    free = (
        select(BatchItem.id)
        .where(
            BatchItem.batch_id == batch_id,
            is_free(BatchItem),
            ~select(BatchCancellation.batch_id).where(BatchCancellation.batch_id == batch_id).exists(),
        )
        .order_by(BatchItem.position)
        .limit(AT_A_TIME)
        .with_for_update(skip_locked=True)
    )
    taken = update(BatchItem).where(BatchItem.id.in_(free)).values(claimed_until=now() + LEASE).returning(BatchItem.id)
    found = db.session.scalars(taken).all()
    db.session.commit()
    return sorted(found)


def settle(item_id: int) -> bool:
    """Print one paper and say so in the journal, or keep why it could not be; False when it is settled already."""
    db.session.connection(
        execution_options={"writes": False}
    )  # SQLite has one writer: it does not wait for typesetting
    item = db.session.get_one(BatchItem, item_id)
    if item.settled_at is not None or item.batch.cancellation:
        db.session.rollback()
        return False
    batch, paper_id, reason = item.batch, None, None
    with speaking(batch.spoken):
        try:
            paper_id = PRINTERS[batch.kind](item.record_id, item.language, batch.asked_by, now()).id
        except (NotPossible, LetterMissing) as sentence:
            reason = str(sentence)
        except Exception:  # one broken sheet never stops the others; what broke stands in the log, without a name
            log.exception("sheet failed", batch=batch.id, item=item_id)
            reason = _("This sheet could not be printed. The administrator finds the reason in the log.")
    db.session.rollback()
    item = db.session.get_one(BatchItem, item_id)
    item.paper_id, item.reason, item.settled_at = paper_id, reason and reason[:300], now()
    if paper_id is not None:
        record_act(item.batch.asked_by_id, Permission.PRINT_BATCH, item, PRINTED)
    db.session.commit()
    return True
