"""The room's blueprint, and what its pages share."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.clients.cases import Case

bp = Blueprint("contacts", __name__)


def to_supervision(case: Case, said: str, tone: str = "success") -> ResponseReturnValue:
    flash(said, tone)
    return redirect(url_for("supervision.of_client", client_id=case.client_id, _anchor="contacts"))
