"""A signed answer on its way: handed over, decided by the court, or taken back."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from app.access.models import User
from app.clients.models import NotPossible
from app.supervision.violations.catalogue import answering
from app.supervision.violations.models import (
    Answer,
    AnswerDelivery,
    AnswerSignature,
    AnswerWithdrawal,
    CourtDecision,
)
from app.supervision.violations.vocabulary import Addressee, CourtOutcome, Means
from app.web.refusals import WrongDay, must_have_come


@dataclass(frozen=True, slots=True)
class Handed:
    """To whom, when and how a signed answer was handed over."""

    to: Addressee
    on: date
    means: Means
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What the court decided."""

    on: date
    outcome: CourtOutcome
    act: str
    months: int | None = None
    words: str | None = None


def take_back(answer: Answer, reason: str, by: User, at: datetime) -> None:
    """Take an answer back: it counts no more. Raises NotPossible on a closed case, a second time, and once decided."""
    answer.case.must_be_open()
    if answer.withdrawal:
        raise NotPossible(_("This answer was taken back already."))
    if answer.decision:
        raise NotPossible(_("The court has decided on this. It cannot be taken back."))
    answer.withdrawal = AnswerWithdrawal(reason=reason, by=by, at=at)


def hand_over(answer: Answer, told: Handed, by: User, today: date, at: datetime) -> None:
    """Note that a signed answer was handed to the person or to the court.

    Raises NotPossible before the signature, for what does not go to a court, a second time, and for a day between
    neither.
    """
    signature = must_be_signed(answer)
    if told.to is Addressee.COURT and not answer.goes_to_court:
        raise NotPossible(_("This does not go to the court."))
    if answer.delivery(told.to):
        raise NotPossible(_("It is noted already that this was handed over."))
    must_lie_between(signature.on, told.on, today, _("This is before the signature. Check the date."))
    answer.deliveries.append(AnswerDelivery(to=told.to, on=told.on, means=told.means, words=told.words, by=by, at=at))


def decide(answer: Answer, told: Decided, by: User, today: date, at: datetime) -> None:
    """Note what the court decided. The term of the case is changed by a person, not by this.

    Raises NotPossible before the court has it, a second time, for a day out of order, and without the months by which
    control was made longer.
    """
    must_be_signed(answer)
    sent = answer.delivery(Addressee.COURT)
    if sent is None:
        raise NotPossible(_("It is not noted that the court has this. Note that first."))
    if answer.decision:
        raise NotPossible(_("The decision of the court is noted already."))
    must_lie_between(sent.on, told.on, today, _("This is before the court had it. Check the date."))
    measure = answering().measures[answer.measure]
    granted = told.outcome is not CourtOutcome.DECLINED
    if measure.asks_months and granted and told.months is None:
        raise NotPossible(_("Enter how many months longer the court made the control."))
    answer.decision = CourtDecision(
        on=told.on, outcome=told.outcome, act=told.act, words=told.words, by=by, at=at,
        months=told.months if measure.asks_months and granted else None,
    )  # fmt: skip


def must_be_signed(answer: Answer) -> AnswerSignature:
    answer.case.must_be_open()
    if answer.withdrawal:
        raise NotPossible(_("This answer was taken back."))
    if answer.signature is None:
        raise NotPossible(_("This is not signed yet. Only what is signed is handed over."))
    return answer.signature


def must_lie_between(first: date, on: date, today: date, too_early: str) -> None:
    must_have_come(on, today)
    if on < first:
        raise WrongDay(too_early)
