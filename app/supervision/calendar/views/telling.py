"""What came of a visit: noted in one press or on one page, with the next appointment beside it."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.clients.models import NotPossible
from app.clients.views.acting import case_form_page, kept
from app.clock import now, today
from app.supervision.calendar.coming import call
from app.supervision.calendar.forms import OutcomeForm
from app.supervision.calendar.models import Visit
from app.supervision.calendar.outcomes import must_be_answerable, note_outcome, tell_of
from app.supervision.calendar.queries import hold_visit, next_of
from app.supervision.calendar.views.blueprint import bp, to_person, visit_in_hand
from app.web.addresses import within


@bp.route("/visits/<int:visit_id>/outcome", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, visit_in_hand)
def tell(visit: Visit) -> ResponseReturnValue:
    """Note what came of a visit, or correct it. ``outcome`` alone is enough for whoever came, or did not."""
    form = OutcomeForm(data=as_it_is(visit))
    back = within(form.back.data)
    if form.is_submitted():
        hold_visit(visit)
    elif refusal := why_not(visit):
        return to_person(visit.case, refusal, "error")
    if form.validate_on_submit() and kept(form, lambda: told(visit, form)):
        flash(_("It is noted what came of the visit."), "success")
        return redirect(back or url_for("supervision.of_client", client_id=visit.case.client_id))
    if form.form_errors:  # whoever is told what changed meanwhile may send it again
        form.holder.data, form.seen.data = str(visit.case.assignment.id), str(len(visit.outcomes))
    return case_form_page(
        "supervision/calendar/tell.html", form, visit.case, visit=visit, back=back,
        following=next_of(visit.case, max(visit.on, today())),
    )  # fmt: skip


def why_not(visit: Visit) -> str | None:
    """Why nothing can be noted of a visit now."""
    try:
        must_be_answerable(visit, len(visit.outcomes), today())
    except NotPossible as refusal:
        return str(refusal)
    return None


def as_it_is(visit: Visit) -> dict[str, object]:
    """What the form opens with: whom the page was opened under, and what is noted already."""
    return {
        "seen": str(len(visit.outcomes)), "holder": str(visit.case.assignment.id),
        "back": request.args.get("back", ""), "on": today() if visit.on < today() else None,
    }  # fmt: skip


def must_not_be_taken_over(visit: Visit, form: OutcomeForm) -> None:
    """The case is still with whom it was when the page was opened; what was typed stays."""
    if form.holder.data not in ("", str(visit.case.assignment.id)):
        raise NotPossible(
            _("The case went to another officer while this page was open. Check that this is still yours to note, and "
              "send it again.")
        )  # fmt: skip


def told(visit: Visit, form: OutcomeForm) -> None:
    """The outcome and the next appointment together, or neither."""
    must_not_be_taken_over(visit, form)
    note_outcome(visit, form.told(), actor(), today(), now())
    if when := form.next_when():
        try:
            call(visit.case, when, actor(), today(), now())
        except NotPossible as refusal:
            raise NotPossible(_("Next appointment: %(why)s", why=refusal)) from None
    tell_of(visit, today())
