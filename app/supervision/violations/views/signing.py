"""The head signs or returns; then the answer is handed over, and the court decides."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.clients.views.acting import form_page
from app.clock import now, today
from app.supervision.violations.catalogue import answering
from app.supervision.violations.delivering import decide, hand_over, take_back
from app.supervision.violations.drafting import send_back, sign
from app.supervision.violations.forms import DecisionForm, DeliveryForm, ReasonForm, ReturnForm, SignatureForm
from app.supervision.violations.models import Answer
from app.supervision.violations.queries import get_answer
from app.supervision.violations.views.blueprint import bp, kept_of, to_answer
from app.supervision.violations.vocabulary import Addressee, CourtOutcome


@bp.post("/answers/<int:answer_id>/signature")
@permit(Permission.SIGN_ANSWER, get_answer)
def sign_answer(answer: Answer) -> ResponseReturnValue:
    """Sign the text that the head has opened."""
    form = SignatureForm()
    if kept_of(answer, form, lambda: sign(answer, form.seen, actor(), today(), now())):
        return to_answer(answer, _("It is signed. Print it and hand it over; nothing is sent by itself."))
    return to_answer(
        answer, " ".join(map(str, form.form_errors)) or _("Open the answer again and sign it there."), "error"
    )


@bp.route("/answers/<int:answer_id>/return", methods=["GET", "POST"])
@permit(Permission.SIGN_ANSWER, get_answer)
def return_answer(answer: Answer) -> ResponseReturnValue:
    """Give the text back to the officer, and say what is to be mended."""
    form = ReturnForm(data={"draft": str(answer.draft.id)})
    if kept_of(answer, form, lambda: send_back(answer, form.seen, form.data["words"], actor(), now())):
        return to_answer(answer, _("It is returned to the officer."))
    return form_page("supervision/violations/return.html", form, answer=answer, client=answer.client)


@bp.route("/answers/<int:answer_id>/cancellation", methods=["GET", "POST"])
@permit(Permission.SIGN_ANSWER, get_answer)
def cancel_answer(answer: Answer) -> ResponseReturnValue:
    """Take back what is signed: it counts no more, and stays to be read."""
    form = ReasonForm()
    if kept_of(answer, form, lambda: take_back(answer, form.data["reason"], actor(), now())):
        return to_answer(answer, _("It is taken back, and counts no more."))
    return form_page("supervision/violations/take_back.html", form, answer=answer, client=answer.client)


@bp.route("/answers/<int:answer_id>/deliveries/new", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_answer)
def deliver(answer: Answer) -> ResponseReturnValue:
    """Note that the signed answer was handed to the person, or to the court: the address says to whom."""
    named = request.args.get("to", "")
    to = Addressee(named) if named in tuple(Addressee) else Addressee.PERSON
    form = DeliveryForm(data={"on": today()})
    form.offer(to)
    if kept_of(answer, form, lambda: hand_over(answer, form.told(to), actor(), today(), now())):
        return to_answer(answer, _("It is noted that it was handed over."))
    return form_page("supervision/violations/deliver.html", form, answer=answer, client=answer.client, to=to)


@bp.route("/answers/<int:answer_id>/decision", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_answer)
def decision(answer: Answer) -> ResponseReturnValue:
    """Note what the court decided; what follows from it a person does."""
    form = DecisionForm(data={"on": today()})
    form.ask_months(answering().measures[answer.measure].asks_months)
    if kept_of(answer, form, lambda: decide(answer, form.told(), actor(), today(), now())):
        granted = form.data["outcome"] is not CourtOutcome.DECLINED
        follows = _("The decision is noted. Change the case as the court ruled.") if granted else _("It is noted.")
        return to_answer(answer, follows)
    return form_page("supervision/violations/decision.html", form, answer=answer, client=answer.client)
