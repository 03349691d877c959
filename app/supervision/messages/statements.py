"""Conditions on visits and consents inside a statement: who is still expected, and who agreed to be reminded."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import aliased

from app.clients.cases import Case, Deregistration
from app.supervision.calendar.models import Visit
from app.supervision.calendar.statements import awaited
from app.supervision.messages.models import Message, MessageAttempt, ReminderConsent, ReminderConsentWithdrawal

Later = aliased(ReminderConsent)


def is_expected() -> ColumnElement[bool]:
    """Whether a visit still stands: it has not moved, nothing is noted of it, and its case is on the register."""
    return awaited() & ~exists().where(Deregistration.case_id == Visit.case_id)


def consent_stands(day: date) -> ColumnElement[bool]:
    """Whether a consent is the person's latest, is not taken back, and covers the day."""
    return (
        ~exists().where(Later.client_id == ReminderConsent.client_id, Later.id > ReminderConsent.id)
        & ~exists().where(ReminderConsentWithdrawal.consent_id == ReminderConsent.id)
        & (ReminderConsent.given_on <= day)
        & (ReminderConsent.until_on > day)
    )


def is_latest() -> ColumnElement[bool]:
    """Of the attempts of a message the last one."""
    later = aliased(MessageAttempt)
    return ~exists().where(later.message_id == MessageAttempt.message_id, later.ordinal > MessageAttempt.ordinal)


def visits_to_remind(day: date, last: date) -> Select[Any]:
    """The visits from a day to another, the earliest first, that nobody was reminded of and somebody agreed to be."""
    return (
        select(Visit.id)
        .join(Case, Case.id == Visit.case_id)
        .join(ReminderConsent, ReminderConsent.client_id == Case.client_id)
        .where(
            Visit.on.between(day, last),
            is_expected(),
            consent_stands(day),
            ~exists().where(Message.visit_id == Visit.id),
        )
        .order_by(Visit.on, Visit.id)
    )
