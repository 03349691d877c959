"""Choosing the programmes whose sheets are printed in one go."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clients.models import NotPossible
from app.clients.queries import officers_of
from app.clock import now, today
from app.db import db
from app.printing.batches.tasks import print_soon
from app.programs.papers.batch_forms import BatchForm
from app.programs.papers.batches import MOST, Which, ask_for, chosen_versions, versions_to_print
from app.programs.views.blueprint import bp
from app.tasks.queue import ask
from app.web.addresses import number_in_query, record_numbers, words_in_query


@bp.route("/print-batches/new", methods=["GET", "POST"])
@permit(Permission.PRINT_BATCH)
def choose_batch() -> ResponseReturnValue:
    form = BatchForm(language="kk")
    if form.validate_on_submit():
        ticked = set(record_numbers(request.form.getlist("version_id"))[: MOST + 1])
        try:
            batch = ask_for(chosen_versions(actor(), ticked), form.languages, actor(), now())
        except NotPossible as reason:
            flash(str(reason), "error")
        else:
            db.session.flush()
            name_subject(batch)
            db.session.commit()
            ask(print_soon, batch.id)
            return redirect(url_for("batches.show", batch_id=batch.id))
    wanted, officer_id = words_in_query("which"), number_in_query("officer")
    which = Which(wanted) if wanted in tuple(Which) else Which.IN_FORCE
    found = versions_to_print(actor(), which, officer_id, today())
    return render_template(
        "programs/choose_batch.html",
        form=form,
        which=which,
        every=tuple(Which),
        officer_id=officer_id,
        officers=officers_of(actor().office_id or 0),
        versions=found[:MOST],
        is_cut_off=len(found) > MOST,
        most=MOST,
    )
