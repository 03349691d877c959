"""Build violations, searches and answers; name only what the test is about."""

from datetime import date, timedelta
from typing import Any

from app.access.models import Role, User
from app.clients.cases import Case
from app.clock import now, today
from app.db import db
from app.supervision.searches.models import Search
from app.supervision.searches.searching import Opened, open_search
from app.supervision.violations.delivering import Handed, hand_over
from app.supervision.violations.drafting import Asked, Text, draft, sign, submit
from app.supervision.violations.models import Answer, Violation
from app.supervision.violations.recording import Breached, record
from app.supervision.violations.vocabulary import Addressee, Means
from tests.factories.people import make_case, make_user
from tests.factories.saving import saved

KK, RU = "Ескерту мәтіні", "Текст предупреждения"


def officer_of(case: Case) -> User:
    officer = case.assignment.officer
    assert officer
    return officer


def make_violation(case: Case | None = None, code: str = "conditional-moved", on: date | None = None) -> Violation:
    """A violation of today, recorded by the officer of the case."""
    case = case or make_case()
    return saved(record(case, Breached(code, on or today(), evidence="Paper"), officer_of(case), today(), now()))


def make_answer(violation: Violation | None = None, measure: str = "warning", **asked: Any) -> Answer:
    """A draft by the officer, not yet handed to the head."""
    violation = violation or make_violation()
    case = violation.case
    violations = () if "case" in asked else (violation.id,)
    text = Text(KK, RU, asked.pop("months", None))
    return saved(draft(case, Asked(measure, text, violations, **asked), officer_of(case), today(), now()))


def make_submitted(violation: Violation | None = None, **asked: Any) -> Answer:
    answer = make_answer(violation, **asked)
    submit(answer, answer.made_by, now())
    db.session.commit()
    return answer


def make_signed(violation: Violation | None = None, **asked: Any) -> Answer:
    """Drafted by the officer, signed by the head of the same office."""
    answer = make_submitted(violation, **asked)
    sign(answer, answer.draft.id, make_user(Role.SUPERVISOR, answer.case.assignment.office), today(), now())
    db.session.commit()
    return answer


def make_delivered(answer: Answer, to: Addressee = Addressee.COURT) -> Answer:
    hand_over(answer, Handed(to, today(), Means.POST), answer.made_by, today(), now())
    db.session.commit()
    return answer


def make_search(case: Case | None = None, days: int = 5) -> Search:
    """A search that began so many days ago, after a registration missed sixteen days before."""
    case = case or make_case()
    start = today() - timedelta(days=days)
    opened = Opened(start - timedelta(days=16), start, "The telephone is off")
    return saved(open_search(case, opened, officer_of(case), today(), now()))
