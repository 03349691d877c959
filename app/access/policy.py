"""Who may do what, and to whose cases. This table is the whole policy."""

from collections.abc import Collection, Iterable
from enum import IntEnum, StrEnum, auto
from typing import Protocol

from flask_babel import LazyString, lazy_gettext

from app.access.models import Role, User


class Permission(StrEnum):
    REGISTER_CLIENT = auto()
    VIEW_CLIENT = auto()
    EDIT_CLIENT = auto()
    VIEW_READERS = auto()
    TRANSFER_CASE = auto()
    ANSWER_TRANSFER = auto()
    DEREGISTER_CASE = auto()
    VIEW_SUPERVISION = auto()
    SUPERVISE_CLIENT = auto()
    DRAFT_ANSWER = auto()
    SIGN_ANSWER = auto()
    HOLD_GROUP_EVENT = auto()
    KEEP_CALENDAR = auto()
    SET_OFFICE_HOURS = auto()
    APPROVE_DEADLINES = auto()
    VIEW_NORMS = auto()
    REASSIGN_CASES = auto()
    NAME_SUBSTITUTE = auto()
    VIEW_ASSESSMENT = auto()
    ASSESS_CLIENT = auto()
    APPROVE_LEVEL = auto()
    RECORD_OBJECTION = auto()
    ANSWER_OBJECTION = auto()
    RATE_AGAIN = auto()
    VIEW_INSTRUMENTS = auto()
    VIEW_VALIDATION = auto()
    HANDLE_SIGNAL = auto()
    VIEW_SIGNAL_RULES = auto()
    VIEW_METHODOLOGY = auto()
    VIEW_METHODOLOGY_USE = auto()
    VIEW_PROGRAM = auto()
    EDIT_PROGRAM = auto()
    APPROVE_PROGRAM = auto()
    VIEW_SERVICES = auto()
    MANAGE_SERVICES = auto()
    VIEW_ASSISTANCE = auto()
    REFER_CLIENT = auto()
    PLAN_RELEASE = auto()
    HAND_OVER_TREATMENT = auto()
    PRINT_BATCH = auto()
    MATCH_CLIENT = auto()
    VIEW_SESSIONS = auto()
    REVIEW_SESSION = auto()
    VIEW_MATCH = auto()
    LOG_SESSION = auto()
    VIEW_OFFICE_WORK = auto()
    VIEW_INDICATORS = auto()
    FREEZE_INDICATORS = auto()
    VIEW_FIGURE_LIST = auto()
    RELEASE_FIGURES = auto()
    VIEW_PLAN = auto()
    REPORT_PROGRESS = auto()
    ANSWER_PROGRESS = auto()
    MANAGE_PLAN = auto()
    WRITE_REPORT = auto()
    PUBLISH_REPORT = auto()
    MANAGE_USERS = auto()
    VIEW_POLICY = auto()

    @property
    def label(self) -> LazyString:
        return PERMISSION_LABELS[self]


class Reach(IntEnum):
    """How far a permission extends; each reach includes the ones before it."""

    OWN = 1
    OFFICE = 2
    EVERYWHERE = 3

    @property
    def label(self) -> LazyString:
        return REACH_LABELS[self]


OWN, OFFICE, ALL, NONE = Reach.OWN, Reach.OFFICE, Reach.EVERYWHERE, None

