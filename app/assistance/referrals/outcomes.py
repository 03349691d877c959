"""What came of the referrals of a time, by service and by direction, counted by one statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, Select, and_, bindparam, func, select, true
from sqlalchemy.orm import aliased, joinedload

from app.access.models import User
from app.access.policy import Permission, Reach, reach
from app.assistance.models import Referral, ReferralEvent, Service
from app.assistance.referrals.course import ENDS
from app.assistance.referrals.statements import answered_on
from app.assistance.referrals.vocabulary import Event, Result
from app.assistance.vocabulary import Direction
from app.clients.cases import Assignment
from app.clients.reach import held_within, whose
from app.db import db

End = aliased(ReferralEvent)
SINCE, UNTIL = bindparam("since", type_=Date), bindparam("until", type_=Date)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were referred, and where each of them is now: the other numbers add up to ``made``.

    ``in_time`` of the ``answered`` were answered by the day that was set; both cross the others.
    """

    made: int = 0
    unanswered: int = 0
    going_on: int = 0
    declined: int = 0
    helped: int = 0
    partly_helped: int = 0
    consulted_only: int = 0
    not_in_need: int = 0
    not_helped: int = 0
    other: int = 0
    dropped: int = 0
    withdrawn: int = 0
    answered: int = 0
    in_time: int = 0

    def __add__(self, more: "Counts") -> "Counts":
        return Counts(*(getattr(self, name) + getattr(more, name) for name in NAMES))


NAMES = tuple(Counts.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class OfService:
    """The counts of one service."""

    service: Service
    counts: Counts


@dataclass(frozen=True, slots=True)
class OfDirection:
    """The counts of a direction, and of its services."""

    direction: Direction
    services: tuple[OfService, ...]

    @property
    def counts(self) -> Counts:
        return total(service.counts for service in self.services)


def total(counts: Iterable[Counts]) -> Counts:
    return sum(counts, Counts())


@cache
def counted(extent: Reach | None) -> Select[Any]:
    """A row for each service to which somebody within reach was referred in a time."""
    rows = (
        select(
            Referral.service_id, Referral.answer_by, End.kind.label("end"), End.result.label("result"),
            answered_on().label("answered_on"),
        )
        .select_from(Assignment)
        .join(Referral, Referral.case_id == Assignment.case_id)
        .outerjoin(End, and_(End.referral_id == Referral.id, End.kind.in_(ENDS)))
        .where(held_within(extent), Referral.made_on.between(SINCE, UNTIL))
        .subquery()
    )  # fmt: skip
    counts = {
        "made": true(),
        "unanswered": and_(rows.c.end.is_(None), rows.c.answered_on.is_(None)),
        "going_on": and_(rows.c.end.is_(None), rows.c.answered_on.is_not(None)),
        "declined": rows.c.end == Event.DECLINED,
        **{result.value: rows.c.result == result for result in Result},
        "dropped": rows.c.end == Event.DROPPED,
        "withdrawn": rows.c.end == Event.WITHDRAWN,
        "answered": rows.c.answered_on.is_not(None),
        "in_time": rows.c.answered_on <= rows.c.answer_by,
    }
    by_service = (
        select(rows.c.service_id, *(func.count().filter(condition).label(name) for name, condition in counts.items()))
        .group_by(rows.c.service_id)
        .subquery()
    )
    return (
        select(Service, *(by_service.c[name] for name in NAMES))
        .join(by_service, by_service.c.service_id == Service.id)
        .options(joinedload(Service.organisation))
        .order_by(Service.id)
    )


def outcomes(actor: User, since: date, until: date) -> list[OfDirection]:
    """What came of the referrals made from a day to another, by direction in its order, and by service."""
    values = whose(actor) | {"since": since, "until": until}
    rows = db.session.execute(counted(reach(actor, Permission.VIEW_OFFICE_WORK)), values)
    services = [OfService(service, Counts(*numbers)) for service, *numbers in rows]
    return [
        OfDirection(direction, own)
        for direction in Direction
        if (own := tuple(one for one in services if one.service.direction == direction))
    ]
