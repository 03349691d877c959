"""Sessions with mentors and volunteers: who was met, and how long (I-11)."""

from typing import Any

from sqlalchemy import CTE, Select, and_, func, literal, select

from app.clients.cases import Case
from app.indicators.facts.asking import Ask
from app.indicators.facts.people import people, spans
from app.indicators.facts.shapes import Flag
from app.sessions.models import Confirmation, Match, Session


def held(ask: Ask) -> CTE:
    """Minutes by person and helper: of sessions that took place, were confirmed, and were held in the period on a day
    on which the person was on the register, in whichever case."""
    span, period = ask.once(spans), ask.period
    sessions = (
        select(Session.id, Case.client_id, Match.helper_id, Session.minutes)
        .join(Match, Match.id == Session.match_id)
        .join(Case, Case.id == Match.case_id)
        .join(Confirmation, Confirmation.session_id == Session.id)
        .join(span, span.c.client_id == Case.client_id)
        .where(Session.has_met, Session.on >= period.start, Session.on < period.end)
        .where(and_(Session.on >= span.c.registered_on, Session.on < span.c.until))
        .distinct()  # who is on the register in two cases was there once
        .cte("sessions_held")
    )
    return (
        select(sessions.c.client_id, sessions.c.helper_id, func.sum(sessions.c.minutes).label("minutes"))
        .group_by(sessions.c.client_id, sessions.c.helper_id)
        .cte("minutes_given")
    )


def met(ask: Ask) -> CTE:
    given = ask.once(held)
    return select(given.c.client_id, literal(1).label("was_met")).distinct().cte("met")


def minutes(ask: Ask) -> Select[Any]:
    """A line for each person and helper, in the cell in which the person counts."""
    given, person = ask.once(held), ask.once(people)
    cell = [person.c[name] for name in ("case_id", "office_id", "region", "stage", "sex", "age", "basis")]
    return select(given.c.client_id, *cell, given.c.helper_id, given.c.minutes).join(
        person, person.c.client_id == given.c.client_id
    )


MET = Flag(met, {"was_met": 0})
