"""The pages of batches: how far they have come, what failed and why, and the finished files."""

from collections.abc import Callable
from typing import BinaryIO

from flask import Blueprint, Response, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.clock import now
from app.db import db
from app.printing.batches.bundle import as_one_pdf, as_zip
from app.printing.batches.models import BatchCancellation, PrintBatch
from app.printing.batches.queries import PAGE, batches_of, failures_of, get_batch, tallies_of
from app.web.addresses import number_in_query

bp = Blueprint("batches", __name__)


@bp.get("/print-batches")
@permit(Permission.PRINT_BATCH)
def index() -> ResponseReturnValue:
    found = batches_of(actor(), number_in_query("before"))
    older = url_for("batches.index", before=found[PAGE - 1][0].id) if len(found) > PAGE else None
    return render_template("printing/batches.html", batches=found[:PAGE], older_url=older)


@bp.get("/print-batches/<int:batch_id>")
@permit(Permission.PRINT_BATCH, get_batch)
def show(batch: PrintBatch) -> ResponseReturnValue:
    return render_template("printing/batch.html", **standing_of(batch))


@bp.get("/print-batches/<int:batch_id>/progress")
@permit(Permission.PRINT_BATCH, get_batch)
def progress(batch: PrintBatch) -> ResponseReturnValue:
    """The part of the page that moves, for a page that stays open."""
    answer = Response(render_template("printing/_progress.html", **standing_of(batch)))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def standing_of(batch: PrintBatch) -> dict[str, object]:
    tally = tallies_of([batch.id])[batch.id]
    return {
        "batch": batch,
        "tally": tally,
        "failures": failures_of(batch) if tally.failed else [],
        "is_over": batch.cancellation is not None or tally.settled == tally.total,
    }


@bp.post("/print-batches/<int:batch_id>/cancellation")
@permit(Permission.PRINT_BATCH, get_batch)
def cancel(batch: PrintBatch) -> ResponseReturnValue:
    tally = tallies_of([batch.id])[batch.id]
    if batch.cancellation or tally.settled == tally.total:
        flash(_("Nothing of this batch is left to be printed."), "info")
        return redirect(url_for("batches.show", batch_id=batch.id))
    batch.cancellation = BatchCancellation(by_id=actor().id, at=now())
    try:
        db.session.commit()
    except IntegrityError:  # somebody else called it off a moment before
        db.session.rollback()
    flash(_("The batch is called off. What was printed by then stays."), "success")
    return redirect(url_for("batches.show", batch_id=batch.id))


@bp.get("/print-batches/<int:batch_id>/sheets.pdf")
@permit(Permission.PRINT_BATCH, get_batch)
def whole(batch: PrintBatch) -> ResponseReturnValue:
    return sent(batch, as_one_pdf, "application/pdf", "pdf")


@bp.get("/print-batches/<int:batch_id>/sheets.zip")
@permit(Permission.PRINT_BATCH, get_batch)
def archive(batch: PrintBatch) -> ResponseReturnValue:
    return sent(batch, as_zip, "application/zip", "zip")


def sent(batch: PrintBatch, make: Callable[[PrintBatch], BinaryIO], kind: str, ending: str) -> ResponseReturnValue:
    if not tallies_of([batch.id])[batch.id].printed:
        flash(_("No sheet of this batch is printed yet."), "info")
        return redirect(url_for("batches.show", batch_id=batch.id))
    answer = send_file(make(batch), kind, as_attachment=True, download_name=f"sheets-{batch.id}.{ending}", etag=False)
    answer.headers["Cache-Control"] = "no-store"
    return answer
