"""Finding batches within reach, and how far they have come."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import joinedload

from app.access.models import User
from app.access.policy import Permission, Reach, reach
from app.db import db, one_or_404
from app.printing.batches.models import BatchItem, PrintBatch

PAGE = 25  # batches of a list at a time
FAILURES = 200  # named on the page; more than that is one cause, not many


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a batch has come: counts of its papers."""

    total: int
    printed: int
    failed: int

    @property
    def settled(self) -> int:
        return self.printed + self.failed


def within(actor: User, permission: Permission) -> ColumnElement[bool]:
    extent = reach(actor, permission)
    own = PrintBatch.asked_by_id == actor.id
    return own if extent is Reach.OWN else or_(own, PrintBatch.office_id == actor.office_id)


def get_batch(actor: User, permission: Permission, batch_id: int) -> PrintBatch:
    """A batch within reach; otherwise 404."""
    statement = select(PrintBatch).where(PrintBatch.id == batch_id, within(actor, permission))
    return one_or_404(statement.options(joinedload(PrintBatch.asked_by)))


def batches_of(actor: User, before: int | None = None) -> Sequence[tuple[PrintBatch, Tally]]:
    """Batches within reach with their tallies, the newest first; one more than a page shows."""
    statement = (
        select(PrintBatch)
        .where(within(actor, Permission.PRINT_BATCH))
        .order_by(PrintBatch.id.desc())
        .limit(PAGE + 1)
        .options(joinedload(PrintBatch.asked_by))
    )
    if before is not None:
        statement = statement.where(PrintBatch.id < before)
    found = db.session.scalars(statement).all()
    tallies = tallies_of([batch.id for batch in found])
    return [(batch, tallies[batch.id]) for batch in found]


def tallies_of(batch_ids: Sequence[int]) -> dict[int, Tally]:
    rows = db.session.execute(
        select(
            BatchItem.batch_id,
            func.count(),
            func.sum(case((BatchItem.paper_id.is_not(None), 1), else_=0)),
            func.sum(case((BatchItem.reason.is_not(None), 1), else_=0)),
        )
        .where(BatchItem.batch_id.in_(batch_ids))
        .group_by(BatchItem.batch_id)
    )
    found = {batch_id: Tally(total, int(printed), int(failed)) for batch_id, total, printed, failed in rows}
    return {batch_id: found.get(batch_id, Tally(0, 0, 0)) for batch_id in batch_ids}


def failures_of(batch: PrintBatch) -> Sequence[BatchItem]:
    """The papers that could not be printed, with their reasons, in their order."""
    statement = select(BatchItem).where(BatchItem.batch_id == batch.id, BatchItem.reason.is_not(None))
    return db.session.scalars(statement.order_by(BatchItem.position).limit(FAILURES)).all()
