"""The head of service's pages: what lies on whom, and giving cases to others with a preview before."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app.access.guard import actor, permit
from app.access.models import User
from app.access.policy import Permission, allows
from app.access.substitutions.queries import lasting, officers_in
from app.audit.journal import name_subject
from app.clock import now, today
from app.db import db
from app.desk.workload.forms import ReassignmentForm, wishes_in
from app.desk.workload.giving import Wish, balances, give, leave_out, previewed
from app.desk.workload.models import Reassignment, Skipped
from app.desk.workload.points import When, points
from app.desk.workload.queries import (
    MOST,
    NOBODY,
    Held,
    Load,
    get_reassignment,
    held_among,
    held_by_officer,
    lines_of,
    loads,
    reassignments_of,
)
from app.desk.workload.weights import weights, weights_on
from app.web.addresses import number_in_query, record_numbers

bp = Blueprint("workload", __name__)


@bp.get("/workload")
@permit(Permission.REASSIGN_CASES)
def index() -> ResponseReturnValue:
    """What lies on each officer of the office, in cases and in points."""
    office_id, day = actor().office_id, today()
    found = loads(office_id, weights_on(day), day)
    officers = officers_in(office_id)
    known = {officer.id for officer in officers}
    shared = [found.get(officer.id, Load()).points for officer in officers if officer.suspension is None]
    return render_template(
        "desk/workload/index.html",
        rows=[(officer, found.get(officer.id, Load())) for officer in officers],
        nobodys=found.get(None),
        elsewhere=[load for number, load in found.items() if number is not None and number not in known],
        weights=[weight for weight in weights_on(day) if weight.when is not When.CASE],
        fair=sum(shared) / len(shared) if shared else 0,
        away={row.absent_id: row for row in lasting(office_id, day) if row.counts_on(day)},
    )


@bp.get("/workload/weights")
@permit(Permission.REASSIGN_CASES)
def show_weights() -> ResponseReturnValue:
    return render_template("desk/workload/weights.html", weights=weights(), day=today())


@bp.get("/reassignments")
@permit(Permission.REASSIGN_CASES)
def reassignments() -> ResponseReturnValue:
    return render_template("desk/workload/reassignments.html", rows=reassignments_of(actor().office_id))


@bp.get("/reassignments/new")
@permit(Permission.REASSIGN_CASES)
def pick() -> ResponseReturnValue:
    """The cases of one officer, or of nobody yet, to tick; and who is to get them."""
    office_id, day = actor().office_id, today()
    officers = officers_in(office_id)
    chosen = next((one for one in officers if one.id == number_in_query("officer")), None)
    of_nobody = request.args.get("officer") == str(NOBODY)
    found = held_by_officer(office_id, chosen.id if chosen else None, day) if chosen or of_nobody else []
    today_ = weights_on(day)
    return render_template(
        "desk/workload/pick.html",
        officers=officers,
        chosen=chosen,
        of_nobody=of_nobody,
        lines=[(one, points(one.features, today_)) for one in found[:MOST]],
        has_more=len(found) > MOST,
        most=MOST,
        working=[one for one in officers if one.suspension is None and one is not chosen],
        loads=loads(office_id, today_, day),
    )


@bp.get("/reassignments/preview")
@permit(Permission.REASSIGN_CASES)
def preview() -> ResponseReturnValue:
    """Who would get what, and what lies on whom before and after; nothing is saved yet."""
    chosen = held_among(actor().office_id, record_numbers(request.args.getlist("case"))[:MOST], today())
    return preview_page(chosen, record_numbers(request.args.getlist("to")), {}, ReassignmentForm())


@bp.post("/reassignments")
@permit(Permission.REASSIGN_CASES)
def reassign() -> ResponseReturnValue:
    """Give the cases as the preview says; or only count again, when somebody else was chosen in it."""
    wishes, form = wishes_in(request.form), ReassignmentForm()
    to = record_numbers(request.form.getlist("to"))
    if "again" in request.form or not form.validate_on_submit():
        asked = {wish.case_id: wish.officer_id for wish in wishes}
        return preview_page(held_among(actor().office_id, asked, today()), to, asked, form)
    working = {one.id for one in officers_in(actor().office_id) if one.suspension is None}
    batch = Reassignment(office_id=actor().office_id, reason=form.data["reason"], by_id=actor().id, at=now())
    db.session.add(batch)
    name_subject(batch)
    db.session.commit()  # the receipt and the journal's line of the whole; each case then stands for itself
    give_each(batch, wishes, working)
    return redirect(url_for(".show", reassignment_id=batch.id))


def give_each(batch: Reassignment, wishes: Iterable[Wish], working: Collection[int]) -> None:
    """Each in a transaction of its own: what changed at the same moment is left out and told, the others go on."""
    for wish in wishes:
        try:
            give(batch, wish, working, actor(), now())
            db.session.commit()
        except (IntegrityError, StaleDataError):
            db.session.rollback()
            leave_out(batch, wish, None, Skipped.MOVED)
            db.session.commit()


def preview_page(
    chosen: Sequence[Held], to: Collection[int], asked: Mapping[int, int], form: ReassignmentForm
) -> ResponseReturnValue:
    office_id, day = actor().office_id, today()
    officers: dict[int, User] = {officer.id: officer for officer in officers_in(office_id)}
    getting = [one for number in to if (one := officers.get(number)) and one.suspension is None]
    have = loads(office_id, weights_on(day), day)
    lines = previewed(chosen, [one.id for one in getting], weights_on(day), have, asked)
    status = 422 if form.errors and "again" not in request.form else 200
    shown: dict[str, Any] = {"lines": lines, "getting": getting, "officers": officers, "form": form}
    return render_template("desk/workload/preview.html", balances=balances(lines, officers, have), **shown), status


@bp.get("/reassignments/<int:reassignment_id>")
@permit(Permission.REASSIGN_CASES, get_reassignment)
def show(reassignment: Reassignment) -> ResponseReturnValue:
    """What was given, and what was not and why."""
    lines = lines_of(reassignment)
    within = {line.case_id for line in lines if allows(actor(), Permission.VIEW_CLIENT, line.case)}
    return render_template("desk/workload/show.html", reassignment=reassignment, lines=lines, within=within)
