"""The pages of this room."""

from app.sessions import delivered as _delivered  # noqa: F401 - tells the review of a programme
from app.sessions.views import admission, helping, matching, review
from app.sessions.views.blueprint import bp

__all__ = ["admission", "bp", "helping", "matching", "review"]
