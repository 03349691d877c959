"""Those who work in the demonstration offices, and the volunteers and mentors."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.access.models import Role, User
from app.access.sign_in import hash_password
from app.audit.models import Entry as JournalEntry
from app.clients.models import Client
from app.clock import COUNTRY
from app.db import db
from app.offices.models import Office
from app.offices.reading import Entry
from app.seeds.demo.telling import part, word
from app.sessions.models import Helper

PASSWORD = "birge-alga-2026"
HIRED_AT = datetime(2024, 1, 8, 9, 0, tzinfo=COUNTRY)
SIGNING_OFFICE = "DEMO-1"


@dataclass
class Staff:
    """Everybody by sign-in name, every office by code, and what the stories leave for the journal."""

    users: dict[str, User]
    offices: dict[str, Office]
    people: list[Client] = field(default_factory=list)
    acts: list[JournalEntry] = field(default_factory=list)
    threads: list[Any] = field(default_factory=list)  # of the cases that are told, for what is told of them later

    def head_of(self, office_id: int) -> User:
        return next(
            user for user in self.users.values() if user.role == Role.SUPERVISOR and user.office_id == office_id
        )


def hire(entries: list[Entry]) -> Staff:
    """Take everybody on. All have one password, so it is hashed once: hashing is slow on purpose."""
    offices = {office.code: office for office in db.session.scalars(select(Office))}
    secret = hash_password(PASSWORD)
    users = {}
    for entry in entries:
        user = User(
            name=entry.text("name"), full_name=entry.text("full_name"), role=word(entry, "role", Role),
            office_id=offices[entry.one_of("office", tuple(offices)) or SIGNING_OFFICE].id,
            language=entry.one_of("language", ("kk", "ru", "en")),
            password_hash=secret, password_changed_at=HIRED_AT,
        )  # fmt: skip
        db.session.add(user)
        users[user.name] = user
        if facts := part(entry, "helper"):
            db.session.flush()
            db.session.add(helper_of(user, facts))
        entry.end()
    db.session.flush()
    return Staff(users, offices)


def helper_of(user: User, facts: Entry) -> Helper:
    signed: date | None = facts.day_or_none("undertaking_on")
    helper = Helper(user=user, born_on=facts.day("born_on"), undertaking_on=signed)
    helper.organisation = facts.text("organisation") if "organisation" in facts.rest else None
    facts.end()
    return helper
