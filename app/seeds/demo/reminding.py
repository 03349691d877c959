"""Consents to reminders of a story, how an office signs them, and what was sent the day before a visit."""

from datetime import datetime, time, timedelta
from hashlib import sha256

from sqlalchemy import select

from app.access.models import User
from app.access.policy import Permission
from app.clock import COUNTRY
from app.db import db
from app.offices.reading import Entry
from app.seeds.demo.telling import flag, maybe_text, part, parts, word
from app.seeds.demo.thread import Thread
from app.supervision.calendar.models import Visit
from app.supervision.messages.consenting import Agreed, agree, take_back
from app.supervision.messages.models import (
    MessageAttempt,
    MessageReport,
    MessageResult,
    OfficeSignature,
    ReminderConsent,
)
from app.supervision.messages.sending import written
from app.supervision.messages.vocabulary import Channel, Result, Why
from app.web.phones import normalise

SENT_AT = time(10, 20)


def sign_reminders(entry: Entry, head: User) -> None:
    if row := part(entry, "signature"):
        at = datetime.combine(row.day("day"), time(10, 40), COUNTRY)
        texts = row.texts("name")
        signature = OfficeSignature(
            office_id=head.office_id, kk=texts["kk"], ru=texts["ru"], en=texts["en"],
            phone=normalise(row.text("phone")), by_id=head.id, at=at,
        )  # fmt: skip
        db.session.add(signature)
        db.session.flush()
        row.end()


def agree_to_reminders(entry: Entry, thread: Thread) -> None:
    """A consent, the messages that stand on it, and perhaps its end."""
    day, channel = entry.day("day"), word(entry, "channel", Channel, Channel.SMS)
    address = entry.text("address")
    agreed = Agreed(
        channel, normalise(address) if channel is Channel.SMS else address, flag(entry, "names_service"), day,
        maybe_text(entry, "representative"),
    )  # fmt: skip
    by = thread.officer_on(day)
    consent = agree(thread.case.client, agreed, by, day, thread.hours.on(day))
    db.session.flush()
    thread.keep(by, "messages.consent", Permission.SUPERVISE_CLIENT, consent)
    for row in parts(entry, "messages"):
        remind(row, consent, thread)
    if "withdrawn_on" in entry.rest:
        on = entry.day("withdrawn_on")
        take_back(consent, thread.officer_on(on), thread.hours.on(on))
        db.session.flush()
        thread.keep(thread.officer_on(on), "messages.withdraw", Permission.SUPERVISE_CLIENT, consent)


def remind(entry: Entry, consent: ReminderConsent, thread: Thread) -> None:
    """The reminder of the visit of a day, as the clock sent it; ``why`` it was refused, or whether it arrived."""
    on = entry.day("visit")
    visit = db.session.scalars(select(Visit).where(Visit.case_id == thread.case.id, Visit.on == on)).one()
    at = datetime.combine(on - timedelta(days=1), SENT_AT, COUNTRY)
    message = written(visit, consent, at)
    reference = sha256(f"{visit.id}".encode()).hexdigest()[:32]
    attempt = MessageAttempt(message=message, ordinal=1, gateway="file", reference=reference, at=at)
    why = word(entry, "why", Why) if "why" in entry.rest else None
    attempt.result = MessageResult(kind=Result.REFUSED if why else Result.TAKEN, why=why, at=at)
    db.session.add(attempt)
    db.session.flush()
    if flag(entry, "arrived"):
        message.report = MessageReport(has_arrived=True, at=at + timedelta(minutes=3))
        db.session.flush()
