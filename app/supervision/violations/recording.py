"""Recording a violation with what shows it, hearing the person, and finding a valid reason."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from app.access.models import User
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.db import db
from app.supervision.calendar.models import Visit
from app.supervision.calendar.outcomes import after_visit
from app.supervision.calendar.vocabulary import Came, ValidReason
from app.supervision.community_work.models import WorkDay
from app.supervision.community_work.vocabulary import DayKind
from app.supervision.community_work.working import after_correction
from app.supervision.violations.catalogue import Breach, breaches, missed_visit_of, missed_work_of
from app.supervision.violations.models import Excuse, Explanation, Violation, ViolationWithdrawal
from app.web.languages import text_in
from app.web.refusals import WrongDay, must_have_come

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Breached:
    """What the person broke: which kind, on which day, in words, and what shows it."""

    code: str
    on: date
    words: str | None = None
    evidence: str | None = None
    visit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """What the person said, in words or on a paper; or that they would not."""

    on: date
    words: str | None = None
    paper: str | None = None
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class Excused:
    """Why the person could not do what was asked, and what proves it."""

    reason: ValidReason
    proof: str
    words: str | None = None


def record(case: Case, told: Breached, by: User, today: date, at: datetime) -> Violation:
    """Write down a violation. The caller holds the case.

    Raises NotPossible on a closed case, for a kind that does not belong to its basis, without the paper that must
    show it, and for what is recorded of that day already; WrongDay for a day after today or before the registration.
    """
    case.must_be_open()
    case.must_cover(told.on, today)
    breach = breaches().get(told.code)
    if breach is None or not breach.belongs_to(case.legal_basis):
        raise NotPossible(_("This violation does not belong to the legal basis of the case. Choose another one."))
    if breach.documented and not told.evidence:
        raise NotPossible(_("This counts only with a paper that shows it. Write which paper that is, and of whom."))
    if breach.code == OTHER and not told.words:
        raise NotPossible(_("“Other” alone says nothing. Write it in words."))
    if is_known(case, told):
        raise NotPossible(_("This is recorded of that day already."))
    violation = Violation(
        case=case, code=told.code, on=told.on, words=told.words or in_words(breach), evidence=told.evidence,
        visit_id=told.visit_id, by=by, at=at,
    )  # fmt: skip
    db.session.add(violation)
    return violation


def in_words(breach: Breach) -> str:
    return str(text_in(breach.texts))


STANDING = (~Violation.withdrawal.has(), ~Violation.excuse.has())  # of violations that count


def violation_of(visit: Visit) -> Violation | None:
    """The violation that was recorded of a missed visit and counts."""
    return db.session.scalars(select(Violation).where(Violation.visit_id == visit.id, *STANDING)).first()


def absence_of(day: WorkDay) -> Violation | None:
    """The violation that was recorded of a day of absence from work and counts."""
    case = day.order.case
    breach = missed_work_of(case.legal_basis)
    if breach is None:
        return None
    same = Violation.case_id == case.id, Violation.on == day.on, Violation.code == breach.code
    return db.session.scalars(select(Violation).where(*same, *STANDING)).first()


def is_known(case: Case, told: Breached) -> bool:
    same = Violation.case_id == case.id, Violation.on == told.on, Violation.code == told.code
    statement = select(Violation.id).where(*same, *STANDING)
    return db.session.scalar(statement.limit(1)) is not None


def record_missed(visit: Visit, by: User, today: date, at: datetime) -> Violation:
    """Record that a person did not come to a visit. The caller holds the case.

    Raises NotPossible when the person came, when a valid reason is known, and as ``record``.
    """
    if visit.outcome is None or visit.outcome.kind is not Came.DID_NOT_COME:
        raise NotPossible(_("It is not noted that the person did not come to this visit. Note what came of it first."))
    breach = missed_visit_of(visit.case.legal_basis)
    if breach is None:
        raise NotPossible(_("The norms know no such violation for the legal basis of this case."))
    told = Breached(breach.code, visit.on, visit.outcome.words, visit_id=visit.id)
    return record(visit.case, told, by, today, at)


def record_absence(day: WorkDay, by: User, today: date, at: datetime) -> Violation:
    """Record that a person was absent from community work. The caller holds the case.

    Raises NotPossible when that is not what is known of the day last, and as ``record``.
    """
    if day.kind is not DayKind.ABSENT or is_corrected(day):
        raise NotPossible(_("It is not noted that the person was absent on this day. Look at the days of work."))
    breach = missed_work_of(day.order.case.legal_basis)
    if breach is None:
        raise NotPossible(_("The norms know no such violation for the legal basis of this case."))
    return record(day.order.case, Breached(breach.code, day.on, day.words), by, today, at)


def is_corrected(day: WorkDay) -> bool:
    later = WorkDay.order_id == day.order_id, WorkDay.on == day.on, WorkDay.ordinal > day.ordinal
    return db.session.scalar(select(WorkDay.id).where(*later).limit(1)) is not None


def withdraw(violation: Violation, reason: str, by: User, at: datetime) -> None:
    """Say that a violation was recorded by mistake: it stays to be read, and counts no more.

    Raises NotPossible on a closed case and when it counts no more already.
    """
    must_count(violation)
    violation.withdrawal = ViolationWithdrawal(reason=reason, by=by, at=at)


def explain(violation: Violation, told: Explained, by: User, today: date, at: datetime) -> Explanation:
    """Write down what the person says. Raises NotPossible on a closed case, and for a day out of order."""
    violation.case.must_be_open()
    if violation.withdrawal:
        raise NotPossible(_("This violation counts no more."))
    must_have_come(told.on, today)
    if told.on < violation.on:
        raise WrongDay(_("This is before the violation. Check the date."))
    if not told.is_refused and not told.words:
        raise NotPossible(_("Write what the person says, or that they would not say anything."))
    explanation = Explanation(on=told.on, words=told.words, paper=told.paper, is_refused=told.is_refused, by=by, at=at)
    violation.explanations.append(explanation)
    return explanation


def excuse(violation: Violation, told: Excused, by: User, at: datetime) -> None:
    """A valid reason is proved: the violation counts no more. Raises NotPossible on a closed case, or a second time."""
    must_count(violation)
    if told.reason is ValidReason.OTHER and not told.words:
        raise NotPossible(_("“Other” alone says nothing. Write it in words."))
    violation.excuse = Excuse(reason=told.reason, proof=told.proof, words=told.words, by=by, at=at)


def must_count(violation: Violation) -> None:
    violation.case.must_be_open()
    if not violation.counts:
        raise NotPossible(_("This violation counts no more."))


def follow_visit(visit: Visit, today: date) -> None:
    """The outcome of a visit was corrected: a violation that was recorded of it follows. Nothing is ever recorded."""
    outcome = visit.outcome
    if outcome is None or len(visit.outcomes) == 1 or outcome.kind is Came.DID_NOT_COME:
        return
    if (found := violation_of(visit)) is None:
        return
    if outcome.kind is Came.VALID_REASON and outcome.reason and outcome.proof:
        excuse(found, Excused(outcome.reason, outcome.proof, outcome.words), outcome.by, outcome.at)
    else:
        withdraw(found, outcome.words or str(outcome.kind.label), outcome.by, outcome.at)


def follow_day(day: WorkDay) -> None:
    """A day of work was corrected: a violation that was recorded of it follows. Nothing is ever recorded."""
    if day.kind is DayKind.ABSENT or (found := absence_of(day)) is None:
        return
    if day.kind is DayKind.VALID_REASON and day.words:  # one line says both why and what proves it
        excuse(found, Excused(ValidReason.OTHER, day.words, day.words), day.by, day.at)
    else:
        withdraw(found, day.words or str(day.kind.label), day.by, day.at)


after_visit.append(follow_visit)
after_correction.append(follow_day)
