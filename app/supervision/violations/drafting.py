"""Answers until they are signed: drafted by the officer, signed or returned by the head; proposals set aside."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_hex

from flask_babel import gettext as _
from sqlalchemy import select

from app.access.models import User
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.queries import hold
from app.db import db
from app.supervision.norms import Facts, NoNorm, norm
from app.supervision.searches.searching import open_search_of
from app.supervision.violations.catalogue import AnswerRule, Measure, answering
from app.supervision.violations.delivering import take_back
from app.supervision.violations.dossier import facts_of
from app.supervision.violations.models import (
    Answer,
    AnswerDraft,
    AnswerReturn,
    AnswerSignature,
    AnswerSubmission,
    Dismissal,
    Violation,
)
from app.supervision.violations.vocabulary import AnswerKind

EXTENSIONS = ("conditional-extension", "conditional-extension-repeat")  # kinds of norm that say how much longer
WITHOUT_VIOLATION = frozenset({"wanted"})  # a measure about a search, not about a violation


@dataclass(frozen=True, slots=True)
class Text:
    """What is written in both languages, and how many months are asked for, where they are."""

    kk: str
    ru: str
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the officer wants to answer: which measure, to which violations, by which proposal."""

    measure: str
    text: Text
    violations: tuple[int, ...] = ()
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """Which proposal is not followed, why, and from which day it may be made again."""

    rule: str
    violations: tuple[int, ...]
    words: str
    again_on: date | None = None


def draft(case: Case, asked: Asked, by: User, today: date, at: datetime) -> Answer:
    """Begin an answer with its first draft. The caller holds the case.

    Raises NotPossible on a closed case; where the measure needs a violation that counts, or a search that goes on;
    where it asks for more months than the norms allow; and while an answer of the same kind to the same is in work.
    """
    case.must_be_open()
    measure = answering().measures[asked.measure]
    violations = violations_named(case, asked.violations)
    must_be_grounded(case, measure, violations)
    must_be_within(measure, rule_named(asked.rule), asked.text.months, facts_of(case, today), today)
    must_be_new(case, measure, violations)
    answer = Answer(
        case=case, number=token_hex(8), kind=AnswerKind(measure.kind), measure=measure.code, rule=asked.rule,
        violations=violations, made_by=by, made_at=at,
    )  # fmt: skip
    answer.drafts.append(draft_row(asked.text, 1, by, at))
    db.session.add(answer)
    db.session.flush()
    answer.number = f"A-{today.year}-{answer.id:06d}"
    return answer


def draft_row(text: Text, ordinal: int, by: User, at: datetime) -> AnswerDraft:
    return AnswerDraft(ordinal=ordinal, kk=text.kk, ru=text.ru, months=text.months, by=by, at=at)


def violations_named(case: Case, numbers: Collection[int]) -> list[Violation]:
    """The violations of the case with these numbers, in the order of their days."""
    statement = select(Violation).where(Violation.case_id == case.id, Violation.id.in_(numbers))
    return list(db.session.scalars(statement.order_by(Violation.on, Violation.id)))


def must_be_grounded(case: Case, measure: Measure, violations: Collection[Violation]) -> None:
    if any(not one.counts for one in violations):
        raise NotPossible(_("A violation that counts no more cannot be answered. Choose others."))
    if measure.code in WITHOUT_VIOLATION:
        if open_search_of(case) is None:
            raise NotPossible(_("Nobody searches for this person. Open a search first."))
    elif not measure.is_reward and not violations:
        raise NotPossible(_("Choose the violation that is answered."))
    elif measure.is_reward and violations:
        raise NotPossible(_("An incentive answers no violation."))


def must_be_within(measure: Measure, rule: AnswerRule | None, months: int | None, facts: Facts, on: date) -> None:
    """No more months are asked for than the norm allows for this person."""
    if not measure.asks_months:
        return
    most = most_months(rule, facts, on)
    if most is None:
        raise NotPossible(_("The norms foresee no longer control for the legal basis of this case."))
    if months is None:
        raise NotPossible(_("Enter how many months longer the control is to be."))
    if months > most:
        raise NotPossible(_("The norms allow at most %(most)d months for this person.", most=most))


def most_months(rule: AnswerRule | None, facts: Facts, on: date) -> int | None:
    """How many months may be asked for: as the proposal's norm says, or without a proposal as the widest does."""
    found = []
    for kind in (rule.most,) if rule and rule.most else EXTENSIONS:
        try:
            found.append(norm(kind, on, facts).count)
        except NoNorm:
            continue
    return max(found, default=None)


def rule_named(code: str | None) -> AnswerRule | None:
    return next((one for one in answering().rules if one.code == code), None)


