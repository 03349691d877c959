"""A review at a visit: the form, what it says beside the one before, and a person's reviews over time."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission, allows
from app.assessments.acute.forms import AcuteForm, WithdrawalForm, acute_form
from app.assessments.acute.pages import person_page, review_page
from app.assessments.acute.reviewing import acute_form_for, review, tell_of, withdraw
from app.assessments.acute.reviews import get_review, hold_review, standing_reviews
from app.assessments.instrument import Instrument
from app.assessments.models import AcuteReview
from app.assessments.views.blueprint import bp
from app.audit.journal import name_subject
from app.clients.cases import Case
from app.clients.models import Client, NotPossible
from app.clients.queries import get_case, get_client, hold
from app.clock import now, today
from app.db import db
from app.web.addresses import number_in_query
from app.web.refusals import WrongDay


@bp.route("/cases/<int:case_id>/acute-reviews/new", methods=["GET", "POST"])
@permit(Permission.ASSESS_CLIENT, get_case)
def create_review(case: Case) -> ResponseReturnValue:
    if request.method == "POST":
        hold(case)
    try:
        instrument = acute_form_for(case, today())
    except NotPossible as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return redirect(url_for(".of_client", client_id=case.client_id))
    form = acute_form(instrument)(data={"on": today()})
    if form.validate_on_submit() and (made := reviewed(case, form, instrument)):
        return saved(made)
    last = next(iter(standing_reviews(case, most=1)), None)
    return render_template(
        "assessments/acute_create.html", case=case, client=case.client, instrument=instrument, form=form, last=last,
        before={row.item_code: row.option_code for row in last.answers} if last else {},
    )  # fmt: skip


def reviewed(case: Case, form: AcuteForm, instrument: Instrument) -> AcuteReview | None:
    """The review that the form describes; None, with the reason at the day, when it cannot have been that day."""
    try:
        return review(case, form.seen(instrument, today()), by=actor(), today=today(), at=now())
    except WrongDay as refusal:
        form.on.errors = [str(refusal)]
        return None


def saved(made: AcuteReview) -> ResponseReturnValue:
    db.session.add(made)
    name_subject(made)
    tell_of(made.case, today())
    db.session.commit()
    flash(_("The review is saved."), "success")
    return redirect(url_for(".show_review", review_id=made.id))


@bp.get("/acute-reviews/<int:review_id>")
@permit(Permission.VIEW_ASSESSMENT, get_review)
def show_review(review: AcuteReview) -> ResponseReturnValue:
    return shown(review, WithdrawalForm())


@bp.post("/acute-reviews/<int:review_id>/withdrawal")
@permit(Permission.ASSESS_CLIENT, get_review)
def withdraw_review(review: AcuteReview) -> ResponseReturnValue:
    form = WithdrawalForm()
    hold_review(review)
    if not form.validate_on_submit():
        return shown(review, form)
    try:
        withdraw(review, form.reason.data or "", by=actor(), at=now())
    except NotPossible as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    else:
        tell_of(review.case, today())
        db.session.commit()
        flash(_("The review is withdrawn. It counts no more."), "success")
    return redirect(url_for(".show_review", review_id=review.id))


def shown(review: AcuteReview, form: WithdrawalForm) -> ResponseReturnValue:
    may = allows(actor(), Permission.ASSESS_CLIENT, review) and review.case.is_open and not review.withdrawal
    return render_template(
        "assessments/acute_show.html", client=review.client, form=form if may else None, **review_page(review)
    )


@bp.get("/people/<int:client_id>/acute-reviews")
@permit(Permission.VIEW_ASSESSMENT, get_client)
def reviews(client: Client) -> ResponseReturnValue:
    before = number_in_query("before")
    return render_template(
        "assessments/acute_of_client.html", client=client, acute=person_page(actor(), client, today(), before)
    )
