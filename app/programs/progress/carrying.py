"""Carrying a programme out: progress on its steps, reviews, and the closure."""

from collections.abc import Mapping

from flask_babel import gettext as _

from app.clients.models import NotPossible
from app.db import db
from app.programs.decisions.terms import latest_review
from app.programs.drafts.drafting import must_be_open
from app.programs.models import Closure, GoalClosure, Program, Progress, Review, Step, Version
from app.programs.vocabulary import GoalOutcome, Outcome
from app.web.formats import format_date


def version_carried_out(program: Program) -> Version:
    must_be_open(program)
    current = program.in_force
    if current is None:
        raise NotPossible(_("No version of this programme is approved yet, so there is nothing to carry out."))
    return current


def note_progress(step: Step, progress: Progress) -> None:
    """Say how a step of the version in force stands from a day on."""
    version = step.goal.version_
    if version_carried_out(version.program) is not version:
        raise NotPossible(_("This step belongs to a version that is not in force. Open the version in force."))
    if progress.on < version.program.starts_on:
        raise NotPossible(_("The programme had not started by that day. Check the date."))
    progress.program_id, progress.thread = version.program_id, step.thread
    db.session.add(progress)


def review(program: Program, found: Review) -> None:
    """Keep what a look back at the version in force found, and what is decided."""
    version = version_carried_out(program)
    if version.approval and found.on < version.approval.on:
        raise NotPossible(_("A review comes after the approval. Check the date."))
    if found.next_review_on and found.next_review_on > (latest := latest_review(found.on)):
        day = format_date(latest)
        raise NotPossible(_("The next review is later than the norm allows. Set it for %(date)s or earlier.", date=day))
    version.reviews.append(found)


def must_be_closable(program: Program) -> None:
    """A programme may be closed even after its case left the register; what waits for an answer is answered first."""
    if program.closure:
        raise NotPossible(_("This programme is already closed."))
    if program.pending and program.pending.open_submission:
        raise NotPossible(
            _("A version is waiting for the head of service. The programme can be closed after the answer.")
        )


def close(program: Program, closure: Closure, outcomes: Mapping[str, GoalOutcome] | None = None) -> None:
    """End the programme with its outcome and that of each goal of the version in force, by the goal's thread.

    A programme that goes on in another one takes its goals along: those that are not named continue elsewhere. Raises
    NotPossible where it cannot be closed, or where a goal that was named belongs to no version in force.
    """
    must_be_closable(program)
    if closure.on < min(program.opened_at.date(), program.starts_on):
        raise NotPossible(_("A programme cannot end before it began. Check the date."))
    named = dict(outcomes or {})
    threads = [goal.thread for goal in program.in_force.goals] if program.in_force else []
    if closure.outcome is Outcome.CONTINUED:
        named = dict.fromkeys(threads, GoalOutcome.ELSEWHERE) | named
    if set(named) - set(threads):
        raise NotPossible(_("The goals of this programme have changed. Look at them, then close it."))
    closure.goals = [GoalClosure(thread=thread, outcome=outcome) for thread, outcome in sorted(named.items())]
    program.closure = closure
