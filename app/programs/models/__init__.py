"""Programmes as they are kept."""

from app.programs.models.carried import GoalProgress, Progress, Removal, TakingBack
from app.programs.models.decisions import (
    Agreement,
    Approval,
    Closure,
    GoalClosure,
    NotAgreed,
    Opening,
    Return,
    Review,
    Submission,
)
from app.programs.models.goals import Declined, Goal, RelatedArea, Step, Strength
from app.programs.models.proposals import Basis, Proposal
from app.programs.models.versions import Program, Version

__all__ = [
    "Agreement",
    "Approval",
    "Basis",
    "Closure",
    "Declined",
    "Goal",
    "GoalClosure",
    "GoalProgress",
    "NotAgreed",
    "Opening",
    "Program",
    "Proposal",
    "Progress",
    "RelatedArea",
    "Removal",
    "Return",
    "Review",
    "Step",
    "Strength",
    "Submission",
    "TakingBack",
    "Version",
]
