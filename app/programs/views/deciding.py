"""Decisions about a version: what the person says, submission, return, approval."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.clients.models import NotPossible
from app.clock import now, today
from app.programs import deciding as verbs
from app.programs.forms import AgreementForm, ReturnForm
from app.programs.models import Agreement, Version
from app.programs.queries import get_version
from app.programs.views.blueprint import attempt, bp, to_draft, to_program, to_version, unchanged
from app.programs.views.drafting import may_be_changed
from app.web.dates import age_on

ADULT = 18  # years


@bp.route("/program-versions/<int:version_id>/agreement", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_version)
def agreement(version: Version) -> ResponseReturnValue:
    if not may_be_changed(version):
        return to_version(version)
    form = agreement_form(version)
    if form.fits(version):
        row = Agreement(answer=form.answer.data, words=form.words.data, on=form.on.data, by=actor(), at=now())
        row.representative = form.representative.data if form.minor else None
        attempt(lambda: verbs.agree(version, row), _("What the person says is recorded."))
        return to_draft(version, "agreement")
    return render_template("programs/agreement.html", program_version=version, form=form)


def agreement_form(version: Version) -> AgreementForm:
    """The form, filled with what was recorded last, or with who represents the minor today."""
    client, day = version.client, today()
    minor = age_on(client.born_on, day) < ADULT
    if row := version.agreement:
        known = {"answer": row.answer, "words": row.words, "representative": row.representative, "on": row.on}
    else:
        found = client.representative_on(day) if minor else None
        known = {"on": day, "representative": found.full_name if found else None}
    return AgreementForm(minor=minor, data=known)


@bp.post("/program-versions/<int:version_id>/submission")
@permit(Permission.EDIT_PROGRAM, get_version)
def submit(version: Version) -> ResponseReturnValue:
    if not unchanged(version):
        return to_draft(version)
    if attempt(lambda: verbs.submit(version, actor(), now()), _("Submitted. The head of service will answer.")):
        return to_version(version)
    return to_draft(version)


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
    return render_template("programs/return.html", program_version=version, form=form)
