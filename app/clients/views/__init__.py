"""The pages of this room."""

from app.clients.views import cases, events, movement, people, readers, record
from app.clients.views.blueprint import bp

__all__ = ["bp", "cases", "events", "movement", "people", "readers", "record"]
