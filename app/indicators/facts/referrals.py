"""Referrals to services: how many were offered, refused, or found not to be needed (I-06)."""

from typing import Any

from sqlalchemy import CTE, Select, and_, case, func, literal, or_, select

from app.assistance.models import Referral, ReferralEvent, Service
from app.assistance.referrals.vocabulary import DropReason, Event, Result
from app.indicators.facts.asking import Ask, text_of
from app.indicators.facts.events import placed
from app.indicators.facts.shapes import Source


def made(ask: Ask) -> CTE:
    """Referrals made in the period."""
    return (
        select(
            Referral.case_id,
            Referral.made_on.label("on"),
            Referral.id.label("referral_id"),
            text_of(Service.direction).label("direction"),
        )
        .join(Service, Service.id == Referral.service_id)
        .where(Referral.made_on >= ask.period.start, Referral.made_on < ask.period.end)
        .cte("referrals_made")
    )


def ends(ask: Ask, referrals: CTE) -> CTE:
    """What became of each of them by the end of the period; only its end is looked at, and it has one at most."""
    event = ReferralEvent
    refused = or_(
        event.kind == Event.DECLINED,
        and_(event.kind == Event.DROPPED, event.reason == DropReason.PERSON_REFUSED.value),
    )
    not_needed = and_(event.kind == Event.DONE, event.result == Result.NOT_IN_NEED)
    return (
        select(
            event.referral_id,
            flag(event.kind == Event.WITHDRAWN).label("is_withdrawn"),
            flag(refused).label("is_refused"),
            flag(not_needed).label("is_not_needed"),
        )
        .join(referrals, referrals.c.referral_id == event.referral_id)
        .where(event.on < ask.period.end)
        .group_by(event.referral_id)
        .cte("ends_of_referrals")
    )


def flag(condition: Any) -> Any:
    """1 where any row of a group fulfils the condition."""
    return func.max(case((condition, 1), else_=0))


def lines(ask: Ask) -> Select[Any]:
    """A line for each referral that was offered and not taken back by the office."""
    referrals = made(ask)
    there, end = placed(ask, referrals).cte("referrals_placed"), ends(ask, referrals)
    return (
        select(
            there.c.client_id, there.c.case_id, there.c.office_id, there.c.region, there.c.direction,
            literal(1).label("is_offered"),
            func.coalesce(end.c.is_refused, 0).label("is_refused"),
            func.coalesce(end.c.is_not_needed, 0).label("is_not_needed"),
        )
        .outerjoin(end, end.c.referral_id == there.c.referral_id)
        .where(func.coalesce(end.c.is_withdrawn, 0) == 0)
    )  # fmt: skip


REFERRALS = Source(
    "referrals",
    lines,
    ("region", "direction"),
    {"I-06.offered": "is_offered", "I-06": "is_refused", "I-06.not_needed": "is_not_needed"},
)
