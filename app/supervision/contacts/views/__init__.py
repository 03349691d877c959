"""The pages of contacts and of group events."""

from app.supervision.contacts.views import noting, reading
from app.supervision.contacts.views.blueprint import bp

__all__ = ["bp", "noting", "reading"]