def must_be_new(case: Case, measure: Measure, violations: Collection[Violation]) -> None:
    """One answer of a kind at a time to the same: a second one would be a slip, or somebody else's."""
    statement = select(Answer).where(
        Answer.case_id == case.id, Answer.measure == measure.code, ~Answer.withdrawal.has(), ~Answer.signature.has()
    )
    numbers = {one.id for one in violations}
    for other in db.session.scalars(statement):
        if {one.id for one in other.violations} == numbers:
            raise NotPossible(_("Answer %(number)s about the same is being worked on.", number=other.number))


def save(answer: Answer, text: Text, by: User, today: date, at: datetime) -> AnswerDraft:
    """Keep a mended text as the next draft; the head sees only what is submitted. The caller holds the case.

    Raises NotPossible once it is signed or taken back, and for more months than the norms allow.
    """
    must_be_open(answer)
    facts = facts_of(answer.case, today)
    must_be_within(answering().measures[answer.measure], rule_named(answer.rule), text.months, facts, today)
    last = answer.draft
    if (last.kk, last.ru, last.months) == (text.kk, text.ru, text.months) and not answer_back(last):
        return last
    row = draft_row(text, last.ordinal + 1, by, at)
    answer.drafts.append(row)
    return row


def answer_back(row: AnswerDraft) -> bool:
    return bool(row.submission and row.submission.answer_back)


def submit(answer: Answer, by: User, at: datetime) -> None:
    """Hand the last draft to the head. Does nothing a second time. Raises NotPossible once it is signed."""
    must_be_open(answer)
    if answer_back(answer.draft):
        raise NotPossible(_("The head returned this text. Mend it first."))
    if answer.draft.submission is None:
        answer.draft.submission = AnswerSubmission(by=by, at=at)


def sign(answer: Answer, seen: int, by: User, today: date, at: datetime) -> None:
    """Sign what the head has read: the draft with the number ``seen``. The caller holds the case.

    Raises NotPossible when the text was changed since, was not submitted or was returned, when the signer wrote it,
    and when nothing of what it answers counts any more.
    """
    submission = before_head(answer, seen)
    if by.id in {one.by_id for one in answer.drafts}:
        raise NotPossible(_("Who wrote an answer does not sign it. Ask another head."))
    if answer.violations and not any(one.counts for one in answer.violations):
        raise NotPossible(_("Nothing of what this answers counts any more. Return it, or take it back."))
    answer.signature = AnswerSignature(draft_id=submission.draft_id, on=today, by=by, at=at)


def send_back(answer: Answer, seen: int, words: str, by: User, at: datetime) -> None:
    """Return a draft to the officer, with words. Raises NotPossible as ``sign`` does."""
    before_head(answer, seen).answer_back = AnswerReturn(words=words, by=by, at=at)


def before_head(answer: Answer, seen: int) -> AnswerSubmission:
    """What lies before the head, if it is still the text that the head has opened."""
    must_be_open(answer)
    row = answer.draft
    if row.id != seen:
        raise NotPossible(_("The text was changed since you opened it. Read it again, then sign or return it."))
    if row.submission is None:
        raise NotPossible(_("The officer has not handed this text in."))
    if row.submission.answer_back:
        raise NotPossible(_("This text was returned already."))
    return row.submission


def withdraw_draft(answer: Answer, reason: str, by: User, at: datetime) -> None:
    """Take back what the head has not signed. Raises NotPossible once it is signed, and as ``take_back``."""
    must_be_open(answer)
    take_back(answer, reason, by, at)


def set_aside(case: Case, told: SetAside, by: User, at: datetime) -> None:
    """Note that an officer does not follow a proposal, and why: for each violation that it rests on, or for the case.

    Raises NotPossible on a closed case.
    """
    case.must_be_open()
    numbers: list[int | None] = [one.id for one in violations_named(case, told.violations)]
    for number in numbers or [None]:
        db.session.add(
            Dismissal(
                case=case, rule=told.rule, violation_id=number, words=told.words, again_on=told.again_on, by=by, at=at
            )
        )


def must_be_open(answer: Answer) -> None:
    answer.case.must_be_open()
    if answer.signature:
        raise NotPossible(_("This answer is signed. What is signed does not change."))
    if answer.withdrawal:
        raise NotPossible(_("This answer was taken back."))


def hold_answer(answer: Answer) -> None:
    """Keep everybody else from the answer's case until this is saved, and see the answer as it is now."""
    hold(answer.case)
    db.session.refresh(answer, ["drafts", "signature", "withdrawal", "deliveries", "decision", "violations"])
    for row in answer.drafts:
        db.session.refresh(row, ["submission"])
