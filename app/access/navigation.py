"""The main navigation: what the signed-in user may open, and where they are."""

from dataclasses import dataclass

from flask import request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.access.policy import Permission, allows

# The endpoint, its words, and the permission it asks for (none: everybody who is signed in).
PLACES: tuple[tuple[str, LazyString, Permission | None], ...] = (
    ("desk.home", _l("My day"), None),
    ("caseload.index", _l("Caseload"), Permission.VIEW_CLIENT),
    ("clients.index", _l("People"), Permission.VIEW_CLIENT),
    ("signals.index", _l("Signals"), Permission.HANDLE_SIGNAL),
    ("desk.queue", _l("Queue"), Permission.VIEW_OFFICE_WORK),
    ("workload.index", _l("Workload"), Permission.REASSIGN_CASES),
    ("release.index", _l("Releases"), Permission.PLAN_RELEASE),
    ("group_events.index", _l("Group events"), Permission.HOLD_GROUP_EVENT),
    ("sessions.volunteers", _l("Volunteers and mentors"), Permission.MATCH_CLIENT),
    ("referrals.index", _l("Referrals"), Permission.VIEW_ASSISTANCE),
    ("services.index", _l("Services"), Permission.VIEW_SERVICES),
    ("indicators.index", _l("Indicators"), Permission.VIEW_INDICATORS),
    ("indicators.own_figures", _l("Own figures"), Permission.VIEW_FIGURE_LIST),
    ("plan.index", _l("Plan of measures"), Permission.VIEW_PLAN),
    ("assessments.instruments", _l("Instruments"), Permission.VIEW_INSTRUMENTS),
    ("programs.methodology", _l("Methodology"), Permission.VIEW_METHODOLOGY),
    ("norms.index", _l("Norms"), Permission.VIEW_NORMS),
    ("assessments.validation", _l("Validation"), Permission.VIEW_VALIDATION),
    ("hours.index", _l("Office hours"), Permission.SET_OFFICE_HOURS),
    ("users.index", _l("Users"), Permission.MANAGE_USERS),
    ("users.policy", _l("Policy"), Permission.VIEW_POLICY),
)
# What is looked up now and then: it steps back behind one word when there would be too many words side by side.
LOOKED_UP = {
    "group_events.index", "hours.index", "indicators.own_figures",
    "services.index", "assessments.instruments", "programs.methodology", "norms.index", "assessments.validation",
    "users.policy",
}  # fmt: skip
MOST = 7  # words side by side: in Russian more do not fit beside a long name


@dataclass(frozen=True, slots=True)
class Place:
    label: str
    url: str
    is_here: bool
    is_looked_up: bool = False


@dataclass(frozen=True, slots=True)
class Navigation:
    """All places in two parts: the first few of daily work side by side, and the others behind one word."""

    places: list[Place]

    @property
    def beside(self) -> list[Place]:
        if len(self.places) <= MOST:
            return self.places
        return [place for place in self.places if not place.is_looked_up][:MOST]

    @property
    def behind(self) -> list[Place]:
        beside = self.beside
        return [place for place in self.places if place not in beside]


def of_actor() -> Navigation:
    """The places open to the signed-in user; none before sign-in."""
    if not current_user.is_authenticated:
        return Navigation([])
    return Navigation(
        [
            Place(str(label), url_for(endpoint), endpoint == request.endpoint, endpoint in LOOKED_UP)
            for endpoint, label, permission in PLACES
            if permission is None or allows(current_user, permission)
        ]
    )
