"""The pages of this room."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.access.guard import permit
from app.access.policy import Permission

bp = Blueprint("indicators", __name__)


@bp.get("/indicators")
@permit(Permission.VIEW_INDICATORS)
def index() -> ResponseReturnValue:
    return render_template("desk/home.html")
