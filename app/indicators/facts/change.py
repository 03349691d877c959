"""How the level of risk changed between two assessments (I-08)."""

from sqlalchemy import CTE, and_, case, func, literal, select

from app.assessments.models import Assessment, Completion, Override, OverrideAnswer
from app.assessments.vocabulary import Level
from app.clients.cases import Case
from app.indicators.facts.asking import Ask, text_of
from app.indicators.facts.people import reference
from app.indicators.facts.shapes import Flag

UNCHANGED, LOWERED, RAISED = "same", "lowered", "raised"


def completed(ask: Ask) -> CTE:
    """Each completed assessment of a person before the end of the reference day, with its final level as a rank.

    An override counts from its approval. Assessments of all the person's cases follow one another by their day.
    """
    person = ask.once(reference)
    ranks = {level.value: level.rank for level in Level}
    overridden = (
        select(Override.assessment_id, func.max(text_of(Override.to_level)).label("level"))
        .join(OverrideAnswer, OverrideAnswer.override_id == Override.id)
        .join(Assessment, Assessment.id == Override.assessment_id)
        .join(Case, Case.id == Assessment.case_id)
        .join(person, person.c.client_id == Case.client_id)
        .where(OverrideAnswer.is_approved, OverrideAnswer.at < person.c.midnight)
        .group_by(Override.assessment_id)
        .cte("overridden")
    )
    return (
        select(
            person.c.client_id,
            Completion.assessment_id,
            Completion.on,
            case(ranks, value=func.coalesce(overridden.c.level, Completion.level)).label("rank"),
        )
        .select_from(person)
        .join(Case, Case.client_id == person.c.client_id)
        .join(Assessment, Assessment.case_id == Case.id)
        .join(Completion, and_(Completion.assessment_id == Assessment.id, Completion.on < person.c.until))
        .outerjoin(overridden, overridden.c.assessment_id == Assessment.id)
        .cte("levels_completed")
    )


def changed(ask: Ask) -> CTE:
    """Whose level was assessed in the period and had been before: the last two assessments, whatever lies between.

    Who was assessed twice in the period counts once, by the last one against the one just before it.
    """
    level = ask.once(completed)
    order = [level.c.on, level.c.assessment_id]
    before = func.lag(level.c.rank).over(partition_by=level.c.client_id, order_by=order)
    newest = [each.desc() for each in order]
    followed = select(
        level.c.client_id,
        level.c.on,
        (level.c.rank - before).label("step"),
        func.row_number().over(partition_by=level.c.client_id, order_by=newest).label("place"),
    ).subquery("followed")
    return (
        select(
            followed.c.client_id,
            literal(1).label("was_reassessed"),
            case((followed.c.step < 0, LOWERED), (followed.c.step > 0, RAISED), else_=UNCHANGED).label("change"),
        )
        .where(followed.c.place == 1, followed.c.step.is_not(None), followed.c.on >= ask.period.start)
        .cte("changed")
    )


CHANGED = Flag(changed, {"was_reassessed": 0, "change": UNCHANGED})
