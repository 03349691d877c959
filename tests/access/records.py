"""One record of every kind that an address can name, at each distance from the one who knocks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from app.access.models import Role, User
from app.access.policy import Permission, Reach
from app.assessments import library
from app.clients.cases import Case, Transfer
from app.clock import now, today
from app.db import db
from app.programs.drafts.arranging import remove_goal
from app.programs.models import Goal, Removal
from app.sessions.models import Match, Question
from app.supervision.contacts.vocabulary import ContactKind
from tests.factories.acute import make_review
from tests.factories.assessments import make_assessment, make_completed
from tests.factories.batches import make_batch
from tests.factories.community_work import make_order, make_timesheet, work
from tests.factories.contacts import make_contact, make_group_event
from tests.factories.deadlines import make_deadline
from tests.factories.indicators import make_snapshot
from tests.factories.levels import make_objection, make_override
from tests.factories.messages import make_reminder_consent
from tests.factories.people import make_case, make_event, make_office, make_user
from tests.factories.plan import make_member, make_row
from tests.factories.programs import make_draft
from tests.factories.provider import make_provider_link
from tests.factories.ratings import make_rating
from tests.factories.reassignments import make_reassignment
from tests.factories.referrals import make_referral
from tests.factories.releases import make_consent, make_day, make_decision, make_handover, make_prisoner
from tests.factories.reports import make_published, make_released_report
from tests.factories.saving import saved
from tests.factories.services import make_agreement, make_organisation, make_service
from tests.factories.sessions import make_helper, make_match, make_session
from tests.factories.signals import make_signal
from tests.factories.substitutions import make_substitution
from tests.factories.violations import make_answer, make_search, make_violation
from tests.factories.visits import make_visit

HELPERS = {Role.VOLUNTEER, Role.MENTOR}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies, seen from an actor: with the actor, with a colleague, or in another office."""

    actor: User
    distance: Reach

    @property
    def officer(self) -> User:
        """Who answers for the case."""
        if self.distance == Reach.OWN and self.actor.role not in HELPERS:
            return self.actor
        return make_user(Role.OFFICER, self.office)

    @property
    def helper(self) -> User:
        if self.distance == Reach.OWN and self.actor.role in HELPERS:
            return self.actor
        return make_helper(Role.MENTOR, office=self.office)

    @property
    def office(self) -> Any:
        return make_office("B-2" if self.distance == Reach.EVERYWHERE else "A-1")


def case_at(place: Place) -> Case:
    return make_case(place.officer)


def transfer_at(place: Place) -> Transfer:
    """Offered by the officer of a case to the same one, so that it is as far for who offers as for who answers."""
    officer = place.officer
    return saved(Transfer(
        case=make_case(officer), from_office_id=officer.office_id, to_office_id=officer.office_id,
        to_officer_id=officer.id, reason="Moved house", offered_by_id=officer.id, offered_at=now(),
    ))  # fmt: skip


def goal_at(place: Place) -> Goal:
    return make_draft(place.officer).goals[0]


def prisoner_at(place: Place) -> Case:
    return make_prisoner(place.officer)


def decision_at(place: Place) -> Any:
    case = prisoner_at(place)
    make_day(case)
    return make_decision(case)


def removal_at(place: Place) -> Removal:
    goal = goal_at(place)
    removal = remove_goal(goal, "Not now", goal.version_.drafted_by, now())
    db.session.commit()
    return removal


def match_at(place: Place) -> Match:
    return make_match(case_at(place), place.helper)


def question_at(place: Place) -> Question:
    session = make_session(match_at(place))
    return saved(Question(session=session, words="When was it?", by_id=session.match.made_by_id, at=now()))


def reassignment_at(place: Place) -> Any:
    return make_reassignment(make_user(Role.SUPERVISOR, place.office))


def substitution_at(place: Place) -> Any:
    """Of two officers of the office: it is the office's, and not theirs to change."""
    return make_substitution(make_user(Role.OFFICER, place.office), make_user(Role.OFFICER, place.office))


def order_at(place: Place) -> Any:
    """With a day in the month that addresses name."""
    order = make_order(case_at(place))
    work(order, date(2026, 11, 3))
    return order


def progress_at(place: Place) -> Any:
    """The report of the actor's body, or of one for which somebody else speaks."""
    own = place.distance == Reach.OWN and place.actor.role == Role.BODY
    return make_row(place.actor, "MVD") if own else make_row(make_user(Role.BODY))


