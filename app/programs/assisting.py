"""What a programme plans with services, told to the room of assistance for the sheet of that programme."""

from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.assistance.programme.planned import Planned, PlannedStep, tellers
from app.db import db
from app.programs.models import Approval, Closure, Goal, Program, Progress, Step, Version
from app.programs.vocabulary import Doer, Phase, StepState
from app.programs.wording import step_in_words


def planned_with_services(case_id: int) -> Planned:
    """The steps that a service can deliver, of the version in force; nothing once its programme is closed."""
    version = db.session.scalars(
        select(Version)
        .join(Version.program)
        .join(Version.approval)
        .where(Program.case_id == case_id, ~Program.closure.has())
        .order_by(Program.id.desc(), Version.ordinal.desc())
        .limit(1)
        .options(joinedload(Version.program), selectinload(Version.goals).selectinload(Goal.steps))
    ).first()
    states = latest_states(case_id)
    goals = [goal for goal in version.goals if goal.phase is Phase.ACTIVE] if version else []
    steps = [planned_step(step, states) for goal in goals for step in goal.steps if step.direction]
    approved = select(Approval.at).join(Version).join(Program).where(Program.case_id == case_id)
    said = select(Progress.at).join(Program, Program.id == Progress.program_id).where(Program.case_id == case_id)
    closed = select(Closure.at).join(Program, Program.id == Closure.program_id).where(Program.case_id == case_id)
    changes = [moment for told in (approved, said, closed) for moment in db.session.scalars(told)]
    return Planned(tuple(steps), tuple(changes))


def latest_states(case_id: int) -> dict[str, StepState]:
    """How each step stands by its thread; the latest word counts."""
    of_case = (
        select(Progress.thread, Progress.state)
        .join(Program, Program.id == Progress.program_id)
        .where(Program.case_id == case_id)
    )
    return {row.thread: row.state for row in db.session.execute(of_case.order_by(Progress.id))}


def planned_step(step: Step, states: dict[str, StepState]) -> PlannedStep:
    state = states.get(step.thread, StepState.NOT_STARTED)
    if step.direction is None:
        raise ValueError("A step without a direction is no service's.")
    return PlannedStep(
        thread=step.thread,
        direction=step.direction,
        what=partial(step_in_words, step),
        who=lambda: str(Doer(step.doer).label),
        state=lambda: str(state.label),
        due_on=step.due_on,
    )


tellers.append(planned_with_services)
