"""The end of a programme: what its goals seem to have come to, before the officer says so."""

from app.programs.models import Program, Version
from app.programs.progress.standing import standing_of
from app.programs.queries import progress_of, said_of_goals
from app.programs.vocabulary import GoalOutcome, StepState


def reached_of(program: Program, current: Version | None) -> dict[str, GoalOutcome]:
    """What the goals seem to have come to, by thread: as they were said to be achieved, or by their steps.

    A goal on which nothing was done is left for the officer to judge.
    """
    if current is None:
        return {}
    standing = standing_of(current, progress_of(program), said_of_goals(program))
    found = {}
    for goal in current.goals:
        states = {standing.of(step) for step in goal.steps} - {StepState.NOT_NEEDED}
        if standing.is_achieved(goal) or states == {StepState.DONE}:
            found[goal.thread] = GoalOutcome.ACHIEVED
        elif StepState.DONE in states:
            found[goal.thread] = GoalOutcome.PARTLY_ACHIEVED
    return found


def contacts_of(program: Program) -> str:
    """Whom the person can call, as far as the register knows: the officer who worked with them."""
    officer = program.case.assignment.officer
    return officer.full_name if officer else ""
