"""Matching a person with a volunteer or mentor."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.access.guard import permit
from app.access.policy import Permission
from app.clients.cases import Case
from app.clients.queries import get_case
from app.sessions.models import Match
from app.sessions.queries import get_match
from app.sessions.views.blueprint import bp


@bp.route("/cases/<int:case_id>/matches/new", methods=["GET", "POST"])
@permit(Permission.MATCH_CLIENT, get_case)
def create_match(case: Case) -> ResponseReturnValue:
    return render_template("desk/home.html")


@bp.get("/matches/<int:match_id>")
@permit(Permission.VIEW_SESSIONS, get_match)
def match(match: Match) -> ResponseReturnValue:
    return render_template("desk/home.html")
