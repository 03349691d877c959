"""The room's blueprint, and what its pages and those of the rooms above share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, g, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.access.guard import actor
from app.access.models import User
from app.access.policy import Permission, Reach, allows, reach
from app.clients.forms import IdentityForm, NewCaseForm
from app.clients.legal_bases import legal_bases
from app.clients.models import Client
from app.clients.queries import cases_held_by, officers_of
from app.clock import today
from app.web.formats import format_date
from app.web.languages import text_in

bp = Blueprint("clients", __name__)
ABOUT = re.compile(r"/(people|cases)/([0-9]+)(?:/|$)")  # an address about a person, or about one of the cases

TABS: tuple[tuple[str, str, LazyString, Permission], ...] = (
    ("overview", "desk.client", _l("Whole case"), Permission.VIEW_CLIENT),
    ("record", "clients.record", _l("Record"), Permission.VIEW_CLIENT),
    ("supervision", "supervision.of_client", _l("Supervision"), Permission.VIEW_SUPERVISION),
    ("assessments", "assessments.of_client", _l("Assessments"), Permission.VIEW_ASSESSMENT),
    ("programs", "programs.of_client", _l("Programmes"), Permission.VIEW_PROGRAM),
    ("assistance", "referrals.of_client", _l("Assistance"), Permission.VIEW_ASSISTANCE),
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


@bp.app_template_global("in_place_of")
def in_place_of(client: Client) -> list[str]:
    """The officers in whose place the signed-in user acts with this person: those who answer for a case of theirs."""
    standing = actor().standing_in
    held = {case.assignment.officer_id for case in client.cases} if standing else set()
    return [row.absent.full_name for row in standing if row.absent_id in held]


@bp.app_template_global("in_place_at")
def in_place_at(url: str | None) -> str:
    """The officer in whose place the signed-in user acts with the person of an address; empty for everybody else."""
    standing = current_user.standing_in if current_user.is_authenticated else []
    found = ABOUT.search(url or "") if standing else None
    if not found:
        return ""
    if "stood_for" not in g:
        names = {row.absent_id: row.absent.full_name for row in standing}
        held = cases_held_by(names, actor().office_id)
        g.stood_for = {("people", row.client_id): names[row.officer_id] for row in held}
        g.stood_for |= {("cases", row.id): names[row.officer_id] for row in held}
    name: str = g.stood_for.get((found[1], int(found[2])), "")
    return name


@bp.app_template_filter("iin")
def grouped(iin: str) -> str:
    """An IIN for the eye: the birth date stands apart."""
    return f"{iin[:6]} {iin[6:]}"


@bp.app_template_filter("legal_basis")
def basis_name(code: str) -> str:
    """What a legal basis is called in the language spoken."""
    basis = legal_bases().get(code)
    return text_in(basis.names) if basis else code


def officers_to_choose() -> Sequence[User] | None:
    """The officers among whom the signed-in user chooses; None for one who takes cases on himself."""
    by = actor()
    return None if reach(by, Permission.REGISTER_CLIENT) == Reach.OWN else officers_of(by.office_id)


def officer_chosen(form: NewCaseForm, officers: Sequence[User] | None) -> User:
    """Who will answer for a case; the form has found the choice among the officers offered."""
    return actor() if officers is None else next(one for one in officers if one.id == form.officer_id.data)


def refuse_iin(form: IdentityForm, holder: Client) -> None:
    """Two people cannot have one IIN: say where the other one is."""
    office = text_in(holder.cases[-1].assignment.office) if holder.cases else "—"
    form.iin.errors = [
        _("A person with this IIN is already on the register of %(office)s. Ask for a transfer.", office=office)
    ]
