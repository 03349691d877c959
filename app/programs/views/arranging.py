"""Arranging a draft: goals now or later, the order of goals and steps, goals removed and taken back."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.clients.views.acting import attempt
from app.clock import now
from app.programs.drafts import arranging as verbs
from app.programs.drafts.arranging import Way
from app.programs.forms import RemovalForm
from app.programs.models import Goal, Removal
from app.programs.queries import get_goal, get_removal
from app.programs.views.blueprint import bp, to_draft, to_version
from app.programs.views.drafting import is_open_to
from app.programs.vocabulary import Phase


@bp.post("/program-goals/<int:goal_id>/phase")
@permit(Permission.EDIT_PROGRAM, get_goal)
def put(goal: Goal) -> ResponseReturnValue:
    phase = next((one for one in Phase if one == request.form.get("phase")), None)
    if phase is None:
        return misread(goal)
    said = _("The goal is active now.") if phase is Phase.ACTIVE else _("The goal is kept for later.")
    attempt(lambda: verbs.put(goal, phase), said)
    return to_draft(goal.version_, f"goal-{goal.id}")


@bp.post("/program-goals/<int:goal_id>/place")
@permit(Permission.EDIT_PROGRAM, get_goal)
def move_goal(goal: Goal) -> ResponseReturnValue:
    way = next((one for one in Way if one == request.form.get("way")), None)
    if way is None:
        return misread(goal)
    attempt(lambda: verbs.move_goal(goal, way), _("The goal is moved."))
    return to_draft(goal.version_, f"goal-{goal.id}")


@bp.post("/program-goals/<int:goal_id>/step-order")
@permit(Permission.EDIT_PROGRAM, get_goal)
def move_step(goal: Goal) -> ResponseReturnValue:
    """The button that was pressed is named for its way and bears the step's number."""
    way = next((one for one in Way if one in request.form), None)
    step = next((one for one in goal.steps if way and str(one.id) == request.form[way]), None)
    if way is None or step is None:
        return misread(goal)
    attempt(lambda: verbs.move_step(step, way), _("The step is moved."))
    return to_draft(goal.version_, f"goal-{goal.id}")


@bp.route("/program-goals/<int:goal_id>/removal", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_goal)
def remove_goal(goal: Goal) -> ResponseReturnValue:
    version = goal.version_
    if not is_open_to(version):
        return to_version(version)
    form = RemovalForm()
    if form.fits(version):
        said = _("The goal is removed. It stays below with its reason, and can be taken back.")
        attempt(lambda: verbs.remove_goal(goal, form.note.data, actor(), now()), said)
        return to_draft(version, "removed")
    return render_template("programs/removal.html", program_version=version, goal=goal, form=form)


@bp.post("/program-goal-removals/<int:removal_id>/return")
@permit(Permission.EDIT_PROGRAM, get_removal)
def take_back(removal: Removal) -> ResponseReturnValue:
    attempt(lambda: verbs.take_back(removal, actor(), now()), _("The goal is back in the draft."))
    return to_draft(removal.version_, "goals")


def misread(goal: Goal) -> ResponseReturnValue:
    flash(_("This button does not fit the draft any more. Look at it again."), "error")
    return to_draft(goal.version_)
