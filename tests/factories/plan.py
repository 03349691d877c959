"""Build those who speak for a body, and progress reports in every state; name only what the test is about."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from app.access.models import Role, User
from app.clock import now
from app.db import db
from app.indicators.periods import parse
from app.plan.library import plans
from app.plan.models import BodyMember, DraftLine, ProgressReport
from app.plan.progress.queries import body_of, owing
from app.plan.progress.reporting import Given, Owed, Remarks, accept, begin, save, send_back, submit
from app.plan.progress.speaking import name_member
from app.plan.vocabulary import Progress
from tests.factories.people import make_user
from tests.factories.saving import saved

PLAN, HALF, BODY = "sample-2026", "2026H1", "MZ"
YEARS = count(2100)
IN_JULY = date(2026, 7, 8)
SAID = Given(Progress.UNDER_WAY, None, "Бұйрықтың жобасы дайын.", "Проект приказа готов.", "Проект № 4")


def make_member(user: User | None = None, body: str = BODY, email: str | None = None) -> BodyMember:
    user = user or make_user(Role.BODY)
    member = name_member(user, body, email, make_user(Role.MINISTRY), now())
    db.session.commit()
    return member


def make_progress(user: User | None = None, body: str = BODY, half: str = HALF, **told: Any) -> ProgressReport:
    """A report that is begun, with the same words for every measure; ``told=None`` leaves its lines empty."""
    user = user or make_user(Role.BODY)
    if body_of(user) is None:
        make_member(user, body)
    plan, period = plans()[PLAN], parse(half)
    at = datetime(2026, 7, 8, 6, tzinfo=UTC)
    report = begin(Owed(plan, period, body, owing(plan, period)[body]), user, max(IN_JULY, period.start), at)
    given = told.get("told", SAID)
    for line in report.drafts if given else []:
        save(report, line, given, user, at)
    db.session.commit()
    return report


def make_row(user: User, body: str = BODY) -> ProgressReport:
    """A report of the user's body on a half-year of its own, with one line: for tests that care for nothing in it."""
    if body_of(user) is None:
        make_member(user, body)
    report = ProgressReport(
        plan=PLAN, period=f"{next(YEARS)}H1", body=body_of(user), begun_by_id=user.id, begun_at=now(),
        drafts=[DraftLine(measure=2, by_id=user.id, at=now())],
    )  # fmt: skip
    return saved(report)


def make_submitted(user: User | None = None, body: str = BODY, half: str = HALF, **told: Any) -> ProgressReport:
    report = make_progress(user, body, half, **told)
    period = parse(half)
    submit(
        report,
        period,
        report.drafts[0].by,
        max(IN_JULY, period.end),
        told.get("at") or datetime(2026, 7, 8, 7, tzinfo=UTC),
    )
    db.session.commit()
    return report


def make_accepted(user: User | None = None, body: str = BODY, half: str = HALF, **told: Any) -> ProgressReport:
    report = make_submitted(user, body, half, **told)
    accept(report, 1, make_user(Role.MINISTRY), datetime(2026, 7, 10, 7, tzinfo=UTC))
    db.session.commit()
    return report


def make_returned(user: User | None = None, body: str = BODY, words: str = "Say when.") -> ProgressReport:
    report = make_submitted(user, body)
    send_back(report, Remarks(1, words), make_user(Role.MINISTRY), datetime(2026, 7, 10, 7, tzinfo=UTC))
    db.session.commit()
    return report
