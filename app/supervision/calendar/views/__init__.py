"""The pages of this room."""

from app.supervision.calendar.views import planning, telling
from app.supervision.calendar.views.blueprint import bp

__all__ = ["bp", "planning", "telling"]
