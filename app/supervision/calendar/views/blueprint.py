"""The room's blueprint, and what its pages share."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from app.access.guard import READS
from app.access.models import User
from app.access.policy import Permission
from app.clients.cases import Case
from app.supervision.calendar.models import Visit
from app.supervision.calendar.queries import get_visit, held_before
from app.supervision.calendar.wording import rhythm_in_words
from app.supervision.hours.slots import clock

bp = Blueprint("visits", __name__)
bp.add_app_template_filter(clock, "clock")
bp.add_app_template_filter(rhythm_in_words, "rhythm_in_words")


def visit_in_hand(actor: User, permission: Permission, visit_id: int) -> Visit:
    """A visit within reach. Whose form comes back after the case went to somebody else is told so."""
    try:
        return get_visit(actor, permission, visit_id)
    except NotFound:
        if request.method in READS or not held_before(actor, visit_id):
            raise
        flash(
            _("The case went to another officer while this page was open, so nothing was saved. Tell them what you "
              "know."), "error",
        )  # fmt: skip
        abort(redirect(url_for("desk.home")))


def to_person(case: Case, said: str, tone: str = "success") -> ResponseReturnValue:
    flash(said, tone)
    return redirect(url_for("supervision.of_client", client_id=case.client_id))
