"""The blueprint of releases, and what its pages share."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.clients.cases import Case
from app.clients.models import NotPossible

bp = Blueprint("release", __name__)


def to_plan(case: Case, said: str, part: str | None = None) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("release.show", case_id=case.id, _anchor=part))


def back(case: Case, refused: NotPossible) -> ResponseReturnValue:
    flash(str(refused), "error")
    return redirect(url_for("release.show", case_id=case.id))
