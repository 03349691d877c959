"""Assessments: each person's level, and whether one is overdue (I-07)."""

from sqlalchemy import CTE, and_, case, func, select

from app.assessments.models import Assessment, Completion, Override, OverrideAnswer
from app.clients.cases import Case
from app.db.days import days_after
from app.indicators.facts.asking import Ask, text_of
from app.indicators.facts.people import reference
from app.indicators.facts.shapes import Flag

NOT_ASSESSED = "none"


def assessed(ask: Ask) -> CTE:
    """The level of the assessment completed last, in whichever case, and whether nothing is overdue that day.

    An override counts from its approval. Who was never assessed is on time while the term of the first assessment
    runs, from the earliest registration of the cases of that day: a second case gives no more time.
    """
    person, last = ask.once(reference), latest_completion(ask)
    first_by = days_after(person.c.first_registered_on, ask.term("I-07", "first_days"))
    by = func.coalesce(last.c.reassess_by, first_by)
    return (
        select(
            person.c.client_id,
            func.coalesce(last.c.level, NOT_ASSESSED).label("level"),
            case((by >= person.c.reference_day, 1), else_=0).label("is_on_time"),
        )
        .outerjoin(last, and_(last.c.client_id == person.c.client_id, last.c.place == 1))
        .cte("assessed")
    )


def latest_completion(ask: Ask) -> CTE:
    """Every completed assessment before the end of the reference day, the latest at place 1, with the final level."""
    person = ask.once(reference)
    is_approved = OverrideAnswer.override_id.is_not(None)
    latest_first = (
        Completion.on.desc(),
        Completion.assessment_id.desc(),
        case((is_approved, 0), else_=1),
        Override.id.desc(),
    )
    return (
        select(
            person.c.client_id,
            Completion.reassess_by,
            case((is_approved, text_of(Override.to_level)), else_=Completion.level).label("level"),
            func.row_number().over(partition_by=person.c.client_id, order_by=latest_first).label("place"),
        )
        .join(Case, Case.client_id == person.c.client_id)
        .join(Assessment, Assessment.case_id == Case.id)
        .join(Completion, and_(Completion.assessment_id == Assessment.id, Completion.on < person.c.until))
        .outerjoin(Override, Override.assessment_id == Assessment.id)
        .outerjoin(
            OverrideAnswer,
            and_(
                OverrideAnswer.override_id == Override.id,
                OverrideAnswer.is_approved,
                OverrideAnswer.at < person.c.midnight,
            ),
        )
        .cte("completions")
    )


ASSESSED = Flag(assessed, {"level": NOT_ASSESSED, "is_on_time": 0})
