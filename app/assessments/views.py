"""The pages of an assessment."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from app.access.guard import permit
from app.access.policy import Permission
from app.assessments.models import Assessment
from app.assessments.queries import get_assessment
from app.clients.cases import Case
from app.clients.models import Client
from app.clients.queries import get_case, get_client

bp = Blueprint("assessments", __name__)


@bp.get("/people/<int:client_id>/assessments")
@permit(Permission.VIEW_ASSESSMENT, get_client)
def of_client(client: Client) -> ResponseReturnValue:
    return redirect(url_for("desk.home"))


@bp.route("/cases/<int:case_id>/assessments/new", methods=["GET", "POST"])
@permit(Permission.ASSESS_CLIENT, get_case)
def create(case: Case) -> ResponseReturnValue:
    return redirect(url_for("desk.home"))


@bp.get("/assessments/<int:assessment_id>")
@permit(Permission.VIEW_ASSESSMENT, get_assessment)
def show(assessment: Assessment) -> ResponseReturnValue:
    return redirect(url_for("desk.home"))
