"""The pages of a programme."""

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from app.access.guard import permit
from app.access.policy import Permission
from app.clients.cases import Case
from app.clients.models import Client
from app.clients.queries import get_case, get_client
from app.programs.models import Program, Version
from app.programs.queries import get_program, get_version

bp = Blueprint("programs", __name__)


@bp.get("/people/<int:client_id>/programs")
@permit(Permission.VIEW_PROGRAM, get_client)
def of_client(client: Client) -> ResponseReturnValue:
    return redirect(url_for("desk.home"))


@bp.route("/cases/<int:case_id>/programs/new", methods=["GET", "POST"])
@permit(Permission.EDIT_PROGRAM, get_case)
def create(case: Case) -> ResponseReturnValue:
    return redirect(url_for("desk.home"))


@bp.get("/programs/<int:program_id>")
@permit(Permission.VIEW_PROGRAM, get_program)
def show(program: Program) -> ResponseReturnValue:
    return redirect(url_for("desk.home"))


@bp.get("/program-versions/<int:version_id>")
@permit(Permission.VIEW_PROGRAM, get_version)
def version(version: Version) -> ResponseReturnValue:
    return redirect(url_for("desk.home"))


@bp.get("/program-versions/<int:version_id>/sheet/<any(kk, ru):language>.pdf")
@permit(Permission.VIEW_PROGRAM, get_version)
def sheet(version: Version) -> ResponseReturnValue:
    abort(404)
