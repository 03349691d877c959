"""The pages of searches."""

from app.supervision.searches.views import reading, searching
from app.supervision.searches.views.blueprint import bp

__all__ = ["bp", "reading", "searching"]
