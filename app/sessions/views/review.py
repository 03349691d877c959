"""The officer's pages about sessions."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.access.guard import permit
from app.access.policy import Permission
from app.clients.models import Client
from app.clients.queries import get_client
from app.sessions.models import Session
from app.sessions.queries import get_session
from app.sessions.views.blueprint import bp


@bp.get("/people/<int:client_id>/sessions")
@permit(Permission.VIEW_SESSIONS, get_client)
def of_client(client: Client) -> ResponseReturnValue:
    return render_template("desk/home.html")


@bp.get("/sessions/<int:session_id>")
@permit(Permission.VIEW_SESSIONS, get_session)
def session(meeting: Session) -> ResponseReturnValue:
    return render_template("desk/home.html")
