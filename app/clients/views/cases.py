"""A case: its facts and its history, and the acts that change them while it is on the register."""

from collections.abc import Callable
from functools import wraps

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import READS, permit
from app.access.policy import Permission
from app.clients.cases import Case
from app.clients.forms import BodyForm, CaseForm, StageForm
from app.clients.queries import events_of, get_case, hold
from app.clients.registration import after_case_edited, take_facts
from app.clients.views.acting import form_page, kept, possible
from app.clients.views.blueprint import bp
from app.clients.vocabulary import Body, Stage
from app.clock import now
from app.db import db


def while_open(view: Callable[[Case], ResponseReturnValue]) -> Callable[[Case], ResponseReturnValue]:
    """Lead back to the case when it is off the register; let one act at a time change it."""

    @wraps(view)
    def checked(case: Case) -> ResponseReturnValue:
        if request.method not in READS:
            hold(case)
        if not possible(case.must_be_open):
            return redirect(url_for("clients.case", case_id=case.id))
        return view(case)

    return checked


def back_to_case(case: Case, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("clients.case", case_id=case.id))


@bp.get("/cases/<int:case_id>")
@permit(Permission.VIEW_CLIENT, get_case)
def case(case: Case) -> ResponseReturnValue:
    return render_template("clients/case.html", case=case, client=case.client, events=events_of(case))


@bp.route("/cases/<int:case_id>/edit", methods=["GET", "POST"])
@permit(Permission.EDIT_CLIENT, get_case)
@while_open
def edit_case(case: Case) -> ResponseReturnValue:
    form = CaseForm(obj=case)
    if form.edits(case) and form.born_before_judgment(case.client.born_on):
        take_facts(case, form)
        for hook in after_case_edited:
            hook(case, now())
        db.session.commit()
        return back_to_case(case, _("Saved."))
    return form_page("clients/edit_case.html", form, case=case, client=case.client)


@bp.route("/cases/<int:case_id>/stages/new", methods=["GET", "POST"])
@permit(Permission.EDIT_CLIENT, get_case)
@while_open
def create_stage(case: Case) -> ResponseReturnValue:
    form = StageForm()
    if form.validate_on_submit():
        said = form.data
        if kept(form, lambda: case.enter_stage(Stage(said["stage"]), said["from_on"]), form.from_on):
            return back_to_case(case, _("The case is at another stage now."))
    return form_page("clients/create_stage.html", form, case=case, client=case.client)


@bp.route("/cases/<int:case_id>/bodies/new", methods=["GET", "POST"])
@permit(Permission.EDIT_CLIENT, get_case)
@while_open
def create_body(case: Case) -> ResponseReturnValue:
    form = BodyForm()
    if form.validate_on_submit():
        said = form.data
        if kept(form, lambda: case.come_under(Body(said["body"]), said["from_on"]), form.from_on):
            return back_to_case(case, _("Another body supervises the case now."))
    return form_page("clients/create_body.html", form, case=case, client=case.client)
