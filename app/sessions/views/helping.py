"""The volunteer's and mentor's pages."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.access.guard import permit
from app.access.policy import Permission
from app.sessions.models import Match
from app.sessions.queries import get_match
from app.sessions.views.blueprint import bp


@bp.get("/helping/<int:match_id>")
@permit(Permission.VIEW_MATCH, get_match)
def helper_match(match: Match) -> ResponseReturnValue:
    return render_template("desk/home.html")


@bp.route("/helping/<int:match_id>/sessions/new", methods=["GET", "POST"])
@permit(Permission.LOG_SESSION, get_match)
def log(match: Match) -> ResponseReturnValue:
    return render_template("desk/home.html")
