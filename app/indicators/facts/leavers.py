"""Who left the register twelve months earlier, and who of them is known to have offended since (I-02).

The cohort are the people who left in the same span a year before the period: the year after each leaving is whole
when the period ends. Who came back is followed all the same.
"""

from typing import Any

from sqlalchemy import CTE, Select, and_, case, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from app.clients.cases import Case, Deregistration
from app.clients.events import CaseEvent, EventKind, EventWithdrawal
from app.clients.models import Client
from app.clients.vocabulary import Ground
from app.db.days import months_after
from app.indicators.facts.asking import FIRST, Ask, midnights, text_of
from app.indicators.facts.people import covers, offices_of, stages_of
from app.indicators.facts.shapes import Source
from app.offices.models import Office

YEAR = 12  # months of follow-up: the indicator's name
NOT_FOLLOWED = Ground.DEATH, Ground.REPLACED_BY_CUSTODY  # nobody is at large to be followed


def leavings(ask: Ask) -> CTE:
    """The first time in the span that a person left the register for good: no case of theirs was on it that day."""
    since, until = ask.period.a_year_before()
    other, gone = aliased(Case), aliased(Deregistration)
    goes_on = exists(
        select(other.id)
        .outerjoin(gone, gone.case_id == other.id)
        .where(other.client_id == Case.client_id, other.registered_on <= Deregistration.on)
        .where(or_(gone.on.is_(None), gone.on > Deregistration.on))
    )
    first = Deregistration.on, Case.registered_on.desc(), Case.id.desc()
    ranked = (
        select(
            Case.id.label("case_id"),
            Case.client_id,
            Deregistration.on.label("left_on"),
            months_after(Deregistration.on, YEAR).label("followed_until"),
            func.row_number().over(partition_by=Case.client_id, order_by=first).label("place"),
        )
        .join(Deregistration, Deregistration.case_id == Case.id)
        .where(Deregistration.on >= since, Deregistration.on < until, Deregistration.on > Case.registered_on)
        .where(Deregistration.ground.not_in(NOT_FOLLOWED), ~goes_on)
        .where(*ask.only(Case.client_id))
        .subquery("leavings_in_order")
    )
    return (
        select(ranked.c.case_id, ranked.c.client_id, ranked.c.left_on, ranked.c.followed_until)
        .where(ranked.c.place <= FIRST)
        .cte("leavings")
    )


def offended(ask: Ask) -> CTE:
    """Who of them is known to have offended within the year: it was noted, or a later judgment brought them back."""
    left = ask.once(leavings)
    noted = (
        select(left.c.client_id)
        .join(Case, Case.client_id == left.c.client_id)
        .join(CaseEvent, CaseEvent.case_id == Case.id)
        .outerjoin(EventWithdrawal, EventWithdrawal.event_id == CaseEvent.id)
        .where(CaseEvent.kind == EventKind.NEW_OFFENCE, EventWithdrawal.event_id.is_(None))
        .where(CaseEvent.on >= left.c.left_on, CaseEvent.on < left.c.followed_until)
    )
    judged = (
        select(left.c.client_id)
        .join(Case, Case.client_id == left.c.client_id)
        .where(Case.judged_on >= left.c.left_on, Case.registered_on < left.c.followed_until)
    )
    found = union_all(noted, judged).subquery("offences_after")
    return select(found.c.client_id).distinct().cte("offended_after")


def lines(ask: Ask) -> Select[Any]:
    """A line for each person of the cohort, where they stood on their last day on the register."""
    left, again = ask.once(leavings), offended(ask)
    days = midnights(*ask.period.a_year_before(), "days_of_leaving")
    held, stood = offices_of(left.c.case_id), stages_of(left.c.case_id)
    return (
        select(
            left.c.client_id, left.c.case_id, held.c.office_id, Office.region_code.label("region"), stood.c.stage,
            text_of(Client.sex).label("sex"), literal(1).label("has_left"),
            case((again.c.client_id.is_not(None), 1), else_=0).label("has_offended"),
        )
        .join(days, days.c.day == left.c.left_on)
        .join(Client, Client.id == left.c.client_id)
        .join(held, and_(held.c.case_id == left.c.case_id, covers(held, days.c.midnight)))
        .join(stood, and_(stood.c.case_id == left.c.case_id, covers(stood, left.c.left_on)))
        .join(Office, Office.id == held.c.office_id)
        .outerjoin(again, again.c.client_id == left.c.client_id)
    )  # fmt: skip


LEAVERS = Source("leavers", lines, ("region", "stage", "sex"), {"I-02.left": "has_left", "I-02": "has_offended"})
