"""Carrying out: progress on a step, a review, the closure."""

from datetime import timedelta

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.clients.models import NotPossible
from app.clock import now, today
from app.programs import carrying as verbs
from app.programs.forms import ClosureForm, ProgressForm, ReviewForm
from app.programs.models import Closure, Program, Progress, Review, Step
from app.programs.queries import approved_version_of, get_program, get_step, progress_of
from app.programs.views.blueprint import attempt, bp, to_program

NEXT_REVIEW = timedelta(days=180)


@bp.route("/program-steps/<int:step_id>/progress", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_step)
def progress(step: Step) -> ResponseReturnValue:
    program = step.goal.version_.program
    if not is_carried_out(program):
        return to_program(program)
    form = ProgressForm(on=today())
    if form.validate_on_submit():
        row = Progress(state=form.state.data, on=form.on.data, note=form.note.data, by=actor(), at=now())
        attempt(lambda: verbs.note_progress(step, row), _("The progress is recorded."))
        return to_program(program)
    said_before = progress_of(program).get(step.thread, [])
    return render_template("programs/progress.html", step=step, program=program, form=form, said_before=said_before)


@bp.route("/programs/<int:program_id>/reviews/new", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_program)
def review(program: Program) -> ResponseReturnValue:
    if not is_carried_out(program):
        return to_program(program)
    approved_version_of(program)  # with its earlier reviews
    form = ReviewForm(on=today(), next_review_on=today() + NEXT_REVIEW)
    if form.validate_on_submit():
        row = Review(on=form.on.data, verdict=form.verdict.data, words=form.words.data, by=actor(), at=now())
        row.next_review_on = form.next_review_on.data
        attempt(lambda: verbs.review(program, row), _("The review is recorded."))
        return to_program(program)
    return render_template("programs/review.html", program=program, form=form)


@bp.route("/programs/<int:program_id>/closure", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_program)
def close(program: Program) -> ResponseReturnValue:
    try:
        verbs.must_be_closable(program)
    except NotPossible as reason:
        flash(str(reason), "error")
        return to_program(program)
    form = ClosureForm(on=today())
    if form.validate_on_submit():
        row = Closure(on=form.on.data, outcome=form.outcome.data, words=form.words.data, by=actor(), at=now())
        attempt(lambda: verbs.close(program, row), _("The programme is closed."))
        return to_program(program)
    return render_template("programs/close.html", program=program, form=form)


def is_carried_out(program: Program) -> bool:
    """Whether a version is in force in a living programme; says so when not."""
    try:
        verbs.version_carried_out(program)
    except NotPossible as reason:
        flash(str(reason), "error")
        return False
    return True
