"""Writing down an acute review, and withdrawing one that should not have been."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from app.access.models import User
from app.assessments import library
from app.assessments.acute.sums import Answers, points_of, weigh
from app.assessments.instrument import Instrument
from app.assessments.models import AcuteAnswer, AcuteReview, AcuteWithdrawal
from app.assessments.vocabulary import Stage, Use
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.db import db
from app.web.dates import age_on
from app.web.refusals import WrongDay

# Rooms above take their turn here when a review is saved or withdrawn: they get the case and today, and act in the
# same transaction; they never commit. Each room appends its own callable when it is imported.
after_review: list[Callable[[Case, date], None]] = []


@dataclass(frozen=True, slots=True)
class Seen:
    """What the officer says of a visit: the day, an answer to each question, and a note where words help."""

    on: date
    answers: Answers
    note: str | None = None


def acute_form_for(case: Case, today: date) -> Instrument:
    """The acute form that fits the person's age and the stage of the case. Raises NotPossible when none does."""
    if not case.is_open:
        raise NotPossible(_("This case is off the register. A review is made while a case is open."))
    stage = case.stage_on(today)
    if stage is None:
        raise NotPossible(_("The case has no stage today. Record its stage first."))
    age = age_on(case.client.born_on, today)
    instrument = library.fitting(age, Stage(stage.value), today, use=Use.ACUTE)
    if instrument is None:
        raise NotPossible(_("No form for a visit applies to this person at this stage."))
    return instrument


def review(case: Case, seen: Seen, by: User, today: date, at: datetime) -> AcuteReview:
    """A new review of a case, not saved yet.

    Raises NotPossible when no form fits, WrongDay for a day on which there was nothing to review, and Unfit when an
    answer is missing or is none of the form's.
    """
    instrument = acute_form_for(case, today)
    if seen.on > today:
        raise WrongDay(_("This day has not come yet. Enter the day on which you saw the person."))
    case.must_be_registered_by(seen.on)
    sums = weigh(instrument, seen.answers)
    answers = [
        AcuteAnswer(item_code=item.code, option_code=code, points=points_of(item, code))
        for _section, item in instrument.items()
        for code in (seen.answers[item.code],)
    ]
    return AcuteReview(
        case=case, on=seen.on, at=at, by=by,
        instrument_code=instrument.code, instrument_version=str(instrument.version),
        instrument_digest=instrument.digest, items=len(answers), answers=answers,
        acute_sum=sums.acute.points, acute_unknown=sums.acute.unknown,
        protective_sum=sums.protective.points, protective_unknown=sums.protective.unknown, note=seen.note,
    )  # fmt: skip


def withdraw(review: AcuteReview, reason: str, by: User, at: datetime) -> None:
    """Say that a review should not have been. It stays readable and counts nowhere any more.

    Raises NotPossible on a closed case and when it is withdrawn already.
    """
    review.case.must_be_open()
    if review.withdrawal:
        raise NotPossible(_("This review has been withdrawn already."))
    review.withdrawal = AcuteWithdrawal(by=by, at=at, reason=reason)


def tell_of(case: Case, today: date) -> None:
    """Let the rooms above look at the case again: the review is flushed, and not yet committed."""
    db.session.flush()
    for hook in after_review:
        hook(case, today)
