"""New offences: of people during control (I-01)."""

from sqlalchemy import CTE, and_, literal, select

from app.clients.cases import Case
from app.clients.events import CaseEvent, EventKind, EventWithdrawal
from app.indicators.facts.asking import Ask
from app.indicators.facts.people import spans
from app.indicators.facts.shapes import Flag


def offended(ask: Ask) -> CTE:
    """Who committed a new offence in the period on a day on the register: by the day of it, not of its entry.

    The offence may stand in any of the person's cases, and the person on the register by another; what was withdrawn
    never happened.
    """
    span, period = ask.once(spans), ask.period
    return (
        select(span.c.client_id, literal(1).label("has_offended"))
        .join(Case, Case.client_id == span.c.client_id)
        .join(CaseEvent, CaseEvent.case_id == Case.id)
        .outerjoin(EventWithdrawal, EventWithdrawal.event_id == CaseEvent.id)
        .where(CaseEvent.kind == EventKind.NEW_OFFENCE, EventWithdrawal.event_id.is_(None))
        .where(and_(CaseEvent.on >= period.start, CaseEvent.on < period.end))
        .where(and_(CaseEvent.on >= span.c.registered_on, CaseEvent.on < span.c.until))
        .group_by(span.c.client_id)
        .cte("offended")
    )


OFFENDED = Flag(offended, {"has_offended": 0})
