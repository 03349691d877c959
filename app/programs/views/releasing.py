"""Items of a release plan that nobody settled, picked to become goals of the programme."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.assistance.release.plan import ItemLine, plan_of
from app.audit.journal import name_subject
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.queries import get_case, hold
from app.clock import now, today
from app.db import db
from app.programs.decisions.terms import latest_review
from app.programs.drafts import drafting as verbs
from app.programs.drafts import releasing
from app.programs.models import Program, Version
from app.programs.queries import approved_version_of, get_version, latest_assessment, open_program_of
from app.programs.views.blueprint import bp, to_draft
from app.web.forms import Form, SeveralField, required
from app.web.languages import text_in

bp.add_app_template_test(releasing.is_from_release, "from_release")


class ReleaseGoalsForm(Form):
    codes = SeveralField(_l("Items that become goals"), [required(_l("Tick what is to become a goal."))], choices=[])


@bp.route("/cases/<int:case_id>/release-goals", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_case)
def release_goals(case: Case) -> ResponseReturnValue:
    if request.method == "POST":
        hold(case)
    program = open_program_of(case)
    version = leading(program)
    lines = {line.item.code: line for line in releasing.offered(plan_of(case), version)}
    form = ReleaseGoalsForm()
    form.codes.choices = [(code, text_in(line.item.goal)) for code, line in lines.items()]
    if form.validate_on_submit():
        try:
            draft = taken(case, program, version, [lines[code] for code in form.data["codes"]])
        except NotPossible as reason:
            db.session.rollback()
            form.form_errors.append(str(reason))
        else:
            return draft
    if not lines and not form.is_submitted():
        flash(_("Nothing of the release plan can become a goal now."), "info")
        return redirect(url_for("release.show", case_id=case.id))
    shown = {"case": case, "client": case.client, "form": form, "program_version": version}
    page = render_template("programs/release_goals.html", **shown)
    return page, 422 if form.is_submitted() else 200


def leading(program: Program | None) -> Version | None:
    """The version to which goals would be added: the one being drafted, or else the one in force."""
    version = program and (program.pending or program.in_force)
    return get_version(actor(), Permission.EDIT_PROGRAM, version.id) if version else None


def taken(case: Case, program: Program | None, version: Version | None, lines: list[ItemLine]) -> ResponseReturnValue:
    """Add the goals to the draft; open a new version, or a first programme, where there is none."""
    draft = version if version and version.approval is None else opened(case, program, today())
    goals = releasing.take(draft, lines, today())
    name_subject(draft)
    db.session.commit()
    said = ngettext("%(num)d goal now comes from the release plan.", "%(num)d goals now come from the release plan.",
                    len(goals))  # fmt: skip
    flash(said, "success")
    return to_draft(draft, "goals")


def opened(case: Case, program: Program | None, on: date) -> Version:
    assessment = latest_assessment(case)
    if program:
        approved_version_of(program)  # with its goals, which are copied
        return verbs.start_change(program, assessment or program.versions[-1].assessment, actor(), now(), on)
    if assessment is None:
        raise NotPossible(_("Goals rest on an assessment. Assess the person first."))
    first = Version(assessment=assessment, drafted_by=actor(), drafted_at=now())
    first.starts_on, first.review_on = on, latest_review(on)
    return verbs.draw_up(case, first).versions[0]
