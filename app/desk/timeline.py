"""One timeline of a person: what happened in every room, newest first, as far as the actor's reach goes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.assessments.labels import level_label
from app.assessments.models import Against, ObjectionOutcome
from app.assistance.referrals.vocabulary import Event, Result
from app.clients.vocabulary import EventKind, Ground, Stage
from app.desk.chronicle import ROOMS, chronicle
from app.programs.vocabulary import GoalState, Outcome, StepState, Verdict
from app.programs.wording import goal_in_words, suggestion_in_words
from app.sessions.vocabulary import Medium
from app.supervision.calendar.days import read_days
from app.supervision.calendar.vocabulary import Came, Per
from app.supervision.calendar.wording import days_in_words
from app.supervision.contacts.vocabulary import Attended, ContactKind, Whom
from app.supervision.messages.vocabulary import Channel
from app.supervision.norms import norms
from app.supervision.searches.vocabulary import Ending
from app.supervision.violations.vocabulary import CourtOutcome
from app.supervision.violations.wording import breach_in_words, measure_in_words
from app.web.formats import format_date, format_minutes
from app.web.languages import language, text_in

MOST = 40  # entries of the whole timeline on the page


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the timeline."""

    at: datetime | date
    title: str
    url: str | None = None
    body: str | None = None
    who: str | None = None
    tone: str = "neutral"


def stage(row: Any) -> str:
    return _("Case %(number)s: %(stage)s", number=row.text, stage=Stage(row.code).label)


def assignment(row: Any) -> str:
    return _("%(officer)s answers for the case", officer=row.text) if row.text else _("The office answers for the case")


def departure(row: Any) -> str:
    return _("Off the register: %(ground)s", ground=Ground(row.code).label)


def event(row: Any) -> str:
    return str(EventKind(row.code).label)


def release_day(row: Any) -> str:
    return _("Release expected on %(date)s", date=format_date(date.fromisoformat(row.text)))


def released(row: Any) -> str:
    return _("Released, and met at the gate") if row.text == "met" else _("Released, and met by nobody")


def first_visit(row: Any) -> str:
    return _("First visit after the release") if row.text == "came" else _("Did not come to the first visit in time")


def assessment(_row: Any) -> str:
    return _("Assessment completed")


def override(row: Any) -> str:
    return _("Another level proposed: %(level)s", level=level_label(row.code))


def decision(row: Any) -> str:
    return _("Level overridden: %(level)s", level=level_label(row.code)) if row.code else _("Proposed level declined")


def taken_back(_row: Any) -> str:
    return _("Proposal of another level taken back")


def objection(row: Any) -> str:
    return _("The person objected to the assessment: %(what)s", what=Against(row.code).label)


def answer(row: Any) -> str:
    return _("Objection answered: %(outcome)s", outcome=ObjectionOutcome(row.code).label)


def visit(_row: Any) -> str:
    return _("Review at a visit")


def rhythm(row: Any) -> str:
    return _("Reporting days set: %(days)s", days=days_in_words(read_days(Per(row.code), row.text)))


def visit_outcome(row: Any) -> str:
    return _("Visit: %(outcome)s", outcome=Came(row.code).label)


def reminder_consent(row: Any) -> str:
    return _("Consent to be reminded: %(channel)s", channel=Channel(row.code).label)


def reminders_ended(_row: Any) -> str:
    return _("Consent to be reminded taken back")


def violation(row: Any) -> str:
    return _("Violation: %(what)s", what=breach_in_words(row.code))


def signature(row: Any) -> str:
    return _("Signed: %(what)s", what=measure_in_words(row.code))


def ruling(row: Any) -> str:
    return _("The court: %(what)s – %(outcome)s", what=measure_in_words(row.text), outcome=CourtOutcome(row.code).label)


def search(_row: Any) -> str:
    return _("Search opened; the clocks of the case stand")


def search_end(row: Any) -> str:
    return _("Search ended: %(how)s", how=Ending(row.code).label)


def contact(row: Any) -> str:
    kind = str(ContactKind(row.code).label).capitalize()
    if row.text is None:
        return _("%(kind)s: not reached", kind=kind)
    return _("%(kind)s: %(whom)s", kind=kind, whom=Whom(row.text).label)


def attendance(row: Any) -> str:
    return _("Group event “%(title)s”: %(came)s", title=row.text, came=Attended(row.code).label)


def work_order(row: Any) -> str:
    return _("Community work ordered: %(hours)d hours", hours=row.ordinal)


def timesheet(row: Any) -> str:
    month = date.fromisoformat(row.text).strftime("%m.%Y")
    return _("Timesheet of community work, %(month)s: %(worked)s", month=month, worked=format_minutes(row.ordinal))


def deadline_moved(row: Any) -> str:
    return _("Another day is due: %(date)s. %(what)s", date=format_date(row.on), what=asked_by(row.code))


def deadline_withdrawn(row: Any) -> str:
    return _("A deadline does not apply. %(what)s", what=asked_by(row.code))


def asked_by(code: str) -> str:
    """What a norm says, by its newest wording."""
    return next((text_in(one.text) for one in reversed(norms()) if one.code == code), code)


def submission(row: Any) -> str:
    return _("Programme submitted (version %(ordinal)d)", ordinal=row.ordinal)


def approval(row: Any) -> str:
    return _("Programme approved (version %(ordinal)d)", ordinal=row.ordinal)


def review(row: Any) -> str:
    return _("Review: %(verdict)s", verdict=Verdict(row.code).label)


