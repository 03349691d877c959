"""What the methodology proposes: taken into the draft one by one or all at once, declined or changed with a reason."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import permit
from app.access.policy import Permission
from app.clients.views.acting import attempt
from app.programs.forms import DeclineForm
from app.programs.models import Goal, Version
from app.programs.proposals import suggesting
from app.programs.proposals.forms import ChangedForm
from app.programs.proposals.wording import direction_in_words, reason_in_words, warning_in_words
from app.programs.queries import get_goal, get_version
from app.programs.views.blueprint import bp, to_draft, to_version
from app.programs.views.drafting import may_be_changed

bp.add_app_template_filter(direction_in_words, "direction_in_words")
bp.add_app_template_filter(reason_in_words, "suggestion_reason")
bp.add_app_template_filter(warning_in_words, "warning_in_words")


@bp.post("/program-versions/<int:version_id>/suggestions")
@permit(Permission.EDIT_PROGRAM, get_version)
def take(version: Version) -> ResponseReturnValue:
    attempt(
        lambda: suggesting.take(version, request.form.get("rule", "")), _("The suggestion is now a goal of the draft.")
    )
    return to_draft(version, "goals")


@bp.post("/program-versions/<int:version_id>/all-suggestions")
@permit(Permission.EDIT_PROGRAM, get_version)
def take_all(version: Version) -> ResponseReturnValue:
    """Every proposal that nobody has answered yet; what was declined stays declined."""
    attempt(lambda: suggesting.take_all(version), _("Everything that was suggested is now in the draft. Look it over."))
    return to_draft(version, "goals")


@bp.route("/program-versions/<int:version_id>/declined-suggestions", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_version)
def decline(version: Version) -> ResponseReturnValue:
    rule = {one.rule.code: one.rule for one in suggesting.suggestions_for(version)}.get(request.args.get("rule", ""))
    if rule is None or not may_be_changed(version):
        return to_draft(version)
    known = next((row.reason for row in version.declined if row.rule == rule.code), None)
    form = DeclineForm(reason=known)
    if form.fits(version):
        attempt(
            lambda: suggesting.decline(version, rule.code, form.reason.data), _("The reason is kept with the draft.")
        )
        return to_draft(version, "suggestions")
    return render_template("programs/decline.html", program_version=version, rule=rule, form=form)


@bp.route("/program-goals/<int:goal_id>/change-of-suggestion", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_goal)
def explain_change(goal: Goal) -> ResponseReturnValue:
    """Why a goal that was suggested says something else now."""
    version = goal.version_
    row = suggesting.changed_proposal(goal)
    if not may_be_changed(version):
        return to_version(version)
    if row is None:
        return to_draft(version, f"goal-{goal.id}")
    form = ChangedForm(reason=row.change_reason)
    if form.fits(version):
        attempt(lambda: suggesting.explain(row, form.reason.data), _("The reason is kept with the draft."))
        return to_draft(version, f"goal-{goal.id}")
    rule = suggesting.rule_of(row)
    return render_template("programs/explain_change.html", program_version=version, goal=goal, form=form, rule=rule)
