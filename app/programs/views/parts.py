"""The parts of a draft: its goals and their steps."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import permit
from app.access.policy import Permission
from app.programs import drafting as verbs
from app.programs.forms import GoalForm, StepForm
from app.programs.models import Goal, Step, Version
from app.programs.queries import get_goal, get_step, get_version
from app.programs.views.blueprint import attempt, bp, to_draft, to_version
from app.programs.views.drafting import may_be_changed
from app.programs.wording import goal_in_words, step_in_words


@bp.route("/program-versions/<int:version_id>/goals/new", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_version)
def add_goal(version: Version) -> ResponseReturnValue:
    if not may_be_changed(version):
        return to_version(version)
    form = GoalForm(needs=version.assessment.needs)
    if form.fits(version):
        said = _("The goal is added. Add its steps.")
        attempt(lambda: verbs.add_goal(version, form.text.data, form.need_code.data), said)
        return to_draft(version, "goals")
    return render_template("programs/goal.html", program_version=version, goal=None, form=form)


@bp.route("/program-goals/<int:goal_id>", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_goal)
def edit_goal(goal: Goal) -> ResponseReturnValue:
    version = goal.version_
    if not may_be_changed(version):
        return to_version(version)
    code = goal.need.code if goal.need else None
    form = GoalForm(needs=version.assessment.needs, text=goal_in_words(goal), need_code=code)
    if form.fits(version):
        attempt(lambda: verbs.change_goal(goal, form.text.data, form.need_code.data), _("The goal is saved."))
        return to_draft(version, f"goal-{goal.id}")
    return render_template("programs/goal.html", program_version=version, goal=goal, form=form)


@bp.post("/program-goals/<int:goal_id>/removal")
@permit(Permission.EDIT_PROGRAM, get_goal)
def remove_goal(goal: Goal) -> ResponseReturnValue:
    version = goal.version_
    attempt(lambda: verbs.remove_goal(goal), _("The goal is removed from the draft."))
    return to_draft(version, "goals")


@bp.route("/program-goals/<int:goal_id>/steps/new", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_goal)
def add_step(goal: Goal) -> ResponseReturnValue:
    version = goal.version_
    if not may_be_changed(version):
        return to_version(version)
    form = StepForm(starts_on=version.program.starts_on)
    if form.fits(version):
        said = _("The step is added.")
        attempt(lambda: verbs.add_step(goal, *form.answers()), said)
        return to_draft(version, f"goal-{goal.id}")
    return render_template("programs/step.html", program_version=version, goal=goal, step=None, form=form)


@bp.route("/program-steps/<int:step_id>", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_step)
def edit_step(step: Step) -> ResponseReturnValue:
    goal, version = step.goal, step.goal.version_
    if not may_be_changed(version):
        return to_version(version)
    form = StepForm(starts_on=version.program.starts_on, text=step_in_words(step), doer=step.doer, due_on=step.due_on)
    if form.fits(version):
        said = _("The step is saved.")
        attempt(lambda: verbs.change_step(step, *form.answers()), said)
        return to_draft(version, f"goal-{goal.id}")
    return render_template("programs/step.html", program_version=version, goal=goal, step=step, form=form)


@bp.post("/program-steps/<int:step_id>/removal")
@permit(Permission.EDIT_PROGRAM, get_step)
def remove_step(step: Step) -> ResponseReturnValue:
    goal, version = step.goal, step.goal.version_
    attempt(lambda: verbs.remove_step(step), _("The step is removed from the draft."))
    return to_draft(version, f"goal-{goal.id}")
