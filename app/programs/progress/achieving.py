"""Saying that a goal of the version in force is achieved, or is taken up again."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.clients.models import NotPossible
from app.db import db
from app.programs.models import Goal, GoalProgress, Progress, Step
from app.programs.progress.carrying import note_progress, version_carried_out
from app.programs.progress.standing import Standing
from app.programs.vocabulary import GoalState, StepState


def say(goal: Goal, said: GoalProgress, standing: Standing) -> None:
    """Keep what is said of a goal. Raises NotPossible where the version is not in force, or nothing would change."""
    version = goal.version_
    if version_carried_out(version.program) is not version:
        raise NotPossible(_("This goal belongs to a version that is not in force. Open the version in force."))
    if said.on < version.program.starts_on:
        raise NotPossible(_("The programme had not started by that day. Check the date."))
    if standing.is_achieved(goal) is (said.state is GoalState.ACHIEVED):
        raise NotPossible(_("This was recorded already. Look at the programme again."))
    said.program_id, said.thread = version.program_id, goal.thread
    db.session.add(said)


def settle_rest(goal: Goal, standing: Standing, said: GoalProgress, note: str) -> None:
    """Steps that an achieved goal left open are no longer needed from the same day on."""
    for step in goal.steps:
        if not standing.of(step).is_settled:
            row = Progress(state=StepState.NOT_NEEDED, on=said.on, note=note, by=said.by, at=said.at)
            note_progress(step, row)


def done_at_once(step: Step, standing: Standing, row: Progress) -> None:
    """One press: the step is done. ``row`` says when and by whom."""
    if standing.of(step) is StepState.DONE:
        raise NotPossible(_("This step is done already."))
    row.state = StepState.DONE
    note_progress(step, row)


def undo(step: Step, said: Sequence[Progress], seen: str | None, row: Progress) -> None:
    """Take the latest word on a step back by saying again what was said before it. Nothing is rewritten.

    ``seen``: the number of the word that the page showed; raises NotPossible when a later one was said meanwhile.
    """
    if not said or str(said[-1].id) != seen:
        raise NotPossible(_("Something else was recorded for this step meanwhile. Look at it again."))
    before = said[-2] if len(said) > 1 else None
    row.state = before.state if before else StepState.NOT_STARTED
    row.note = before.note if before else None
    note_progress(step, row)
