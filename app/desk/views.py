"""The first page of each role."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.access.guard import permit, signed_in
from app.access.policy import Permission

bp = Blueprint("desk", __name__)


@bp.get("/")
@signed_in
def home() -> ResponseReturnValue:
    return render_template("desk/home.html")


@bp.get("/queue")
@permit(Permission.VIEW_OFFICE_WORK)
def queue() -> ResponseReturnValue:
    return render_template("desk/home.html")
