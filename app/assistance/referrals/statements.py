"""Conditions on referrals inside a statement: how each stands, and whom it waits for since when."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, not_, select
from sqlalchemy.orm import aliased

from app.assistance.models import Referral, ReferralEvent, ReferralReminder
from app.assistance.referrals.course import ENDS
from app.assistance.referrals.vocabulary import Awaited, Event, Standing

# What ends the waiting for an answer, and what ends the waiting for the start.
ANSWERS = tuple(event for event in Event if event is not Event.RECEIVED)
SETTLING = tuple(event for event in ANSWERS if event is not Event.ACCEPTED)
Accepted = aliased(ReferralEvent)


def told(*events: Event) -> ColumnElement[bool]:
    """Whether any of the events is recorded."""
    return exists().where(ReferralEvent.referral_id == Referral.id, ReferralEvent.kind.in_(events))


def stands(standing: Standing) -> ColumnElement[bool]:
    """The same as ``course.standing``, for the database."""
    match standing:
        case Standing.MADE:
            return not_(told(*Event))
        case Standing.RECEIVED:
            return and_(told(Event.RECEIVED), not_(told(*ANSWERS)))
        case Standing.ACCEPTED:
            return and_(told(Event.ACCEPTED), not_(told(*SETTLING)))
        case Standing.UNDER_WAY:
            return and_(told(Event.STARTED), not_(told(*ENDS)))
        case _:
            return told(next(event for event, end in ENDS.items() if end is standing))


def is_open() -> ColumnElement[bool]:
    return not_(told(*ENDS))


def accepted_one() -> ColumnElement[bool]:
    """The condition of the outer join that brings ``Accepted``."""
    return and_(Accepted.referral_id == Referral.id, Accepted.kind == Event.ACCEPTED)


def waits(about: Awaited | None = None) -> ColumnElement[bool]:
    """Whether a provider is waited for: to answer, to start, or either. ``Accepted`` is joined."""
    waiting = not_(told(*SETTLING))
    match about:
        case Awaited.ANSWER:
            return and_(waiting, Accepted.id.is_(None))
        case Awaited.START:
            return and_(waiting, Accepted.id.is_not(None))
        case None:
            return waiting


def due() -> ColumnElement[Any]:
    """By when the provider that is waited for is to answer or to start; a reminder moves it. ``Accepted`` is joined."""
    first = func.coalesce(Accepted.start_by, Referral.answer_by)
    about = case((Accepted.id.is_(None), literal(Awaited.ANSWER.value)), else_=literal(Awaited.START.value))
    latest = (
        select(func.max(ReferralReminder.next_on))
        .where(ReferralReminder.referral_id == Referral.id, ReferralReminder.about == about)
        .scalar_subquery()
    )
    return case((latest > first, latest), else_=first)


def answered_on() -> ColumnElement[Any]:
    """The first day on which the service did anything but receive the referral."""
    by_service = [event for event in ANSWERS if event is not Event.WITHDRAWN]
    return (
        select(func.min(ReferralEvent.on))
        .where(ReferralEvent.referral_id == Referral.id, ReferralEvent.kind.in_(by_service))
        .scalar_subquery()
    )
