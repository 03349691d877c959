"""Opening a programme in a case: afresh, or going on from an earlier one."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.assessments.models import Assessment
from app.audit.journal import name_subject, record_act
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.queries import get_case
from app.clock import now, today
from app.db import db
from app.programs.decisions.terms import latest_review
from app.programs.drafts import drafting as verbs
from app.programs.drafts.continuing import Heritage, go_on, heritage_of, leading, may_grow_into
from app.programs.forms import OpeningForm
from app.programs.models import Program, Version
from app.programs.progress.standing import standing_of
from app.programs.proposals.suggesting import lines_for
from app.programs.queries import (
    earlier_programs,
    latest_assessment,
    open_program_of,
    progress_of,
    said_of_goals,
    whole_version,
)
from app.programs.views.blueprint import bp, to_draft

AFRESH = "none"


@bp.route("/cases/<int:case_id>/programs/new", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_case)
def create(case: Case) -> ResponseReturnValue:
    assessment, known = latest_assessment(case), open_program_of(case)
    earlier = [program for program in earlier_programs(actor(), case) if may_grow_into(program, case, today())]
    left = chosen(earlier, known)
    form = OpeningForm(left=left, starts_on=today(), review_on=latest_review(today()))
    blocked = known is not None and (left is None or left.program.id != known.id)
    if assessment and not blocked and case.is_open and form.validate_on_submit():
        program = opened(case, assessment, form, left)
        if program:
            return to_draft(program.versions[0])
    return render_template(
        "programs/create.html", case=case, form=form, assessment=assessment, known=known if blocked else None,
        earlier=earlier, left=left, must_go_on=known is not None,
        offered=lines_for(case, assessment, today()) if assessment else (),
    )  # fmt: skip


def chosen(earlier: list[Program], known: Program | None) -> Heritage | None:
    """What the earlier programme that the address names leaves; without a word, that which leaves something to do.

    The open programme of the case itself stands before any other: it has to end before the next one begins.
    """
    if known:
        found = next((program for program in earlier if program.id == known.id), None)
        return left_by(found) if found else None
    word = request.args.get("after", "")
    if word == AFRESH:
        return None
    if named := next((program for program in earlier if str(program.id) == word), None):
        return left_by(named)
    return next((left for left in map(left_by, earlier[:1]) if left.goals), None)


def left_by(program: Program) -> Heritage:
    version = whole_version(leading(program))
    return heritage_of(program, version, standing_of(version, progress_of(program), said_of_goals(program)))


def opened(case: Case, assessment: Assessment, form: OpeningForm, left: Heritage | None) -> Program | None:
    """The programme with its first draft; None, with a sentence, when it cannot be opened now."""
    first = Version(assessment=assessment, drafted_by=actor(), drafted_at=now())
    first.starts_on, first.review_on = form.answers()
    try:
        if left:
            was_open = left.program.closure is None
            program = go_on(left, form.kept(), case, first, today())
            if was_open:
                record_act(actor().id, Permission.EDIT_PROGRAM, left.program, "programs.close")
        else:
            program = verbs.draw_up(case, first)
        name_subject(program)
        db.session.commit()
    except NotPossible as reason:
        db.session.rollback()
        form.form_errors.append(str(reason))
        return None
    flash(_("The draft is open. Take what fits from the suggestions, and add what is missing."), "success")
    return program
