"""What the assessment room keeps, a module for each idea."""

from app.assessments.models.acute import AcuteAnswer, AcuteReview, AcuteWithdrawal
from app.assessments.models.assessment import (
    SOURCE_LABELS,
    Assessment,
    Completion,
    DomainNote,
    ItemAnswer,
    Need,
    Source,
)
from app.assessments.models.objections import Against, Objection, ObjectionAnswer, ObjectionOutcome
from app.assessments.models.overrides import Override, OverrideAnswer, OverrideReason, OverrideWithdrawal
from app.assessments.models.ratings import SecondAnswer, SecondCompletion, SecondRating

__all__ = [
    "SOURCE_LABELS",
    "AcuteAnswer",
    "AcuteReview",
    "AcuteWithdrawal",
    "Against",
    "Assessment",
    "Completion",
    "DomainNote",
    "ItemAnswer",
    "Need",
    "Objection",
    "ObjectionAnswer",
    "ObjectionOutcome",
    "Override",
    "OverrideAnswer",
    "OverrideReason",
    "OverrideWithdrawal",
    "SecondAnswer",
    "SecondCompletion",
    "SecondRating",
    "Source",
]
