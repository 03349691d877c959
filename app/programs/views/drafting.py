"""Drawing up: the first draft, suggestions taken or declined, dates, and a new version of what is in force."""

from datetime import timedelta

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.queries import get_case
from app.clock import now, today
from app.db import db
from app.programs import drafting as verbs
from app.programs.deciding import obstacles
from app.programs.forms import DatesForm
from app.programs.models import Program, Version
from app.programs.queries import approved_version_of, get_program, get_version, latest_assessment, open_program_of
from app.programs.suggesting import lines_for, suggestions_for, warnings_for
from app.programs.views.blueprint import attempt, bp, to_draft, to_program, to_version

FIRST_REVIEW = timedelta(days=180)  # half a year, as a new assessment falls due (rnr.md 5.1); the officer sets the day


@bp.route("/cases/<int:case_id>/programs/new", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_case)
def create(case: Case) -> ResponseReturnValue:
    assessment, known = latest_assessment(case), open_program_of(case)
    form = DatesForm(starts_on=today(), review_on=today() + FIRST_REVIEW)
    if assessment and known is None and case.is_open and form.validate_on_submit():
        first = Version(assessment=assessment, drafted_by=actor(), drafted_at=now())
        first.starts_on, first.review_on = form.answers()
        program = verbs.draw_up(case, first)
        name_subject(program)
        db.session.commit()
        flash(_("The draft is open. Take what fits from the suggestions, and add what is missing."), "success")
        return to_draft(program.versions[0])
    offered = lines_for(case, assessment, today()) if assessment else ()
    return render_template(
        "programs/create.html", case=case, form=form, assessment=assessment, known=known, offered=offered
    )


@bp.get("/program-versions/<int:version_id>/draft")
@permit(Permission.EDIT_PROGRAM, get_version)
def draft(version: Version) -> ResponseReturnValue:
    if not may_be_changed(version):
        return to_version(version)
    return render_template(
        "programs/draft.html",
        program_version=version,
        suggestions=suggestions_for(version),
        declined={row.rule: row.reason for row in version.declined},
        obstacles=obstacles(version),
        warnings=warnings_for(version),
    )


@bp.route("/program-versions/<int:version_id>/dates", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_version)
def dates(version: Version) -> ResponseReturnValue:
    if not may_be_changed(version):
        return to_version(version)
    form = DatesForm(starts_on=version.starts_on, review_on=version.review_on)
    if form.fits(version):
        attempt(lambda: verbs.set_dates(version, *form.answers()), _("The dates are saved."))
        return to_draft(version)
    return render_template("programs/dates.html", program_version=version, form=form)


@bp.post("/programs/<int:program_id>/versions")
@permit(Permission.EDIT_PROGRAM, get_program)
def change(program: Program) -> ResponseReturnValue:
    approved_version_of(program)  # with its goals, which are copied
    assessment = latest_assessment(program.case) or program.versions[-1].assessment
    said = _("A new version is open. The one in force stays as it is until this one is approved.")
    if not attempt(lambda: verbs.start_change(program, assessment, actor(), now(), today()), said):
        return to_program(program)
    return to_draft(program.versions[-1])


def may_be_changed(version: Version) -> bool:
    """Whether the version is a draft in a living programme; says so when it is not."""
    try:
        verbs.must_be_draft(version)
    except NotPossible as reason:
        flash(str(reason), "error")
        return False
    return True
