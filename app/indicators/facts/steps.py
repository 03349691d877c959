"""Steps of programmes that fell due: how many, and how many were done (I-05)."""

from typing import Any

from sqlalchemy import CTE, Select, and_, case, func, literal, or_, select

from app.indicators.facts.asking import FIRST, Ask, text_of
from app.indicators.facts.events import placed
from app.indicators.facts.programs import versions_in_force
from app.indicators.facts.shapes import Source
from app.programs.models import Closure, Goal, Program, Progress, Step
from app.programs.vocabulary import Phase, StepState

NO_DIRECTION = "none"


def due(ask: Ask) -> CTE:
    """Steps due on a day in the period, in the version in force on that day, of a programme not closed by then."""
    version, period = ask.once(versions_in_force), ask.period
    return (
        select(
            Program.case_id,
            Step.due_on.label("on"),
            Step.thread,
            func.coalesce(text_of(Step.direction), NO_DIRECTION).label("direction"),
        )
        .join(Goal, Goal.id == Step.goal_id)
        .join(version, version.c.id == Goal.version_id)
        .join(Program, Program.id == version.c.program_id)
        .outerjoin(Closure, Closure.program_id == Program.id)
        .where(Step.due_on >= period.start, Step.due_on < period.end, Goal.phase == Phase.ACTIVE)
        .where(and_(Step.due_on >= version.c.on, or_(version.c.next_on.is_(None), Step.due_on < version.c.next_on)))
        .where(or_(Closure.on.is_(None), Closure.on > Step.due_on))
        .cte("steps_due")
    )


def states(ask: Ask, steps: CTE) -> CTE:
    """How each of these steps stood at the end of the period: the latest row about it, by the days that they name."""
    return (
        select(
            Progress.thread,
            text_of(Progress.state).label("state"),
            func.row_number().over(partition_by=Progress.thread, order_by=Progress.id.desc()).label("place"),
        )
        .where(Progress.on < ask.period.end, Progress.thread.in_(select(steps.c.thread)))
        .cte("states_of_steps")
    )


def lines(ask: Ask) -> Select[Any]:
    """A line for each step that was due and still needed."""
    steps = placed(ask, due(ask)).cte("steps_placed")
    latest = states(ask, steps)
    state = func.coalesce(latest.c.state, StepState.NOT_STARTED.value)
    return (
        select(
            steps.c.client_id, steps.c.case_id, steps.c.office_id, steps.c.region, steps.c.direction,
            literal(1).label("is_due"),
            case((state == StepState.DONE.value, 1), else_=0).label("is_done"),
        )
        .outerjoin(latest, and_(latest.c.thread == steps.c.thread, latest.c.place <= FIRST))
        .where(state != StepState.NOT_NEEDED.value)
    )  # fmt: skip


STEPS = Source("steps", lines, ("region", "direction"), {"I-05.due": "is_due", "I-05": "is_done"})
