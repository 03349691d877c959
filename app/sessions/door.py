"""When a volunteer or mentor may see the person they help: only while the person's consent stands."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import aliased

from app.access.models import User
from app.clients.cases import Deregistration
from app.sessions.models import Consent, Match, MatchEnding, Withdrawal


def door_is_open(actor: User, day: date) -> ColumnElement[bool]:
    """The condition on matches: the actor helps, from an earlier day on, and nothing has ended: help, consent, case."""
    latest: Any = aliased(Consent)
    newest = select(func.max(latest.id)).where(latest.match_id == Match.id).correlate(Match).scalar_subquery()
    stands = exists().where(
        Consent.id == newest,
        Consent.given_on <= day,
        Consent.until_on > day,
        ~exists().where(Withdrawal.consent_id == Consent.id),
    )
    return and_(
        Match.helper_id == actor.id,
        Match.starts_on <= day,
        ~exists().where(MatchEnding.match_id == Match.id),
        ~exists().where(Deregistration.case_id == Match.case_id),
        stands,
    )
