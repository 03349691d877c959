"""Reading programmes: those of a person, one that is carried out, one version with its history."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.clients.models import Client
from app.clients.queries import get_client
from app.programs.decisions.deciding import may_decide
from app.programs.decisions.history import history_of
from app.programs.methodology import rules
from app.programs.models import Program, Version
from app.programs.progress.standing import standing_of
from app.programs.queries import approved_version_of, get_program, get_version, progress_of, said_of_goals, sheets_of
from app.programs.queries import of_client as programs_of_client
from app.programs.views.blueprint import bp


@bp.get("/people/<int:client_id>/programs")
@permit(Permission.VIEW_PROGRAM, get_client)
def of_client(client: Client) -> ResponseReturnValue:
    return render_template("programs/of_client.html", client=client, programs=programs_of_client(client))


@bp.get("/programs/<int:program_id>")
@permit(Permission.VIEW_PROGRAM, get_program)
def show(program: Program) -> ResponseReturnValue:
    current = approved_version_of(program)
    standing = standing_of(current, progress_of(program), said_of_goals(program)) if current else None
    return render_template("programs/show.html", program=program, current=current, standing=standing)


@bp.get("/program-versions/<int:version_id>")
@permit(Permission.VIEW_PROGRAM, get_version)
def version(version: Version) -> ResponseReturnValue:
    return render_template(
        "programs/version.html",
        program_version=version,
        history=history_of(version),
        sheets=sheets_of(version),
        rules=rules(),
        may_decide=may_decide(version, actor()),
    )
