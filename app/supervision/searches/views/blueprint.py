"""The room's blueprint, and what its pages share."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.supervision.searches.models import Search

bp = Blueprint("searches", __name__)


def to_search(search: Search, said: str, tone: str = "success") -> ResponseReturnValue:
    flash(said, tone)
    return redirect(url_for("searches.show", search_id=search.id))
