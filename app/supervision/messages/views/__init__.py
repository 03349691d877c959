"""The pages of reminders: a person's consent, an office's signature, and the officer's calendar for elsewhere."""

from app.supervision.messages.views import calendars, consents, signatures
from app.supervision.messages.views.blueprint import bp

__all__ = ["bp", "calendars", "consents", "signatures"]
