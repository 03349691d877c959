"""Short words while a programme is carried out: a goal achieved or taken up again, a step done in one press."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.clients.views.acting import attempt
from app.clock import now, today
from app.programs.forms import GoalProgressForm
from app.programs.models import Goal, GoalProgress, Progress, Step
from app.programs.progress import achieving as verbs
from app.programs.progress.standing import Standing, standing_of
from app.programs.queries import get_goal, get_step, progress_of, said_of_goals
from app.programs.views.blueprint import bp, to_program
from app.programs.views.carrying import is_carried_out
from app.programs.vocabulary import GoalState


@bp.route("/program-goals/<int:goal_id>/achievement", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_goal)
def achieve(goal: Goal) -> ResponseReturnValue:
    program = goal.version_.program
    if not is_carried_out(program):
        return to_program(program)
    standing, form = standing_around(goal), GoalProgressForm(on=today())
    if form.validate_on_submit():
        row = GoalProgress(state=GoalState.ACHIEVED, on=form.on.data, note=form.note.data, by=actor(), at=now())

        def act() -> None:
            verbs.say(goal, row, standing)
            verbs.settle_rest(goal, standing, row, _("The goal was reached without it."))

        attempt(act, _("The goal is achieved."))
        return to_program(program)
    left = [step for step in goal.steps if not standing.of(step).is_settled]
    return render_template("programs/achievement.html", goal=goal, program=program, form=form, open_steps=left)


@bp.post("/program-goals/<int:goal_id>/resumption")
@permit(Permission.EDIT_PROGRAM, get_goal)
def resume(goal: Goal) -> ResponseReturnValue:
    row = GoalProgress(state=GoalState.TAKEN_UP_AGAIN, on=today(), by=actor(), at=now())
    attempt(lambda: verbs.say(goal, row, standing_around(goal)), _("The goal is taken up again."))
    return to_program(goal.version_.program)


@bp.post("/program-steps/<int:step_id>/done")
@permit(Permission.EDIT_PROGRAM, get_step)
def done(step: Step) -> ResponseReturnValue:
    row = Progress(on=today(), by=actor(), at=now())
    attempt(lambda: verbs.done_at_once(step, standing_around(step.goal), row), _("The step is done."))
    return to_step(step)


@bp.post("/program-steps/<int:step_id>/undoing")
@permit(Permission.EDIT_PROGRAM, get_step)
def undo(step: Step) -> ResponseReturnValue:
    said = progress_of(step.goal.version_.program).get(step.thread, [])
    row = Progress(on=today(), by=actor(), at=now())
    attempt(lambda: verbs.undo(step, said, request.form.get("said"), row), _("The step stands as it stood before."))
    return to_step(step)


def standing_around(goal: Goal) -> Standing:
    version = goal.version_
    return standing_of(version, progress_of(version.program), said_of_goals(version.program))


def to_step(step: Step) -> Response:
    return to_program(step.goal.version_.program, f"goal-{step.goal.id}")
