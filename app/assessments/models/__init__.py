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

__all__ = [
    "SOURCE_LABELS",
    "AcuteAnswer",
    "AcuteReview",
    "AcuteWithdrawal",
    "Assessment",
    "Completion",
    "DomainNote",
    "ItemAnswer",
    "Need",
    "Source",
]
