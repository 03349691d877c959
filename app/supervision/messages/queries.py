"""Finding consents and messages, never beyond the actor's reach; and what the desk asks about failures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.access.models import User
from app.access.policy import Permission
from app.clients.cases import Assignment, Case
from app.clients.models import Client
from app.clients.reach import clients_within
from app.db import db, one_or_404
from app.db.columns import UtcMoment
from app.supervision.calendar.models import Visit
from app.supervision.calendar.statements import ONE, awaited_visits
from app.supervision.contacts.models import Contact, ContactWithdrawal
from app.supervision.contacts.vocabulary import Whom
from app.supervision.messages.models import (
    Message,
    MessageAttempt,
    MessageReport,
    MessageResult,
    ReminderConsent,
    ReminderConsentWithdrawal,
)
from app.supervision.messages.statements import is_latest
from app.supervision.messages.timing import MOST_ATTEMPTS, TAKES_AT_MOST, is_in_time, standing
from app.supervision.messages.vocabulary import Result, Standing, Why

SHOWN = 6  # messages on a person's page


@dataclass(frozen=True, slots=True)
class Sent:
    """A message as the officer sees it: how it stands, and why it was not taken over."""

    message: Message
    standing: Standing
    why: Why | None


def get_reminder_consent(actor: User, permission: Permission, reminder_consent_id: int) -> ReminderConsent:
    """A consent of a person within reach; otherwise 404."""
    cases = joinedload(ReminderConsent.client).selectinload(Client.cases)
    return one_or_404(
        select(ReminderConsent)
        .join(ReminderConsent.client)
        .where(ReminderConsent.id == reminder_consent_id, clients_within(actor, permission))
        .options(cases.joinedload(Case.assignment).joinedload(Assignment.office), joinedload(ReminderConsent.by))
    )


def messages_of(cases: Sequence[Case], at: datetime) -> list[Sent]:
    """The newest messages of some cases, with how each stands."""
    statement = (
        select(Message)
        .where(Message.case_id.in_([case.id for case in cases]))
        .options(selectinload(Message.attempts), joinedload(Message.visit), joinedload(Message.consent))
        .order_by(Message.id.desc())
        .limit(SHOWN)
    )
    return [sent(message, at) for message in db.session.scalars(statement).unique()]


def sent(message: Message, at: datetime) -> Sent:
    result = message.attempts[-1].result
    stands = standing(
        message.attempts,
        message.report.has_arrived if message.report else None,
        is_in_time(at, message.visit.on, message.visit.minute),
        at,
    )
    return Sent(message, stands, result.why if result else None)


def not_reminded(day: date) -> Select[Any]:
    """Visits from a day on whose reminder did not go out, or of which nobody knows: as the desk reads what is late.

    Not those still being sent or tried again, and not those whose person was reached in another way since. Asked with
    ``cut_short_by``.
    """
    return (
        awaited_visits(Assignment.case_id, Visit.id, Visit.on, ONE)
        .join(Message, Message.visit_id == Visit.id)
        .join(MessageAttempt, MessageAttempt.message_id == Message.id)
        .outerjoin(MessageResult, MessageResult.attempt_id == MessageAttempt.id)
        .outerjoin(MessageReport, MessageReport.message_id == Message.id)
        .where(Visit.on >= day, is_latest(), did_not_arrive(), ~was_reached_since())
    )


def cut_short_by(at: datetime) -> dict[str, datetime]:
    """The value that ``not_reminded`` asks for: what has no result from before then never gets one."""
    return {"cut_short_by": at - TAKES_AT_MOST}


def did_not_arrive() -> ColumnElement[bool]:
    """The same as ``timing.standing`` says of what an officer has to make up for, for the database."""
    kind = MessageResult.kind
    cut_short = MessageResult.attempt_id.is_(None) & (MessageAttempt.at <= bindparam("cut_short_by", type_=UtcMoment))
    given_up = (kind == Result.FAILED) & (MessageAttempt.ordinal >= MOST_ATTEMPTS)
    lost = cut_short | given_up | kind.in_([Result.REFUSED, Result.IN_DOUBT])
    return func.coalesce(~MessageReport.has_arrived, lost)


def was_reached_since() -> ColumnElement[bool]:
    """Whether somebody talked with the person after the attempt."""
    withdrawn = exists().where(ContactWithdrawal.contact_id == Contact.id)
    return exists().where(
        Contact.case_id == Visit.case_id, Contact.at >= MessageAttempt.at, Contact.reached,
        Contact.whom == Whom.PERSON, ~withdrawn,
    )  # fmt: skip


def consent_of(client_id: int) -> ReminderConsent | None:
    """The consent that counts, with who noted it."""
    own = select(ReminderConsent).where(ReminderConsent.client_id == client_id)
    own = own.options(joinedload(ReminderConsent.by))
    own = own.options(joinedload(ReminderConsent.withdrawal).joinedload(ReminderConsentWithdrawal.by))
    return db.session.scalars(own.order_by(ReminderConsent.id.desc()).limit(1)).unique().one_or_none()
