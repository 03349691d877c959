"""Programmes as they are kept."""

from app.programs.models.decisions import Agreement, Approval, Closure, Return, Review, Submission
from app.programs.models.goals import Declined, Goal, Progress, Step
from app.programs.models.versions import Program, Version

__all__ = [
    "Agreement",
    "Approval",
    "Closure",
    "Declined",
    "Goal",
    "Program",
    "Progress",
    "Return",
    "Review",
    "Step",
    "Submission",
    "Version",
]
