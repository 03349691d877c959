"""Suggestions of the methodology: taken into the draft, or declined with a reason."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import permit
from app.access.policy import Permission
from app.programs import suggesting
from app.programs.forms import DeclineForm
from app.programs.models import Version
from app.programs.queries import get_version
from app.programs.views.blueprint import attempt, bp, to_draft
from app.programs.views.drafting import may_be_changed


@bp.post("/program-versions/<int:version_id>/suggestions")
@permit(Permission.EDIT_PROGRAM, get_version)
def take(version: Version) -> ResponseReturnValue:
    attempt(
        lambda: suggesting.take(version, request.form.get("rule", "")), _("The suggestion is now a goal of the draft.")
    )
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
