"""The pages of this room."""

from app.clients.views import people
from app.clients.views.blueprint import bp

__all__ = ["bp", "people"]
