"""Referrals in which a service is late: with its answer, or with the help that it promised."""

from datetime import date
from typing import Any

from sqlalchemy import Select

from app.assistance.models import Referral
from app.assistance.referrals.statements import Accepted, accepted_one, due, waits
from app.assistance.referrals.vocabulary import Awaited
from app.clients.cases import Assignment
from app.desk.late.open_cases import open_cases


def silent_services(day: date) -> Select[Any]:
    """Referrals that no service has answered in time."""
    return late_referrals(day, Awaited.ANSWER)


def starts_missing(day: date) -> Select[Any]:
    """Accepted referrals whose help has not started in time."""
    return late_referrals(day, Awaited.START)


def late_referrals(day: date, about: Awaited) -> Select[Any]:
    return (
        open_cases(Referral.id, due().label("due_on"))
        .join(Referral, Referral.case_id == Assignment.case_id)
        .outerjoin(Accepted, accepted_one())
        .where(waits(about), due() < day)
    )