def returned(row: Any) -> str:
    return _("Programme returned (version %(ordinal)d)", ordinal=row.ordinal)


def progress(row: Any) -> str:
    step = suggestion_in_words(row.rule, row.text) if row.text else ""
    return _("%(state)s: %(step)s", state=StepState(row.code).label, step=step)


def goal(row: Any) -> str:
    words = goal_in_words(row) if row.text else ""
    return _("%(state)s: %(goal)s", state=GoalState(row.code).label, goal=words)


def closure(row: Any) -> str:
    return _("Programme closed: %(outcome)s", outcome=Outcome(row.code).label)


def referral(row: Any) -> str:
    return _("Referred to a service: %(service)s", service=row.text)


def referral_event(row: Any) -> str:
    came_of_it = Result(row.rule).label if row.rule else Event(row.code).label
    return _("%(service)s: %(what)s", service=row.text, what=came_of_it)


def session(row: Any) -> str:
    if row.code is None:
        return _("Session that did not take place")
    return _("Session, %(medium)s", medium=Medium(row.code).label)


def consent(row: Any) -> str:
    return _("Consent to be helped by %(helper)s", helper=row.text)


def withdrawal(_row: Any) -> str:
    return _("Consent withdrawn")


# How each kind of entry is told: its title, the page it leads to with the name of that page's number, and its tone.
KINDS: dict[str, tuple[Callable[[Any], str], str, str, str]] = {
    "stage": (stage, "clients.case", "case_id", "neutral"),
    "assignment": (assignment, "clients.case", "case_id", "neutral"),
    "departure": (departure, "clients.case", "case_id", "neutral"),
    "event": (event, "clients.case", "case_id", "neutral"),
    "release_day": (release_day, "release.show", "case_id", "neutral"),
    "released": (released, "release.show", "case_id", "info"),
    "first_visit": (first_visit, "release.show", "case_id", "neutral"),
    "assessment": (assessment, "assessments.show", "assessment_id", "info"),
    "override": (override, "assessments.show", "assessment_id", "neutral"),
    "decision": (decision, "assessments.show", "assessment_id", "info"),
    "taken_back": (taken_back, "assessments.show", "assessment_id", "neutral"),
    "objection": (objection, "assessments.show", "assessment_id", "caution"),
    "answer": (answer, "assessments.show", "assessment_id", "info"),
    "rhythm": (rhythm, "visits.of_case", "case_id", "neutral"),
    "visit_outcome": (visit_outcome, "visits.of_case", "case_id", "neutral"),
    "reminder_consent": (reminder_consent, "supervision.of_client", "client_id", "neutral"),
    "reminders_ended": (reminders_ended, "supervision.of_client", "client_id", "neutral"),
    "contact": (contact, "contacts.show", "contact_id", "neutral"),
    "attendance": (attendance, "supervision.of_client", "client_id", "neutral"),
    "work_order": (work_order, "community_work.show", "work_order_id", "neutral"),
    "timesheet": (timesheet, "community_work.show", "work_order_id", "neutral"),
    "violation": (violation, "violations.show", "violation_id", "caution"),
    "signature": (signature, "violations.answer", "answer_id", "info"),
    "ruling": (ruling, "violations.answer", "answer_id", "info"),
    "search": (search, "searches.show", "search_id", "serious"),
    "search_end": (search_end, "searches.show", "search_id", "good"),
    "deadline_moved": (deadline_moved, "supervision.of_client", "client_id", "info"),
    "deadline_withdrawn": (deadline_withdrawn, "supervision.of_client", "client_id", "neutral"),
    "visit": (visit, "assessments.show_review", "review_id", "neutral"),
    "submission": (submission, "programs.version", "version_id", "info"),
    "approval": (approval, "programs.version", "version_id", "good"),
    "review": (review, "programs.version", "version_id", "info"),
    "return": (returned, "programs.version", "version_id", "caution"),
    "progress": (progress, "programs.show", "program_id", "neutral"),
    "goal": (goal, "programs.show", "program_id", "good"),
    "closure": (closure, "programs.show", "program_id", "good"),
    "referral": (referral, "referrals.show", "referral_id", "neutral"),
    "referral_event": (referral_event, "referrals.show", "referral_id", "info"),
    "session": (session, "sessions.session", "session_id", "neutral"),
    "consent": (consent, "sessions.match", "match_id", "neutral"),
    "withdrawal": (withdrawal, "sessions.match", "match_id", "caution"),
}


def timeline(cases: list[int], room: str | None = None, most: int = MOST) -> list[Happening]:
    """What happened in the cases, newest first; of one room, or of all."""
    rows = chronicle(cases, room if room in ROOMS else None, language(), most)
    return sorted(map(happening, rows), key=moment_of, reverse=True)


def happening(row: Any) -> Happening:
    title, endpoint, number, tone = KINDS[row.kind]
    if row.kind == "session":
        tone = row.text  # a concern stands out
    if row.kind == "event":
        tone = "good" if EventKind(row.code).is_gain else "caution"
    if row.kind == "visit_outcome" and row.code == Came.DID_NOT_COME:
        tone = "caution"
    url = url_for(endpoint, **{number: row.reference})
    return Happening(row.at or row.on, title(row), url, row.words, row.who, tone)


def moment_of(happening: Happening) -> datetime:
    """A day without an hour counts from its beginning."""
    at = happening.at
    return at if isinstance(at, datetime) else datetime.combine(at, time(0), UTC)
