"""Decisions about a version: what the person says, submission, return, approval."""

from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.clients.models import NotPossible
from app.clients.views.acting import attempt
from app.clock import now, today
from app.programs.decisions import deciding as verbs
from app.programs.decisions.forms import AgreementForm, ReturnForm
from app.programs.decisions.noticing import cautions, objection
from app.programs.decisions.opening import note_opening
from app.programs.decisions.terms import answer_term
from app.programs.models import Agreement, Version
from app.programs.queries import get_version
from app.programs.views.blueprint import bp, to_draft, to_program, to_version, unchanged
from app.programs.views.drafting import may_be_changed
from app.supervision.calendar.queries import days_expected


@bp.route("/program-versions/<int:version_id>/agreement", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_version)
def agreement(version: Version) -> ResponseReturnValue:
    if not may_be_changed(version):
        return to_version(version)
    form = agreement_form(version)
    if form.fits(version):
        row = Agreement(answer=form.answer.data, words=form.words.data, on=form.on.data, by=actor(), at=now())
        row.representative = form.representative.data if form.representative else None
        row.present = form.present.data
        said = _("What the person says is recorded.")
        if attempt(lambda: verbs.agree(version, row, form.not_agreed.data or ()), said):
            return to_draft(version, "agreement")
    return render_template("programs/agreement.html", program_version=version, form=form)


def agreement_form(version: Version) -> AgreementForm:
    """The form, filled with what was recorded last, or with who represents the minor today."""
    client, day = version.client, today()
    completion = version.assessment.completion
    minor = client.is_minor_on(completion.on if completion else day)
    known: dict[str, Any]
    if row := version.agreement:
        known = {"answer": row.answer, "words": row.words, "representative": row.representative, "on": row.on}
        known |= {"present": row.present, "not_agreed": sorted(row.not_agreed)}
    else:
        found = client.representative_on(day) if minor else None
        known = {"on": day, "representative": found.full_name if found else None}
        known |= {"present": f"{found.full_name}, {found.relation}" if found else None}
    return AgreementForm(client=client, goals=version.goals, minor=minor, data=known)


@bp.post("/program-versions/<int:version_id>/submission")
@permit(Permission.EDIT_PROGRAM, get_version)
def submit(version: Version) -> ResponseReturnValue:
    if not unchanged(version):
        return to_draft(version)
    if attempt(lambda: verbs.submit(version, actor(), now()), _("Submitted. The head of service will answer.")):
        return to_version(version)
    return to_draft(version)


@bp.get("/program-versions/<int:version_id>/decision")
@permit(Permission.APPROVE_PROGRAM, get_version)
def decide(version: Version) -> ResponseReturnValue:
    """One submission on a page, with what the person says and the decision; opening it is noted."""
    if (submission := version.open_submission) is None:
        return to_version(version)
    if verbs.may_decide(version, actor()):
        note_opening(submission, actor(), now())
    form = ReturnForm()
    form.fits(version)
    return decision_page(version, form)


def decision_page(version: Version, form: ReturnForm) -> ResponseReturnValue:
    submission, case_id = version.open_submission, version.program.case_id
    return render_template(
        "programs/decision.html",
        program_version=version,
        form=form,
        submission=submission,
        returned=[row.answer for row in version.submissions if row.answer],
        term=answer_term(submission.at) if submission else None,
        objection=objection(version),
        cautions=cautions(version, days_expected([case_id])[case_id], today()),
        may_decide=verbs.may_decide(version, actor()),
    )


@bp.post("/program-versions/<int:version_id>/approval")
@permit(Permission.APPROVE_PROGRAM, get_version)
def approve(version: Version) -> ResponseReturnValue:
    if not unchanged(version):
        return to_version(version)
    said = _("Approved. The programme can be printed and carried out.")
    if attempt(lambda: verbs.approve(version, actor(), today(), now()), said):
        return to_program(version.program)
    return to_version(version)


@bp.route("/program-versions/<int:version_id>/return", methods=["GET", "POST"])
@permit(Permission.APPROVE_PROGRAM, get_version)
def send_back(version: Version) -> ResponseReturnValue:
    form = ReturnForm()
    try:
        verbs.to_decide(version, actor())
    except NotPossible as reason:
        flash(str(reason), "error")
        return to_version(version)
    if form.fits(version):
        said = _("Returned. The officer sees what is to be mended.")
        attempt(lambda: verbs.send_back(version, form.words.data, actor(), now()), said)
        return to_version(version)
    return decision_page(version, form)
