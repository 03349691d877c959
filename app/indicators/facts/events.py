"""Events of cases: at which office, and so in which region, a case was on the day of each."""

from typing import Any

from sqlalchemy import CTE, Select, and_, select

from app.indicators.facts.asking import Ask, calendar
from app.indicators.facts.people import covers, spans, tiles_of_offices
from app.offices.models import Office


def placed(ask: Ask, events: CTE) -> Select[Any]:
    """Events (``case_id``, ``on`` and whatever else) of days in the period on which their own case was on the register.

    Each with the ``office_id`` that answered for the case when that day ended, and its ``region``.
    """
    span, days, held = ask.once(spans), ask.once(calendar), ask.once(tiles_of_offices)
    return (
        select(events, span.c.client_id, held.c.office_id, Office.region_code.label("region"))
        .join(days, days.c.reference_day == events.c.on)
        .join(span, span.c.id == events.c.case_id)
        .join(held, and_(held.c.case_id == events.c.case_id, covers(held, days.c.midnight)))
        .join(Office, Office.id == held.c.office_id)
        .where(events.c.on >= span.c.registered_on, events.c.on < span.c.until)
    )
