"""Finding violations and answers, never beyond the actor's reach, with all that their pages show."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.access.models import User
from app.access.policy import Permission
from app.clients.queries import AROUND_CASE
from app.clients.reach import cases_within
from app.db import one_or_404
from app.supervision.violations.models import (
    Answer,
    AnswerDelivery,
    AnswerDraft,
    AnswerReturn,
    AnswerSignature,
    AnswerSubmission,
    AnswerWithdrawal,
    CourtDecision,
    Excuse,
    Explanation,
    Violation,
    ViolationWithdrawal,
)


def get_violation(actor: User, permission: Permission, violation_id: int) -> Violation:
    """A violation in a case within reach, with all that was said of it; otherwise 404."""
    return one_or_404(
        select(Violation)
        .join(Violation.case)
        .where(Violation.id == violation_id, cases_within(actor, permission))
        .options(
            contains_eager(Violation.case).options(*AROUND_CASE),
            joinedload(Violation.by),
            joinedload(Violation.visit),
            selectinload(Violation.explanations).joinedload(Explanation.by),
            joinedload(Violation.withdrawal).joinedload(ViolationWithdrawal.by),
            joinedload(Violation.excuse).joinedload(Excuse.by),
        )
    )


def get_answer(actor: User, permission: Permission, answer_id: int, language: str = "") -> Answer:
    """An answer in a case within reach, with all its drafts and what came of them; otherwise 404."""
    return one_or_404(whole(answer_id).where(cases_within(actor, permission)))


def answer_for_letter(answer_id: int) -> Answer:
    """An answer for its letter; whoever asks has looked after the reach."""
    return one_or_404(whole(answer_id))


def whole(answer_id: int) -> Select[Any]:
    submission = selectinload(Answer.drafts).joinedload(AnswerDraft.submission)
    return (
        select(Answer)
        .join(Answer.case)
        .where(Answer.id == answer_id)
        .options(
            contains_eager(Answer.case).options(*AROUND_CASE),
            joinedload(Answer.made_by),
            selectinload(Answer.violations).selectinload(Violation.explanations),
            selectinload(Answer.drafts).joinedload(AnswerDraft.by),
            submission.joinedload(AnswerSubmission.by),
            submission.joinedload(AnswerSubmission.answer_back).joinedload(AnswerReturn.by),
            selectinload(Answer.deliveries).joinedload(AnswerDelivery.by),
            joinedload(Answer.signature).joinedload(AnswerSignature.by),
            joinedload(Answer.withdrawal).joinedload(AnswerWithdrawal.by),
            joinedload(Answer.decision).joinedload(CourtDecision.by),
        )
    )