# fmt: off
POLICY: dict[Permission, tuple[Reach | None, ...]] = {
    #                                 officer  supervisor  volunteer  mentor  analyst  administrator  body  ministry
    Permission.REGISTER_CLIENT:      (OWN,     OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.VIEW_CLIENT:          (OWN,     OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.EDIT_CLIENT:          (OWN,     OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.VIEW_READERS:         (NONE,    OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.TRANSFER_CASE:        (OWN,     OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.ANSWER_TRANSFER:      (OWN,     OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.DEREGISTER_CASE:      (OWN,     OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.VIEW_SUPERVISION:     (OWN,     OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.SUPERVISE_CLIENT:     (OWN,     OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.DRAFT_ANSWER:         (OWN,     NONE,       NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.SIGN_ANSWER:          (NONE,    OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.HOLD_GROUP_EVENT:     (OWN,     OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.KEEP_CALENDAR:        (OWN,     OWN,        NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.SET_OFFICE_HOURS:     (NONE,    OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.APPROVE_DEADLINES:    (NONE,    OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.VIEW_NORMS:           (ALL,     ALL,        NONE,      NONE,   ALL,     ALL,           NONE, NONE),
    Permission.REASSIGN_CASES:       (NONE,    OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.NAME_SUBSTITUTE:      (NONE,    OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.VIEW_ASSESSMENT:      (OWN,     OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.ASSESS_CLIENT:        (OWN,     NONE,       NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.APPROVE_LEVEL:        (NONE,    OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.RECORD_OBJECTION:     (OWN,     OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.ANSWER_OBJECTION:     (NONE,    OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.RATE_AGAIN:           (OWN,     NONE,       NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.VIEW_INSTRUMENTS:     (ALL,     ALL,        NONE,      NONE,   ALL,     ALL,           NONE, NONE),
    Permission.VIEW_VALIDATION:      (NONE,    ALL,        NONE,      NONE,   ALL,     NONE,          NONE, NONE),
    Permission.HANDLE_SIGNAL:        (OWN,     OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.VIEW_SIGNAL_RULES:    (ALL,     ALL,        NONE,      NONE,   ALL,     NONE,          NONE, NONE),
    Permission.VIEW_METHODOLOGY:     (ALL,     ALL,        NONE,      NONE,   ALL,     ALL,           NONE, NONE),
    Permission.VIEW_METHODOLOGY_USE: (NONE,    ALL,        NONE,      NONE,   ALL,     NONE,          NONE, NONE),
    Permission.VIEW_PROGRAM:         (OWN,     OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.EDIT_PROGRAM:         (OWN,     NONE,       NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.APPROVE_PROGRAM:      (NONE,    OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.VIEW_SERVICES:        (ALL,     ALL,        NONE,      NONE,   ALL,     ALL,           NONE, NONE),
    Permission.MANAGE_SERVICES:      (NONE,    ALL,        NONE,      NONE,   NONE,    ALL,           NONE, NONE),
    Permission.VIEW_ASSISTANCE:      (OWN,     OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.REFER_CLIENT:         (OWN,     OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.PLAN_RELEASE:         (OWN,     OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.HAND_OVER_TREATMENT:  (OWN,     NONE,       NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.PRINT_BATCH:          (NONE,    OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.MATCH_CLIENT:         (OWN,     OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.VIEW_SESSIONS:        (OWN,     OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.REVIEW_SESSION:       (OWN,     OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.VIEW_MATCH:           (NONE,    NONE,       OWN,       OWN,    NONE,    NONE,          NONE, NONE),
    Permission.LOG_SESSION:          (NONE,    NONE,       OWN,       OWN,    NONE,    NONE,          NONE, NONE),
    Permission.VIEW_OFFICE_WORK:     (NONE,    OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.VIEW_INDICATORS:      (NONE,    ALL,        NONE,      NONE,   ALL,     NONE,          NONE, ALL),
    Permission.FREEZE_INDICATORS:    (NONE,    NONE,       NONE,      NONE,   ALL,     NONE,          NONE, NONE),
    Permission.VIEW_FIGURE_LIST:     (OWN,     OFFICE,     NONE,      NONE,   NONE,    NONE,          NONE, NONE),
    Permission.RELEASE_FIGURES:      (NONE,    NONE,       NONE,      NONE,   ALL,     NONE,          NONE, NONE),
    Permission.VIEW_PLAN:            (NONE,    ALL,        NONE,      NONE,   ALL,     NONE,          ALL,  ALL),
    Permission.REPORT_PROGRESS:      (NONE,    NONE,       NONE,      NONE,   NONE,    NONE,          OWN,  NONE),
    Permission.ANSWER_PROGRESS:      (NONE,    NONE,       NONE,      NONE,   NONE,    NONE,          NONE, ALL),
    Permission.MANAGE_PLAN:          (NONE,    NONE,       NONE,      NONE,   NONE,    NONE,          NONE, ALL),
    Permission.WRITE_REPORT:         (NONE,    NONE,       NONE,      NONE,   ALL,     NONE,          NONE, ALL),
    Permission.PUBLISH_REPORT:       (NONE,    NONE,       NONE,      NONE,   NONE,    NONE,          NONE, ALL),
    Permission.MANAGE_USERS:         (NONE,    NONE,       NONE,      NONE,   NONE,    ALL,           NONE, NONE),
    Permission.VIEW_POLICY:          (NONE,    NONE,       NONE,      NONE,   NONE,    ALL,           NONE, NONE),
}
# fmt: on
COLUMNS = tuple(Role)
# Parts of a record whose very use discloses something about the person: who looks at the journal is not told of them,
# and standing in for an officer does not open them.
KEPT_APART = frozenset({Permission.HAND_OVER_TREATMENT})

REACH_LABELS = {
    Reach.OWN: lazy_gettext("own"),
    Reach.OFFICE: lazy_gettext("own office"),
    Reach.EVERYWHERE: lazy_gettext("everywhere"),
}

PERMISSION_LABELS = {
    Permission.REGISTER_CLIENT: lazy_gettext("Register a person"),
    Permission.VIEW_CLIENT: lazy_gettext("See a person's record"),
    Permission.EDIT_CLIENT: lazy_gettext("Change a person's record"),
    Permission.VIEW_READERS: lazy_gettext("See who has looked at a record"),
    Permission.TRANSFER_CASE: lazy_gettext("Offer a case for transfer"),
    Permission.ANSWER_TRANSFER: lazy_gettext("Accept or decline a transfer"),
    Permission.DEREGISTER_CASE: lazy_gettext("Take a case off the register"),
    Permission.VIEW_SUPERVISION: lazy_gettext("See a person's supervision"),
    Permission.SUPERVISE_CLIENT: lazy_gettext("Keep a person's visits, contacts and violations"),
    Permission.DRAFT_ANSWER: lazy_gettext("Draft a warning, a representation or an incentive"),
    Permission.SIGN_ANSWER: lazy_gettext("Sign or return a warning, a representation or an incentive"),
    Permission.HOLD_GROUP_EVENT: lazy_gettext("Hold a group event"),
    Permission.KEEP_CALENDAR: lazy_gettext("Read one's calendar in another programme"),
    Permission.SET_OFFICE_HOURS: lazy_gettext("Set an office's hours"),
    Permission.APPROVE_DEADLINES: lazy_gettext("Approve deadlines that changed with a norm"),
    Permission.VIEW_NORMS: lazy_gettext("Read the norms"),
    Permission.REASSIGN_CASES: lazy_gettext("Give cases to other officers"),
    Permission.NAME_SUBSTITUTE: lazy_gettext("Name who stands in for an officer"),
    Permission.VIEW_ASSESSMENT: lazy_gettext("See an assessment"),
    Permission.ASSESS_CLIENT: lazy_gettext("Assess a person"),
    Permission.APPROVE_LEVEL: lazy_gettext("Approve or decline an override of a level"),
    Permission.RECORD_OBJECTION: lazy_gettext("Record a person's objection to an assessment"),
    Permission.ANSWER_OBJECTION: lazy_gettext("Answer an objection to an assessment"),
    Permission.RATE_AGAIN: lazy_gettext("Rate a colleague's assessment a second time"),
    Permission.VIEW_INSTRUMENTS: lazy_gettext("Read the instruments"),
    Permission.VIEW_VALIDATION: lazy_gettext("See how well the instruments work"),
    Permission.HANDLE_SIGNAL: lazy_gettext("See and handle an early warning"),
    Permission.VIEW_SIGNAL_RULES: lazy_gettext("Read the rules of early warning and their precision"),
    Permission.VIEW_METHODOLOGY: lazy_gettext("Read the methodology"),
    Permission.VIEW_METHODOLOGY_USE: lazy_gettext("See how the methodology is used"),
    Permission.VIEW_PROGRAM: lazy_gettext("See and print a programme"),
    Permission.EDIT_PROGRAM: lazy_gettext("Draw up and carry out a programme"),
    Permission.APPROVE_PROGRAM: lazy_gettext("Approve or return a programme"),
    Permission.VIEW_SERVICES: lazy_gettext("Read the catalogue of services"),
    Permission.MANAGE_SERVICES: lazy_gettext("Keep the catalogue of services"),
    Permission.VIEW_ASSISTANCE: lazy_gettext("See a person's assistance"),
    Permission.REFER_CLIENT: lazy_gettext("Refer a person to a service and record what came of it"),
    Permission.PLAN_RELEASE: lazy_gettext("Plan a person's release"),
    Permission.HAND_OVER_TREATMENT: lazy_gettext("See and hand over a person's treatment"),
    Permission.PRINT_BATCH: lazy_gettext("Print many sheets at once"),
    Permission.MATCH_CLIENT: lazy_gettext("Match a person with a volunteer or mentor"),
    Permission.VIEW_SESSIONS: lazy_gettext("See a person's sessions"),
    Permission.REVIEW_SESSION: lazy_gettext("Confirm or question a session"),
    Permission.VIEW_MATCH: lazy_gettext("See the people one helps"),
    Permission.LOG_SESSION: lazy_gettext("Log a session"),
    Permission.VIEW_OFFICE_WORK: lazy_gettext("See the office's queue"),
    Permission.VIEW_INDICATORS: lazy_gettext("Read indicators"),
    Permission.FREEZE_INDICATORS: lazy_gettext("Freeze a half-year's figures"),
    Permission.VIEW_FIGURE_LIST: lazy_gettext("See the people behind a figure"),
    Permission.RELEASE_FIGURES: lazy_gettext("Release protected figures"),
    Permission.VIEW_PLAN: lazy_gettext("Read the plan of measures and its reports"),
    Permission.REPORT_PROGRESS: lazy_gettext("Report a responsible body's progress"),
    Permission.ANSWER_PROGRESS: lazy_gettext("Accept or return a progress report"),
    Permission.MANAGE_PLAN: lazy_gettext("Keep the plan of measures"),
    Permission.WRITE_REPORT: lazy_gettext("Write the reports of the plan"),
    Permission.PUBLISH_REPORT: lazy_gettext("Publish a report of the plan"),
    Permission.MANAGE_USERS: lazy_gettext("Manage users"),
    Permission.VIEW_POLICY: lazy_gettext("Read the policy"),
}


class Supervised(Protocol):
    """Anything that belongs to a person's case: somebody answers for it."""

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        """Pairs of user and office that answer for it; either may be empty."""
        ...


def reach(actor: User, permission: Permission) -> Reach | None:
    return POLICY[permission][COLUMNS.index(actor.role)]


def stands_for(actor: User, permission: Permission) -> frozenset[int]:
    """The officers whose cases this permission treats as the actor's own today; what is kept apart stays apart."""
    return frozenset() if permission in KEPT_APART else actor.stands_for


def distance(actor: User, subject: Supervised, stood_for: Collection[int] = ()) -> Reach:
    """The shortest reach that takes the actor, in the place of some officers too, to the subject."""
    nearest = Reach.EVERYWHERE
    for user_id, office_id in subject.holders:
        if user_id == actor.id:
            return Reach.OWN
        if office_id is not None and office_id == actor.office_id:
            if user_id in stood_for:
                return Reach.OWN
            nearest = Reach.OFFICE
    return nearest


def allows(actor: User, permission: Permission, subject: Supervised | None = None) -> bool:
    """Without a subject the question is about a list, which its query narrows to the same reach."""
    granted = reach(actor, permission)
    if granted is None:
        return False
    if subject is None or granted == Reach.EVERYWHERE:
        return True
    return distance(actor, subject, stands_for(actor, permission)) <= granted
