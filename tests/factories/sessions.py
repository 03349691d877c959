"""Build volunteers and mentors, goals, matches with consent, and sessions; name only what the test is about."""

from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

from app.access.models import Role, User
from app.assessments.models import Assessment
from app.clients.cases import Case
from app.clock import now, today
from app.db import db
from app.programs.models import Approval, Goal, Program, Version
from app.sessions.models import Consent, Helper, Match, MatchGoal, Session
from app.sessions.vocabulary import Medium
from tests.factories.people import make_case, make_user
from tests.factories.saving import saved


def days_ago(days: int) -> date:
    return today() - timedelta(days=days)


def make_helper(role: Role = Role.MENTOR, **facts: Any) -> User:
    """A volunteer or mentor, of age and with a signed undertaking; ``born_on=None`` for nothing recorded."""
    known = {"born_on": date(1980, 3, 4), "undertaking_on": date(2026, 1, 1), "organisation": None}
    known |= {name: facts.pop(name) for name in tuple(facts) if name in known}
    user = make_user(role, **{"full_name": "Серікбаев Дәулет"} | facts)
    if known["born_on"]:
        saved(Helper(user_id=user.id, **known))
    return user


def make_goals(case: Case, *texts: str) -> list[str]:
    """An approved programme with these goals; answers their threads."""
    officer_id, at = case.registered_by_id, now()
    assessment = saved(Assessment(
        case=case, instrument_code="test", instrument_version="1", instrument_digest="0" * 64,
        started_at=at, saved_at=at, started_by_id=officer_id,
    ))  # fmt: skip
    program = Program(case=case, number=f"P-{uuid4().hex[:8]}", opened_at=at)
    version = Version(
        program=program, ordinal=1, assessment_id=assessment.id, drafted_by_id=officer_id, drafted_at=at,
        starts_on=days_ago(60), review_on=days_ago(-60),
    )  # fmt: skip
    threads = [uuid4().hex for _text in texts]
    version.goals = [
        Goal(thread=thread, ordinal=n, text=text)
        for n, (thread, text) in enumerate(zip(threads, texts, strict=True), 1)
    ]
    saved(version)
    saved(Approval(version_id=version.id, on=days_ago(50), by_id=make_user(Role.SUPERVISOR).id, at=at))
    return threads


def make_match(case: Case | None = None, helper: User | None = None, **facts: Any) -> Match:
    """A match that began 40 days ago on a consent of 300 days more; ``consents`` gives (given_on, until_on) pairs."""
    case = case or make_case()
    helper = helper or make_helper()
    spans = facts.pop("consents", [(days_ago(40), days_ago(-300))])
    named = {name: facts.pop(name, False) for name in ("names_phone", "names_address")}
    threads = facts.pop("threads", ())
    defaults = {"starts_on": days_ago(40), "made_by_id": case.registered_by_id, "made_at": now()}
    match = Match(case=case, helper_id=helper.id, **defaults | facts)
    match.goals = [MatchGoal(thread=thread) for thread in threads]
    match.consents = [
        Consent(given_on=given, until_on=until, recorded_by_id=case.registered_by_id, recorded_at=now(), **named)
        for given, until in spans
    ]
    saved(match)
    db.session.refresh(match)
    return match


def make_session(match: Match | None = None, **facts: Any) -> Session:
    match = match or make_match()
    defaults = {
        "on": days_ago(3), "starts_at": time(10), "minutes": 60, "medium": Medium.IN_PERSON, "has_met": True,
        "done": "Talked about work", "has_concern": bool(facts.get("concern")),
        "logged_by_id": match.helper_id, "logged_at": now(),
    }  # fmt: skip
    return saved(Session(match=match, **defaults | facts))
