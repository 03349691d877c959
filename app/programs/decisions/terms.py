"""The terms of a programme's life: which norm runs from which day, and when it ends."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from flask_babel import gettext as _

from app.clock import COUNTRY
from app.supervision.norms import Norm, norm
from app.supervision.norms.wording import length_in_words
from app.web.formats import format_date

DRAFT, ANSWER = "program-draft", "program-answer"
REVIEW, REVIEW_AFTER_ASSESSMENT = "program-review", "program-review-after-assessment"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Term:
    """A norm and the day from which it runs."""

    norm: Norm
    since: date

    @property
    def due_on(self) -> date:
        return self.norm.after(self.since)


def term(code: str, since: date) -> Term:
    """The norm that held on the day from which it runs. Raises NoNorm for a code or a day without one."""
    return Term(norm(code, since), since)


def draft_term(assessed_on: date) -> Term:
    """By when the first draft is submitted after an assessment was completed."""
    return term(DRAFT, assessed_on)


def answer_term(submitted_at: datetime) -> Term:
    """By when the head of service answers what was submitted at a moment."""
    return term(ANSWER, day_of(submitted_at))


def latest_review(seen_on: date) -> date:
    """The latest day on which a programme may be looked at again after a day on which somebody did."""
    return term(REVIEW, seen_on).due_on


def day_of(moment: datetime) -> date:
    """The day on which a moment fell in the country."""
    return moment.astimezone(COUNTRY).date()


@lru_cache(maxsize=60)
def last_overdue(code: str, day: date) -> date:
    """The latest day from which a term had ended before ``day``: what happened then or earlier is late."""
    since = day - DAY
    while term(code, since).due_on >= day:
        since -= DAY
    return since


def term_in_words(found: Term) -> str:
    """“due on 26 March 2026, term: 10 working days”."""
    return _(
        "due on %(date)s, term: %(length)s",
        date=format_date(found.due_on),
        length=length_in_words(found.norm),
    )
