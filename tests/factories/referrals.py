"""Build referrals and what happened to them; name only what the test is about."""

from datetime import date, timedelta
from typing import Any

from app.assistance.models import Referral, Service
from app.assistance.referrals.referring import Asked, Told, record, refer
from app.assistance.referrals.vocabulary import DeclineReason, DropReason, Event, Result
from app.clients.cases import Case
from app.clock import now, today
from app.db import db
from tests.factories.people import make_case
from tests.factories.saving import saved
from tests.factories.services import make_service

WHY = "Help to find work near home"
# What an event needs to be complete, unless the test says otherwise.
NEEDS: dict[Event, dict[str, Any]] = {
    Event.DECLINED: {"reason": DeclineReason.NO_PLACES},
    Event.DROPPED: {"reason": DropReason.STOPPED_COMING},
    Event.DONE: {"result": Result.HELPED},
    Event.WITHDRAWN: {"words": "Help was found elsewhere"},
}


def make_referral(case: Case | None = None, service: Service | None = None, **asked: Any) -> Referral:
    """A referral made today, by the officer of the case."""
    case = case or make_case()
    by = case.assignment.officer
    assert by
    return saved(refer(case, service or make_service(), Asked(**{"why": WHY, "made_on": today()} | asked), by, now()))


def tell(referral: Referral, event: Event, on: date | None = None, **facts: Any) -> Referral:
    """Something happened to it, today unless the test says when."""
    record(referral, Told(event, on or today(), **NEEDS.get(event, {}) | facts), referral.made_by, now())
    db.session.commit()
    return referral


def make_silent(case: Case | None = None, service: Service | None = None, days: int = 60) -> Referral:
    """A referral made long ago that the service has never answered."""
    return make_referral(case, service, made_on=today() - timedelta(days=days))
