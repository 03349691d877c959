"""One case as it is being told: its clock, who answers for it on each day, and what the journal keeps of it."""

from dataclasses import dataclass
from datetime import date, datetime

from app.access.models import User
from app.audit.models import Entry as JournalEntry
from app.audit.models import Kind
from app.clients.cases import Case
from app.seeds.demo.staff import Staff
from app.seeds.demo.telling import Hours


@dataclass(frozen=True, slots=True)
class Act:
    by: User
    what: str  # the endpoint
    permission: str
    subject: object

    def entry(self, client_id: int | None, at: datetime) -> JournalEntry:
        return JournalEntry(
            at=at, actor_id=self.by.id, kind=Kind.ACT, what=self.what, permission=self.permission,
            subject=type(self.subject).__name__.lower(), subject_id=getattr(self.subject, "id", None),
            client_id=client_id, address=place_of(self.by),
        )  # fmt: skip


class Thread:
    def __init__(self, staff: Staff, hours: Hours, case: Case, officer: User) -> None:
        self.staff, self.hours, self.case = staff, hours, case
        self.held: list[tuple[date, User]] = [(case.registered_on, officer)]

    def officer_on(self, day: date) -> User:
        return [who for since, who in self.held if since <= day][-1]

    def head_on(self, day: date) -> User:
        return self.staff.head_of(self.officer_on(day).office_id)

    def keep(self, by: User, what: str, permission: str, subject: object) -> None:
        """Leave the act that was told last for the journal."""
        self.staff.acts.append(Act(by, what, permission, subject).entry(self.case.client_id, self.hours.now))


def place_of(user: User) -> str:
    """An address of the range that is kept for documentation (RFC 5737)."""
    return f"192.0.2.{10 + user.id % 200}"
