"""Sending one reminder at most once: the attempt is written down before it is made, its result after it.

Whoever calls commits after ``begin`` and after ``finish``. What breaks between the two leaves an attempt without a
result, which is never repeated: a person who is told twice is worse served than one whom an officer calls.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from secrets import token_hex

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.clients.cases import Assignment, Case
from app.clock import COUNTRY
from app.db import db
from app.offices.models import Office
from app.supervision.calendar.models import Visit
from app.supervision.messages.gateways.promise import Answer, Gateway, Parcel, Report
from app.supervision.messages.models import (
    Message,
    MessageAttempt,
    MessageReport,
    MessageResult,
    OfficeSignature,
    ReminderConsent,
)
from app.supervision.messages.statements import consent_stands, is_expected, is_latest, visits_to_remind
from app.supervision.messages.timing import MOST_ATTEMPTS, PAUSES, is_in_time, last_day, next_attempt_at
from app.supervision.messages.vocabulary import Channel, Result
from app.supervision.messages.wording import Appointment, reminder, subject
from app.supervision.norms import norm
from app.web.languages import text_in

GatewayOf = Callable[[Channel], Gateway]
NORM = "visit-reminder"
TEN = 10 * 60  # minutes
REFERENCE_BYTES = 16
WORTH_TRYING = sum(PAUSES, timedelta(days=1))  # a message is tried again for no longer


def waiting(at: datetime, most: int) -> Sequence[int]:
    """The visits whose reminder goes out now for the first time."""
    today = at.astimezone(COUNTRY).date()
    last = last_day(today, norm(NORM, today).before)
    return db.session.scalars(visits_to_remind(today, last).limit(most)).all()


def failed(at: datetime, most: int) -> Sequence[int]:
    """The visits whose reminder surely failed before and may be tried again; ``begin`` looks at each once more."""
    statement = (
        select(Message.visit_id)
        .join(MessageAttempt, MessageAttempt.message_id == Message.id)
        .join(MessageResult, MessageResult.attempt_id == MessageAttempt.id)
        .where(
            is_latest(),
            Message.made_at > at - WORTH_TRYING,
            MessageResult.kind == Result.FAILED,
            MessageAttempt.ordinal < MOST_ATTEMPTS,
        )
        .order_by(Message.id)
        .limit(most)
    )
    return db.session.scalars(statement).all()


def begin(visit_id: int, gateway_of: GatewayOf, at: datetime) -> MessageAttempt | None:
    """The attempt to remind of a visit, to be saved before it is made; None when there is nothing to send any more."""
    found = expected(visit_id, at.astimezone(COUNTRY).date())
    if found is None or not is_in_time(at, found[0].on, found[0].minute):
        return None
    visit, consent = found
    message, ordinal = message_of(visit), 1
    if message is None:
        message = written(visit, consent, at)
    elif message.consent_id != consent.id or (again := next_attempt_at(message.attempts)) is None or again > at:
        return None
    else:
        ordinal = message.attempts[-1].ordinal + 1
    attempt = MessageAttempt(
        message=message, ordinal=ordinal, gateway=gateway_of(consent.channel).name,
        reference=token_hex(REFERENCE_BYTES), at=at,
    )  # fmt: skip
    db.session.add(attempt)
    return attempt


def parcel_of(attempt: MessageAttempt) -> Parcel:
    message, consent = attempt.message, attempt.message.consent
    return Parcel(attempt.reference, consent.channel, consent.address, subject(message.language), message.text)


def finish(attempt: MessageAttempt, answer: Answer, at: datetime) -> None:
    attempt.result = MessageResult(kind=answer.kind, why=answer.why, code=answer.code, at=at)


def note(report: Report, at: datetime) -> None:
    """Keep what a gateway tells of a message that was sent; of the same message only the first time counts."""
    sent = select(MessageAttempt).where(MessageAttempt.reference == report.reference)
    attempt = db.session.scalars(sent.options(joinedload(MessageAttempt.message))).one_or_none()
    if attempt is not None and attempt.message.report is None:
        attempt.message.report = MessageReport(has_arrived=report.has_arrived, at=at)


def expected(visit_id: int, day: date) -> tuple[Visit, ReminderConsent] | None:
    """A visit that still stands with the consent that does, as they are at this moment."""
    statement = (
        select(Visit, ReminderConsent)
        .join(Case, Case.id == Visit.case_id)
        .join(ReminderConsent, ReminderConsent.client_id == Case.client_id)
        .where(Visit.id == visit_id, is_expected(), consent_stands(day))
        .options(
            joinedload(Visit.case).joinedload(Case.client),
            joinedload(Visit.case).joinedload(Case.assignment).joinedload(Assignment.office),
        )
        .execution_options(populate_existing=True)
    )
    found = db.session.execute(statement).unique().one_or_none()
    return (found[0], found[1]) if found else None


def message_of(visit: Visit) -> Message | None:
    own = select(Message).where(Message.visit_id == visit.id).options(selectinload(Message.attempts))
    own = own.execution_options(populate_existing=True)
    return db.session.scalars(own).unique().one_or_none()


def written(visit: Visit, consent: ReminderConsent, at: datetime) -> Message:
    """The reminder of a visit in the person's language, as one that strangers may see."""
    language = visit.case.client.language
    office, phone = signature(visit.case.assignment.office, consent.names_service, language)
    text = reminder(Appointment(visit.on, visit.minute, office, phone), language)
    return Message(
        case_id=visit.case_id, visit_id=visit.id, consent=consent, language=language, text=text, made_at=at
    )  # fmt: skip


def signature(office: Office, names_service: bool, language: str) -> tuple[str | None, str | None]:
    """What an office calls itself in a reminder and its telephone: its own name only where the person agreed to it."""
    known = signature_of(office.id)
    neutral, phone = (text_in(known, language), known.phone) if known else (None, None)
    return (text_in(office, language) if names_service else neutral), phone


def signature_of(office_id: int) -> OfficeSignature | None:
    own = select(OfficeSignature).where(OfficeSignature.office_id == office_id)
    return db.session.scalars(own.order_by(OfficeSignature.id.desc()).limit(1)).one_or_none()


def sample(office: Office, names_service: bool, language: str, day: date) -> str:
    """What a reminder of a visit on a day at ten would say."""
    return reminder(Appointment(day, TEN, *signature(office, names_service, language)), language)
