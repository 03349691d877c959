"""Who has looked at a person's record or acted on it, from the journal."""

from dataclasses import dataclass
from datetime import datetime

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import permit
from app.access.models import User
from app.access.policy import KEPT_APART, Permission
from app.audit.journal import BY_LINK
from app.audit.models import Entry, Kind
from app.clients.models import Client
from app.clients.queries import LINES, get_client, readers_of
from app.clients.views.blueprint import bp
from app.web.addresses import number_in_query


@dataclass(frozen=True, slots=True)
class Line:
    """One read or act, in words."""

    at: datetime
    who: str
    role: str
    what: str
    is_act: bool


@bp.get("/people/<int:client_id>/readers")
@permit(Permission.VIEW_READERS, get_client)
def readers(client: Client) -> ResponseReturnValue:
    before = number_in_query("before")
    rows = readers_of(client, before)
    shown = rows[:LINES]
    newest = url_for("clients.readers", client_id=client.id) if before else None
    older = None
    if len(rows) > LINES:
        older = url_for("clients.readers", client_id=client.id, before=shown[-1][0].id)
    lines = [line_of(entry, user) for entry, user in shown]
    return render_template("clients/readers.html", client=client, lines=lines, newest_url=newest, older_url=older)


def line_of(entry: Entry, user: User | None) -> Line:
    known = {permission.value: str(permission.label) for permission in Permission}
    known |= {permission.value: _("Work with the person's record") for permission in KEPT_APART}
    known[BY_LINK] = _("Answer a referral through the link made for it")
    nobody = _("the service that the person was referred to") if entry.permission == BY_LINK else _("the system")
    return Line(
        at=entry.at,
        who=user.full_name if user else nobody,
        role=str(user.role.label) if user else "",
        what=known.get(entry.permission, entry.permission),
        is_act=entry.kind == Kind.ACT,
    )