# A new kind of record in an address needs a line here; until then its pages fail the tests of the doors.
RECORDS: dict[str, Callable[[Place], Any]] = {
    "agreement_id": lambda _place: make_agreement(),
    "answer_id": lambda place: make_answer(make_violation(case_at(place))),
    "assessment_id": lambda place: make_assessment(case_at(place)),
    "batch_id": lambda place: make_batch(place.officer),
    "case_id": case_at,
    "client_id": lambda place: case_at(place).client,
    "contact_id": lambda place: make_contact(case_at(place), ContactKind.INSPECTION),
    "deadline_id": lambda place: make_deadline(case_at(place)),
    "decision_id": decision_at,
    "due_id": lambda place: make_day(prisoner_at(place)).dues[0],
    "event_id": lambda place: make_event(case_at(place)),
    "goal_id": goal_at,
    "group_event_id": lambda place: make_group_event([case_at(place)]),
    "handover_id": lambda place: make_handover(make_consent(prisoner_at(place))),
    "link_id": lambda place: make_provider_link(make_referral(case_at(place)))[0],
    "match_id": match_at,
    "member_id": lambda _place: make_member(),
    "objection_id": lambda place: make_objection(make_completed(case_at(place))),
    "organisation_id": lambda _place: make_organisation(),
    "override_id": lambda place: make_override(make_completed(case_at(place))),
    "plan_report_id": lambda _place: make_released_report(),
    "progress_id": progress_at,
    "program_id": lambda place: make_draft(place.officer).program,
    "publication_id": lambda _place: make_published(),
    "question_id": question_at,
    "rating_id": lambda place: make_rating(place.officer),
    "reassignment_id": reassignment_at,
    "referral_id": lambda place: make_referral(case_at(place)),
    "reminder_consent_id": lambda place: make_reminder_consent(case_at(place)),
    "removal_id": removal_at,
    "review_id": lambda place: make_review(case_at(place)),
    "search_id": lambda place: make_search(case_at(place)),
    "service_id": lambda _place: make_service(),
    "session_id": lambda place: make_session(match_at(place)),
    "signal_id": lambda place: make_signal(case_at(place)),
    "step_id": lambda place: goal_at(place).steps[0],
    "substitution_id": substitution_at,
    "timesheet_id": lambda place: make_timesheet(order_at(place)),
    "transfer_id": transfer_at,
    "treatment_consent_id": lambda place: make_consent(prisoner_at(place)),
    "user_id": lambda place: place.helper,
    "version_id": lambda place: make_draft(place.officer),
    "violation_id": lambda place: make_violation(case_at(place)),
    "visit_id": lambda place: make_visit(case_at(place)),
    "work_day_id": lambda place: work(make_order(case_at(place)), date(2026, 11, 3)),
    "work_order_id": order_at,
}
# What an address names beside records.
WORDS: dict[str, Callable[[], str]] = {
    "code": lambda: "I-04",
    "contact_kind": lambda: "talk",
    "elsewhere": lambda: "nowhere",
    "event": lambda: "accepted",
    "file": lambda: "datapackage.json",
    "heading": lambda: "late",
    "instrument_code": lambda: "adult-community",
    "instrument_version": lambda: "1",
    "language": lambda: "kk",
    "methodology_stage": lambda: "sentence",
    "measure_no": lambda: "2",
    "methodology_version": lambda: "1",
    "name": lambda: "2026H1",
    "period": lambda: make_snapshot().period,
    "plan_code": lambda: "sample-2026",
    "section": lambda: "summary",
    "section_code": lambda: library.offered(today())[0].sections[0].code,
    "subject": lambda: "decide",
    "token": lambda: "no-such-token",
    "work_month": lambda: "2026-11",
    "work_paper": lambda: "act",
}
# What speaks of nobody: looking at it is no read of a record, and a view may find it without a loader.
OF_NOBODY = {"plan_report_id", "publication_id"}
# What belongs to an office and to nobody in it: a colleague's is as near as one's own.
OF_THE_OFFICE = {"reassignment_id", "substitution_id", "user_id"}


class Records:
    """One record of each kind at a place, made when it is first asked for."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.numbers: dict[str, int] = {}

    def number(self, kind: str) -> int:
        if kind not in self.numbers:
            self.numbers[kind] = RECORDS[kind](self.place).id
        return self.numbers[kind]


@dataclass(frozen=True, slots=True)
class Door:
    """One method of one address, and the permission that opens it."""

    rule: Rule
    method: str
    permission: Permission

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule}"

    @property
    def kind(self) -> str | None:
        """The name of the record in the address; None for a page about no record."""
        kinds = self.rule.arguments - WORDS.keys()
        assert len(kinds) <= 1, f"{self}: an address names one record"
        return next(iter(kinds), None)

    def distance(self, distance: Reach) -> Reach | None:
        """How far the record of this address is from who knocks; None for a page about no record."""
        if self.kind in OF_THE_OFFICE and distance == Reach.OFFICE:
            return Reach.OWN
        return distance if self.kind else None

    def address(self, app: Flask, records: Records) -> str:
        values: dict[str, Any] = {name: WORDS[name]() for name in self.rule.arguments & WORDS.keys()}
        if self.kind:
            values[self.kind] = records.number(self.kind)
        return address_of(app, self.rule, values)


def address_of(app: Flask, rule: Rule, values: dict[str, Any]) -> str:
    return app.url_map.bind("localhost").build(rule.endpoint, values)


def rules(app: Flask) -> list[tuple[Rule, str, Any]]:
    """Every address with every method, and whom it admits."""
    return [
        (rule, method, getattr(app.view_functions[rule.endpoint], "admits", "static"))
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
    ]


def doors(app: Flask) -> list[Door]:
    """The addresses that a permission opens."""
    return [Door(rule, method, admits) for rule, method, admits in rules(app) if isinstance(admits, Permission)]
