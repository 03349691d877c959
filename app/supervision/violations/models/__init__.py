"""Violations and answers as they are kept. Every fact is a row that never changes."""

from app.supervision.violations.models.answers import (
    Answer,
    AnswerDelivery,
    AnswerDraft,
    AnswerReturn,
    AnswerSignature,
    AnswerSubmission,
    AnswerWithdrawal,
    CourtDecision,
    Dismissal,
)
from app.supervision.violations.models.violations import Excuse, Explanation, Violation, ViolationWithdrawal

__all__ = [
    "Answer", "AnswerDelivery", "AnswerDraft", "AnswerReturn", "AnswerSignature", "AnswerSubmission",
    "AnswerWithdrawal", "CourtDecision", "Dismissal", "Excuse", "Explanation", "Violation", "ViolationWithdrawal",
]  # fmt: skip
