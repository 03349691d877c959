"""The room's blueprint, and what its pages and those of the rooms above share."""

from dataclasses import dataclass

from flask import Blueprint, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.access.guard import actor
from app.access.policy import Permission, allows
from app.clients.models import Client
from app.clock import today
from app.web.formats import format_date

bp = Blueprint("clients", __name__)

TABS: tuple[tuple[str, str, LazyString, Permission], ...] = (
    ("overview", "desk.client", _l("Whole case"), Permission.VIEW_CLIENT),
    ("record", "clients.record", _l("Record"), Permission.VIEW_CLIENT),
    ("assessments", "assessments.of_client", _l("Assessments"), Permission.VIEW_ASSESSMENT),
    ("programs", "programs.of_client", _l("Programmes"), Permission.VIEW_PROGRAM),
    ("sessions", "sessions.of_client", _l("Sessions"), Permission.VIEW_SESSIONS),
    ("readers", "clients.readers", _l("Who has looked"), Permission.VIEW_READERS),
)


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    is_here: bool


@bp.app_template_global("client_tabs")
def client_tabs(client: Client, here: str) -> list[Tab]:
    """The rooms of a person's record that the signed-in user may open."""
    return [
        Tab(str(label), url_for(endpoint, client_id=client.id), name == here)
        for name, endpoint, label, permission in TABS
        if allows(actor(), permission)
    ]


@bp.app_template_global("client_facts")
def client_facts(client: Client) -> list[str]:
    """What the bar says of a person beside the name: the birth date, and each open case with its stage."""
    facts = [_("born %(date)s", date=format_date(client.born_on))]
    for case in client.cases:
        if case.is_open:
            stage = case.stage_on(today())
            facts.append(f"{case.number} · {stage.label}" if stage else case.number)
    return facts
