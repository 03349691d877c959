"""What the journal of the demonstration office holds: the acts of the stories, and who looked at whose record."""

from datetime import date, datetime, time, timedelta

from app.access.models import Role, User
from app.access.policy import Permission
from app.audit.models import Entry, Kind
from app.clients.models import Client
from app.clock import COUNTRY
from app.seeds.demo.staff import Staff
from app.seeds.demo.thread import place_of

LOOKED_ON = (date(2026, 11, 16), date(2026, 11, 18), date(2026, 11, 20))


def journal_of(staff: Staff) -> list[Entry]:
    """All entries in the order in which they happened."""
    seen = [entry for ordinal, client in enumerate(staff.people) for entry in looks_at(client, ordinal, staff)]
    return sorted(staff.acts + seen, key=lambda entry: entry.at)


def looks_at(client: Client, ordinal: int, staff: Staff) -> list[Entry]:
    """The officer opened every open record in the last days, the head of service every third."""
    holders = {case.assignments[-1].officer_id for case in client.cases if case.is_open}
    looked = [user for user in staff.users.values() if user.id in holders and user.role == Role.OFFICER]
    if ordinal % 3 == 0 and looked:
        looked.append(staff.head_of(looked[0].office_id))
    days = LOOKED_ON[ordinal % 3 :]
    return [look(user, client, day, ordinal + 17 * turn) for day in days for turn, user in enumerate(looked)]


def look(user: User, client: Client, day: date, minute: int) -> Entry:
    at = datetime.combine(day, time(9, 30), COUNTRY) + timedelta(minutes=7 * minute)
    return Entry(
        at=at, actor_id=user.id, kind=Kind.READ, what="desk.client", permission=Permission.VIEW_CLIENT,
        subject="client", subject_id=client.id, client_id=client.id, address=place_of(user),
    )  # fmt: skip
