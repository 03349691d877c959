"""How the level of risk changed between two assessments (I-08)."""

from sqlalchemy import CTE, case, literal, select

from app.assessments.vocabulary import Level
from app.indicators.facts.asking import Ask
from app.indicators.facts.assessments import latest
from app.indicators.facts.shapes import Flag

UNCHANGED, LOWERED, RAISED = "same", "lowered", "raised"


def changed(ask: Ask) -> CTE:
    """Whose level was assessed in the period and had been before: the last two assessments, whatever lies between.

    Who was assessed twice in the period counts once, by the last one against the one just before it.
    """
    last = ask.once(latest)
    ranks = {level.value: level.rank for level in Level}
    rank, rank_before = case(ranks, value=last.c.level), case(ranks, value=last.c.level_before)
    return (
        select(
            last.c.client_id,
            literal(1).label("was_reassessed"),
            case((rank < rank_before, LOWERED), (rank > rank_before, RAISED), else_=UNCHANGED).label("change"),
        )
        .where(last.c.level_before.is_not(None), last.c.on >= ask.period.start)
        .cte("changed")
    )


CHANGED = Flag(changed, {"was_reassessed": 0, "change": UNCHANGED})
