"""The pages of the indicators."""

from app.indicators.views import figures, freezing, pages, release, revisions
from app.indicators.views.blueprint import bp

__all__ = ["bp", "figures", "freezing", "pages", "release", "revisions"]
