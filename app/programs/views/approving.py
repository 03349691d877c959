"""The head of service's submissions: picked, looked through once more, and approved together."""

from collections.abc import Iterable

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.audit.journal import record_read
from app.clients.models import NotPossible
from app.clock import now, today
from app.db import db
from app.programs.decisions.approving_many import Picked, approve_one, picked
from app.programs.decisions.opening import opened
from app.programs.decisions.terms import answer_term
from app.programs.views.blueprint import bp
from app.programs.waiting import MOST, count_of_submissions_waiting, submissions_waiting
from app.web.addresses import number_in_query, record_numbers
from app.web.forms import Form


class BatchForm(Form):
    """Nothing but the receipt: pressed twice, it is taken once."""


@bp.get("/submissions")
@permit(Permission.APPROVE_PROGRAM)
def submissions() -> ResponseReturnValue:
    """What waits for a decision, oldest first; what was opened can be picked."""
    after = number_in_query("after") or 0
    found = submissions_waiting(actor(), after, MOST + 1)
    rows = found[:MOST]
    return render_template(
        "programs/submissions.html",
        rows=rows,
        count=count_of_submissions_waiting(actor()),
        opened=opened(actor(), [row.id for row in rows]),
        answer_term=answer_term,
        after=after,
        next_after=rows[-1].id if len(found) > MOST else None,
    )


@bp.get("/submissions/approval")
@permit(Permission.APPROVE_PROGRAM)
def approve_picked() -> ResponseReturnValue:
    """What will be approved, a line each, before the one press; afterwards what was done and what was not."""
    lines = picked(actor(), record_numbers(request.args.getlist("version")), today())
    for line in lines:
        record_read(actor().id, Permission.APPROVE_PROGRAM, line.version)
    return render_template(
        "programs/approval.html", lines=lines, form=BatchForm(), is_result="done" in request.args, mine=actor().id
    )


@bp.post("/submissions/approval")
@permit(Permission.APPROVE_PROGRAM)
def approve_several() -> ResponseReturnValue:
    chosen = record_numbers(request.form.getlist("version"))
    db.session.commit()  # the receipt and the journal's line of the batch; each approval then stands for itself
    approve_each(picked(actor(), chosen, today()))
    return redirect(url_for("programs.approve_picked", version=chosen, done=1))


def approve_each(lines: Iterable[Picked]) -> None:
    """Each in a transaction of its own: what somebody else decides at the same moment is left out, the others go on."""
    for line in lines:
        try:
            approve_one(line, actor(), today(), now())
            db.session.commit()
        except (NotPossible, IntegrityError, StaleDataError):
            db.session.rollback()
