"""Assessments: the one that each person completed last, its level, and whether the next one is overdue (I-07)."""

from sqlalchemy import CTE, and_, case, func, select

from app.assessments.models import Assessment, Completion, Override, OverrideAnswer
from app.db.days import days_after
from app.indicators.facts.asking import FIRST, Ask, following, text_of
from app.indicators.facts.people import cases_of_people, reference
from app.indicators.facts.shapes import Flag

NOT_ASSESSED = "none"


def completed(ask: Ask) -> CTE:
    """Each assessment of a person, in whichever case, completed before the end of the reference day."""
    case_of = ask.once(cases_of_people)
    return (
        select(
            case_of.c.client_id,
            case_of.c.midnight,
            Completion.assessment_id,
            Completion.on,
            Completion.level,
            Completion.reassess_by,
        )
        .join(Assessment, Assessment.case_id == case_of.c.case_id)
        .join(Completion, and_(Completion.assessment_id == Assessment.id, Completion.on < case_of.c.until))
        .cte("completed")
    )


def approved(ask: Ask) -> CTE:
    """The overrides of their levels approved by then; the database lets an assessment have one at most."""
    done = ask.once(completed)
    return (
        select(done.c.assessment_id, text_of(Override.to_level).label("level"))
        .join(Override, Override.assessment_id == done.c.assessment_id)
        .join(OverrideAnswer, OverrideAnswer.override_id == Override.id)
        .where(OverrideAnswer.is_approved, OverrideAnswer.at < done.c.midnight)
        .cte("overrides_approved")
    )


def latest(ask: Ask) -> CTE:
    """The assessment that each person completed last, with its final level and that of the one before it.

    Assessments of all the person's cases follow one another by their day. All that is asked of them comes from here:
    they are put in order once.
    """
    done, override = ask.once(completed), approved(ask)
    level = func.coalesce(override.c.level, done.c.level)
    newest = done.c.on.desc(), done.c.assessment_id.desc()
    ordered = (
        select(
            done.c.client_id,
            done.c.assessment_id,
            done.c.on,
            done.c.reassess_by,
            level.label("level"),
            following(level, done.c.client_id, *newest).label("level_before"),
            func.row_number().over(partition_by=done.c.client_id, order_by=list(newest)).label("place"),
        )
        .outerjoin(override, override.c.assessment_id == done.c.assessment_id)
        .subquery("assessments_in_order")
    )
    kept = [column for column in ordered.c if column.name != "place"]
    return select(*kept).where(ordered.c.place <= FIRST).cte("latest_assessment")


def assessed(ask: Ask) -> CTE:
    """The level of the assessment completed last, in whichever case, and whether nothing is overdue that day.

    An override counts from its approval. Who was never assessed is on time while the term of the first assessment
    runs, from the earliest registration of the cases of that day: a second case gives no more time.
    """
    person, last = ask.once(reference), ask.once(latest)
    first_by = days_after(person.c.first_registered_on, ask.term("I-07", "first_days"))
    by = func.coalesce(last.c.reassess_by, first_by)
    return (
        select(
            person.c.client_id,
            func.coalesce(last.c.level, NOT_ASSESSED).label("level"),
            case((by >= person.c.reference_day, 1), else_=0).label("is_on_time"),
        )
        .outerjoin(last, last.c.client_id == person.c.client_id)
        .cte("assessed")
    )


ASSESSED = Flag(assessed, {"level": NOT_ASSESSED, "is_on_time": 0})
