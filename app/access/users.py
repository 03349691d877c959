"""The administrator's pages: users, and the policy as it stands."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.access.guard import permit
from app.access.policy import Permission

bp = Blueprint("users", __name__)


@bp.get("/users")
@permit(Permission.MANAGE_USERS)
def index() -> ResponseReturnValue:
    return render_template("desk/home.html")


@bp.get("/policy")
@permit(Permission.VIEW_POLICY)
def policy() -> ResponseReturnValue:
    return render_template("desk/home.html")
