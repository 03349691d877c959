"""The pages of this room."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.access.guard import permit
from app.access.policy import Permission

bp = Blueprint("clients", __name__)


@bp.get("/people")
@permit(Permission.VIEW_CLIENT)
def index() -> ResponseReturnValue:
    return render_template("desk/home.html")
