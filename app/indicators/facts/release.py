"""Releases from institutions: who was met at the gate (I-09), and whose treatment was handed over in time (I-10).

A release counts on its own day; where the case leaves the register on that very day, on its last day on it.
"""

from sqlalchemy import CTE, and_, case, exists, func, or_, select

from app.assistance.release.models import Released
from app.assistance.treatment.models import Handover, TreatmentConsent, TreatmentWithdrawal
from app.clients.cases import Deregistration
from app.db.days import days_after
from app.indicators.facts.asking import FIRST, Ask
from app.indicators.facts.people import spans
from app.indicators.facts.shapes import Flag


def released(ask: Ask) -> CTE:
    """The last release in the period of each person who was released, as it stands: a later entry corrects an earlier.

    What was corrected to a day outside the period is no release of this period.
    """
    span, period = ask.once(spans), ask.period
    stands = (
        select(
            Released.case_id, Released.on, Released.is_met,
            func.row_number().over(partition_by=Released.case_id, order_by=Released.id.desc()).label("place"),
        )
        .select_from(Released)
        .join(span, span.c.id == Released.case_id)
        .subquery("releases_noted")
    )  # fmt: skip
    left_on = Deregistration.on
    within = and_(stands.c.on >= period.start, stands.c.on < period.end, or_(left_on.is_(None), stands.c.on < left_on))
    on_leaving = and_(stands.c.on == left_on, left_on > period.start, left_on <= period.end)
    newest = stands.c.on.desc(), stands.c.case_id.desc()
    placed = (
        select(
            span.c.client_id, stands.c.case_id, stands.c.on, stands.c.is_met,
            func.row_number().over(partition_by=span.c.client_id, order_by=newest).label("place"),
        )
        .select_from(stands)
        .join(span, span.c.id == stands.c.case_id)
        .outerjoin(Deregistration, Deregistration.case_id == stands.c.case_id)
        .where(stands.c.place <= FIRST, or_(within, on_leaving))
        .subquery("releases_of_people")
    )  # fmt: skip
    return (
        select(placed.c.client_id, placed.c.case_id, placed.c.on, placed.c.is_met)
        .where(placed.c.place <= FIRST)
        .cte("released")
    )


def gate(ask: Ask) -> CTE:
    """Who was released, whether somebody met them, and whether treatment had to go on and was handed over in time.

    Treatment has to go on when the person had consented to it by the day of release and the consent still stands
    when the term ends. In time: a clinic was told before the release, or in so many days after it.
    """
    person = ask.once(released)
    last_day = days_after(person.c.on, ask.term("I-10", "days_to_handover"))
    taken_back = exists(
        select(TreatmentWithdrawal.consent_id).where(
            TreatmentWithdrawal.consent_id == TreatmentConsent.id, TreatmentWithdrawal.on <= last_day
        )
    )
    stands = and_(
        TreatmentConsent.case_id == person.c.case_id,
        TreatmentConsent.given_on <= person.c.on,
        TreatmentConsent.until_on > person.c.on,
        ~taken_back.correlate(person, TreatmentConsent),
    )
    return (
        select(
            person.c.client_id,
            func.max(1).label("is_released"),
            func.max(case((person.c.is_met, 1), else_=0)).label("is_met"),
            func.max(case((TreatmentConsent.id.is_not(None), 1), else_=0)).label("needs_treatment"),
            func.max(case((Handover.handed_on <= last_day, 1), else_=0)).label("is_handed_over"),
        )
        .select_from(person)
        .outerjoin(TreatmentConsent, stands)
        .outerjoin(Handover, Handover.consent_id == TreatmentConsent.id)
        .group_by(person.c.client_id)
        .cte("gate")
    )


GATE = Flag(gate, {"is_released": 0, "is_met": 0, "needs_treatment": 0, "is_handed_over": 0})
