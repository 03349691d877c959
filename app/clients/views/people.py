"""People: the list and the search, registration, the record."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.access.guard import permit
from app.access.policy import Permission
from app.clients.cases import Case, Transfer
from app.clients.models import Client
from app.clients.queries import get_case, get_client, get_transfer
from app.clients.views.blueprint import bp


@bp.get("/people")
@permit(Permission.VIEW_CLIENT)
def index() -> ResponseReturnValue:
    return render_template("desk/home.html")


@bp.route("/people/new", methods=["GET", "POST"])
@permit(Permission.REGISTER_CLIENT)
def create() -> ResponseReturnValue:
    return render_template("desk/home.html")


@bp.get("/people/<int:client_id>/record")
@permit(Permission.VIEW_CLIENT, get_client)
def record(client: Client) -> ResponseReturnValue:
    return render_template("clients/record.html", client=client)


@bp.route("/people/<int:client_id>/edit", methods=["GET", "POST"])
@permit(Permission.EDIT_CLIENT, get_client)
def edit(client: Client) -> ResponseReturnValue:
    return render_template("clients/record.html", client=client)


@bp.get("/people/<int:client_id>/readers")
@permit(Permission.VIEW_READERS, get_client)
def readers(client: Client) -> ResponseReturnValue:
    return render_template("clients/record.html", client=client)


@bp.route("/people/<int:client_id>/cases/new", methods=["GET", "POST"])
@permit(Permission.EDIT_CLIENT, get_client)
def create_case(client: Client) -> ResponseReturnValue:
    return render_template("clients/record.html", client=client)


@bp.get("/cases/<int:case_id>")
@permit(Permission.VIEW_CLIENT, get_case)
def case(case: Case) -> ResponseReturnValue:
    return render_template("clients/record.html", client=case.client)


@bp.route("/cases/<int:case_id>/edit", methods=["GET", "POST"])
@permit(Permission.EDIT_CLIENT, get_case)
def edit_case(case: Case) -> ResponseReturnValue:
    return render_template("clients/record.html", client=case.client)


@bp.route("/cases/<int:case_id>/transfer", methods=["GET", "POST"])
@permit(Permission.TRANSFER_CASE, get_case)
def offer_transfer(case: Case) -> ResponseReturnValue:
    return render_template("clients/record.html", client=case.client)


@bp.route("/transfers/<int:transfer_id>", methods=["GET", "POST"])
@permit(Permission.ANSWER_TRANSFER, get_transfer)
def transfer(transfer: Transfer) -> ResponseReturnValue:
    return render_template("desk/home.html")


@bp.route("/cases/<int:case_id>/deregistration", methods=["GET", "POST"])
@permit(Permission.DEREGISTER_CASE, get_case)
def deregister(case: Case) -> ResponseReturnValue:
    return render_template("clients/record.html", client=case.client)
