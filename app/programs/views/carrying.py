"""Carrying out: progress on a step, a review, the closure."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.assessments.labels import CHANGE_LABELS, shown_level
from app.clients.views.acting import attempt, possible
from app.clock import now, today
from app.programs.decisions.forms import ProgressForm, ReviewForm, closure_form
from app.programs.decisions.terms import REVIEW, latest_review, term
from app.programs.drafts.drafting import start_change
from app.programs.models import Closure, Program, Progress, Review, Step
from app.programs.progress import carrying as verbs
from app.programs.progress.closing import contacts_of, reached_of
from app.programs.progress.reviewing import look_back
from app.programs.queries import approved_version_of, get_program, get_step, latest_assessment, progress_of
from app.programs.views.blueprint import bp, to_draft, to_program
from app.programs.vocabulary import Verdict


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
    """What changed since the last look, side by side, and below it the conclusion."""
    current = approved_version_of(program) if is_carried_out(program) else None
    if current is None:
        return to_program(program)
    form = ReviewForm(on=today(), next_review_on=latest_review(today()))
    if form.validate_on_submit():
        row = Review(on=form.on.data, verdict=form.verdict.data, words=form.words.data, by=actor(), at=now())
        row.next_review_on = form.next_review_on.data if row.verdict is Verdict.CONTINUE else None
        if attempt(lambda: decide_after(program, row), _("The review is recorded.")):
            return after(row.verdict, program)
    return render_template(
        "programs/review.html",
        program=program,
        current=current,
        form=form,
        found=look_back(program, current),
        norm=term(REVIEW, today()),
        shown_level=shown_level,
        CHANGE_LABELS=CHANGE_LABELS,
    )


def decide_after(program: Program, row: Review) -> None:
    """Keep the review; where it says that the programme is to be changed, open the new version with it."""
    verbs.review(program, row)
    if row.verdict is Verdict.CHANGE and program.pending is None:
        assessment = latest_assessment(program.case) or program.versions[-1].assessment
        start_change(program, assessment, row.by, row.at, today())


def after(verdict: Verdict, program: Program) -> ResponseReturnValue:
    """A review that ends in a change or in the end leads straight to it."""
    if verdict is Verdict.CLOSE:
        return redirect(url_for("programs.close", program_id=program.id))
    if verdict is Verdict.CHANGE and program.pending and program.pending.is_draft:
        return to_draft(program.pending)
    return to_program(program)


@bp.route("/programs/<int:program_id>/closure", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_program)
def close(program: Program) -> ResponseReturnValue:
    if not possible(lambda: verbs.must_be_closable(program)):
        return to_program(program)
    current = approved_version_of(program)
    goals = current.goals if current else []
    form = closure_form(goals, today(), reached_of(program, current), contacts_of(program))
    if form.validate_on_submit():
        row = Closure(on=form.on.data, outcome=form.outcome.data, words=form.words.data, by=actor(), at=now())
        row.further, row.contacts = form.further.data, form.contacts.data
        attempt(lambda: verbs.close(program, row, form.outcomes), _("The programme is closed."))
        return to_program(program)
    return render_template("programs/close.html", program=program, current=current, form=form)


def is_carried_out(program: Program) -> bool:
    """Whether a version is in force in a living programme; says so when not."""
    return possible(lambda: verbs.version_carried_out(program))
