"""The room's commands: scoring and checking an instrument, and validating scores, outside the database."""

from app.assessments.commands import scoring, validating
from app.assessments.commands.group import bp

__all__ = ["bp", "scoring", "validating"]
