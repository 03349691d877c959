"""Build reassignments; name only what the test is about."""

from app.access.models import User
from app.clock import now
from app.desk.workload.models import Reassignment
from tests.factories.saving import saved


def make_reassignment(head: User) -> Reassignment:
    return saved(Reassignment(office_id=head.office_id, reason="Somebody leaves", by_id=head.id, at=now()))
