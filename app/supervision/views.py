"""A person's supervision on one page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.access.guard import actor, permit
from app.access.policy import Permission, allows
from app.clients.models import Client
from app.clients.queries import get_person
from app.clock import today
from app.supervision.panels import PANELS

bp = Blueprint("supervision", __name__)


@bp.get("/people/<int:client_id>/supervision")
@permit(Permission.VIEW_SUPERVISION, get_person)
def of_client(client: Client) -> ResponseReturnValue:
    """When the person is expected, what was talked about, and what was answered to what went wrong."""
    cases = [case for case in client.cases if allows(actor(), Permission.VIEW_SUPERVISION, case)]
    panels = [(panel.template, panel.gather(cases, today())) for panel in PANELS]
    return render_template("supervision/of_client.html", client=client, cases=cases, panels=panels)
