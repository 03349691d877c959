"""The step of a programme that asks for a referral, told to the room of assistance."""

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app.assistance.referrals.steps import StepHint, tellers
from app.db import db
from app.programs.models import Goal, Program, Progress, Step, Version
from app.programs.vocabulary import StepState
from app.programs.wording import step_in_words


def hint_of(thread: str, case_id: int) -> StepHint | None:
    """The step in its latest version, if a programme of this case has it."""
    step = db.session.scalars(
        select(Step)
        .join(Step.goal)
        .join(Goal.version_)
        .join(Version.program)
        .where(Step.thread == thread, Program.case_id == case_id)
        .options(contains_eager(Step.goal).contains_eager(Goal.version_).contains_eager(Version.program))
        .order_by(Step.id.desc())
        .limit(1)
    ).first()
    if step is None:
        return None
    said = select(Progress.state).where(Progress.thread == thread).order_by(Progress.id.desc()).limit(1)
    state = db.session.scalar(said) or StepState.NOT_STARTED
    return StepHint(
        text=step_in_words(step),
        state=str(state.label),
        is_settled=state.is_settled,
        url=url_for("programs.show", program_id=step.goal.version_.program_id),
    )


tellers.append(hint_of)
