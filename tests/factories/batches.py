"""Build batches of papers to print."""

from app.access.models import User
from app.clock import now
from app.printing.batches.models import BatchItem, PrintBatch
from app.printing.vocabulary import PaperKind
from tests.factories.people import make_case
from tests.factories.saving import saved


def make_batch(by: User) -> PrintBatch:
    """A batch with one paper that nobody can print: its record does not exist."""
    batch = saved(PrintBatch(kind=PaperKind.PROGRAM, office_id=by.office_id, asked_by=by, asked_at=now(), spoken="en"))
    client_id = make_case(by).client_id
    saved(BatchItem(batch=batch, position=1, record_id=0, client_id=client_id, label="P-2026-000001/1", language="kk"))
    return batch
