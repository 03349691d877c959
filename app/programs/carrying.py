"""Carrying a programme out: progress on its steps, reviews, and the closure."""

from flask_babel import gettext as _

from app.clients.models import NotPossible
from app.db import db
from app.programs.drafting import must_be_open
from app.programs.models import Closure, Program, Progress, Review, Step, Version


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
    version.reviews.append(found)


def must_be_closable(program: Program) -> None:
    """A programme may be closed even after its case left the register; what waits for an answer is answered first."""
    if program.closure:
        raise NotPossible(_("This programme is already closed."))
    if program.pending and program.pending.open_submission:
        raise NotPossible(
            _("A version is waiting for the head of service. The programme can be closed after the answer.")
        )


def close(program: Program, closure: Closure) -> None:
    """End the programme with its outcome."""
    must_be_closable(program)
    if closure.on < min(program.opened_at.date(), program.starts_on):
        raise NotPossible(_("A programme cannot end before it began. Check the date."))
    program.closure = closure
