"""Build acute reviews; name only the answers that the test is about."""

from datetime import date

from app.access.models import User
from app.assessments import library
from app.assessments.acute.reviewing import Seen, acute_form_for, review, withdraw
from app.assessments.models import AcuteReview
from app.assessments.vocabulary import Use
from app.clients.cases import Case
from app.clock import now, today
from tests.factories.assessments import noon, quiet_answers
from tests.factories.people import make_case
from tests.factories.saving import saved


def acute_form(on: date = date(2026, 11, 20)):
    """The form of the house, as it stands on a day."""
    return library.offered(on, use=Use.ACUTE)[0]


def make_review(
    case: Case | None = None, on: date | None = None, by: User | None = None, note: str | None = None,
    **answers: str | None,
) -> AcuteReview:  # fmt: skip
    """A review in which nothing is of concern and nothing protects, but for what the test names; None: not known."""
    case, day = case or make_case(), on or today()
    given: dict[str, str | None] = dict(quiet_answers(acute_form_for(case, day))) | answers
    return saved(review(case, Seen(day, given, note), by or case.assignment.officer, day, noon(day)))


def make_withdrawn(case: Case, on: date | None = None, **answers: str | None) -> AcuteReview:
    made = make_review(case, on, **answers)
    withdraw(made, "The wrong person.", made.by, now())
    return saved(made)
