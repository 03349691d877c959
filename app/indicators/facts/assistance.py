"""Assistance by direction: who was referred to a service in the period, and whom it helped; measure 19."""

from typing import Any

from sqlalchemy import CTE, Select, case, func, literal, select

from app.assistance.models import Referral, ReferralEvent, Service
from app.assistance.referrals.vocabulary import Event, Result
from app.indicators.facts.asking import Ask, text_of
from app.indicators.facts.people import people, spans

CELL = ("case_id", "office_id", "region", "stage", "sex", "age", "basis")
HELP = Result.HELPED, Result.PARTLY_HELPED  # a consultation alone is no help given


def referred(ask: Ask) -> CTE:
    """Each person and direction in which they were referred in the period while the case was on the register.

    What the office withdrew was no referral. ``was_helped``: the service said by the end of the period that it had
    helped, at least in part.
    """
    span, period = ask.once(spans), ask.period
    theirs = select(Referral.id).join(span, span.c.id == Referral.case_id)
    outcome = (
        select(
            ReferralEvent.referral_id,
            func.max(case((ReferralEvent.kind == Event.WITHDRAWN, 1), else_=0)).label("is_withdrawn"),
            func.max(case((ReferralEvent.result.in_(HELP) & (ReferralEvent.on < period.end), 1), else_=0)).label(
                "was_helped"
            ),
        )
        .where(ReferralEvent.kind.in_((Event.WITHDRAWN, Event.DONE)), *ask.within(ReferralEvent.referral_id, theirs))
        .group_by(ReferralEvent.referral_id)
        .subquery("outcomes")
    )
    return (
        select(
            span.c.client_id,
            text_of(Service.direction).label("direction"),
            func.max(func.coalesce(outcome.c.was_helped, 0)).label("was_helped"),
        )
        .join(Referral, Referral.case_id == span.c.id)
        .join(Service, Service.id == Referral.service_id)
        .outerjoin(outcome, outcome.c.referral_id == Referral.id)
        .where(func.coalesce(outcome.c.is_withdrawn, 0) == 0)
        .where(Referral.made_on >= period.start, Referral.made_on >= span.c.registered_on)
        .where(Referral.made_on < span.c.until)
        .group_by(span.c.client_id, Service.direction)
        .cte("referred")
    )


def assisted(ask: Ask) -> Select[Any]:
    """A line for each person and direction, in the person's cell."""
    line, person = ask.once(referred), ask.once(people)
    cell = [person.c[name] for name in CELL]
    return select(line.c.client_id, *cell, line.c.direction, literal(1).label("was_referred"), line.c.was_helped).join(
        person, person.c.client_id == line.c.client_id
    )
