"""The parts of a draft: its goals and their steps."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import permit
from app.access.policy import Permission
from app.clients.views.acting import attempt
from app.programs.drafts import drafting as verbs
from app.programs.forms import GoalForm, StepForm
from app.programs.models import Goal, Step, Version
from app.programs.queries import get_goal, get_step, get_version
from app.programs.views.blueprint import bp, to_draft, to_version
from app.programs.views.drafting import is_open_to
from app.programs.vocabulary import Phase
from app.programs.wording import goal_in_words, step_in_words


@bp.route("/program-versions/<int:version_id>/goals/new", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_version)
def add_goal(version: Version) -> ResponseReturnValue:
    if not is_open_to(version):
        return to_version(version)
    form = GoalForm(assessment=version.assessment, phase=Phase.ACTIVE)
    if form.fits(version):
        said = _("The goal is added. Add its steps.")
        attempt(lambda: verbs.add_goal(version, form.text.data, form.need_code.data, form.aims()), said)
        return to_draft(version, "goals")
    return render_template("programs/goal.html", program_version=version, goal=None, form=form)


@bp.route("/program-goals/<int:goal_id>", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_goal)
def edit_goal(goal: Goal) -> ResponseReturnValue:
    version = goal.version_
    if not is_open_to(version):
        return to_version(version)
    form = goal_form(goal)
    if form.fits(version, saved=lambda: goal_form(goal, formdata=None)):
        change = (form.text.data, form.need_code.data, form.aims())
        attempt(lambda: verbs.change_goal(goal, *change), _("The goal is saved."))
        return to_draft(version, f"goal-{goal.id}")
    return render_template("programs/goal.html", program_version=version, goal=goal, form=form)


def goal_form(goal: Goal, **kwargs: Any) -> GoalForm:
    return GoalForm(
        assessment=goal.version_.assessment,
        text=goal_in_words(goal),
        phase=goal.phase,
        target_on=goal.target_on,
        need_code=goal.need.code if goal.need else None,
        areas=[row.code for row in goal.areas],
        strengths=[row.code for row in goal.strengths],
        own_strengths=goal.own_strengths,
        **kwargs,
    )


@bp.route("/program-goals/<int:goal_id>/steps/new", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_goal)
def add_step(goal: Goal) -> ResponseReturnValue:
    version = goal.version_
    if not is_open_to(version):
        return to_version(version)
    form = StepForm(starts_on=version.program.starts_on)
    if form.fits(version):
        attempt(lambda: verbs.add_step(goal, *form.answers()), _("The step is added."))
        return to_draft(version, f"goal-{goal.id}")
    return render_template("programs/step.html", program_version=version, goal=goal, step=None, form=form)


@bp.route("/program-steps/<int:step_id>", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_step)
def edit_step(step: Step) -> ResponseReturnValue:
    goal, version = step.goal, step.goal.version_
    if not is_open_to(version):
        return to_version(version)
    form = step_form(step)
    if form.fits(version, saved=lambda: step_form(step, formdata=None)):
        attempt(lambda: verbs.change_step(step, *form.answers()), _("The step is saved."))
        return to_draft(version, f"goal-{goal.id}")
    return render_template("programs/step.html", program_version=version, goal=goal, step=step, form=form)


def step_form(step: Step, **kwargs: Any) -> StepForm:
    return StepForm(
        starts_on=step.goal.version_.program.starts_on,
        text=step_in_words(step),
        doer=step.doer,
        due_on=step.due_on,
        direction=step.direction,
        hours=step.hours,
        **kwargs,
    )


@bp.post("/program-steps/<int:step_id>/removal")
@permit(Permission.EDIT_PROGRAM, get_step)
def remove_step(step: Step) -> ResponseReturnValue:
    goal, version = step.goal, step.goal.version_
    attempt(lambda: verbs.remove_step(step), _("The step is removed from the draft."))
    return to_draft(version, f"goal-{goal.id}")
