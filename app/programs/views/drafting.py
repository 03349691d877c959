"""A draft as a whole: what is in it, what stands in its way, its dates, and a new version of what is in force."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.clients.views.acting import attempt, possible
from app.clock import now, today
from app.programs.decisions.deciding import obstacles
from app.programs.drafts import drafting as verbs
from app.programs.drafts.target_days import target_days_to_mend
from app.programs.forms import DatesForm
from app.programs.models import Program, Version
from app.programs.progress.standing import standing_of
from app.programs.proposals.cautioning import warnings_for
from app.programs.proposals.suggesting import suggestions_for
from app.programs.queries import (
    approved_version_of,
    get_program,
    get_version,
    latest_assessment,
    progress_of,
    said_of_goals,
)
from app.programs.views.blueprint import bp, to_draft, to_program, to_version
from app.supervision.calendar.queries import days_expected


@bp.get("/program-versions/<int:version_id>/draft")
@permit(Permission.EDIT_PROGRAM, get_version)
def draft(version: Version) -> ResponseReturnValue:
    if not may_be_changed(version):
        return to_version(version)
    expected = days_expected([version.case.id])[version.case.id]
    return render_template(
        "programs/draft.html",
        program_version=version,
        standing=standing_of(version, progress_of(version.program), said_of_goals(version.program)),
        suggestions=suggestions_for(version),
        declined={row.rule: row.reason for row in version.declined},
        obstacles=obstacles(version),
        warnings=warnings_for(version, expected),
        days=target_days_to_mend(version),
    )


@bp.route("/program-versions/<int:version_id>/dates", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_version)
def dates(version: Version) -> ResponseReturnValue:
    if not is_open_to(version):
        return to_version(version)
    form = dates_form(version)
    if form.fits(version, saved=lambda: dates_form(version, formdata=None)):
        attempt(lambda: verbs.set_dates(version, *form.answers()), _("The dates are saved."))
        return to_draft(version)
    return render_template("programs/dates.html", program_version=version, form=form)


def dates_form(version: Version, **kwargs: Any) -> DatesForm:
    return DatesForm(starts_on=version.starts_on, review_on=version.review_on, **kwargs)


@bp.post("/programs/<int:program_id>/versions")
@permit(Permission.EDIT_PROGRAM, get_program)
def change(program: Program) -> ResponseReturnValue:
    approved_version_of(program)  # with its goals, which are copied
    assessment = latest_assessment(program.case) or program.versions[-1].assessment
    said = _("A new version is open. The one in force stays as it is until this one is approved.")
    if not attempt(lambda: verbs.start_change(program, assessment, actor(), now(), today()), said):
        return to_program(program)
    return to_draft(program.versions[-1])


def is_open_to(version: Version) -> bool:
    """Whether a form over the draft may be shown. What was typed is never turned away: the form itself refuses it."""
    return request.method == "POST" or may_be_changed(version)


def may_be_changed(version: Version) -> bool:
    """Whether the version is a draft in a living programme; says so when it is not."""
    return possible(lambda: verbs.must_be_draft(version))
