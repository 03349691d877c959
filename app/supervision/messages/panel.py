"""What the supervision page of a person shows of reminders: the consent, and what was sent."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.clients.cases import Case
from app.clock import now
from app.supervision.messages.queries import consent_of, messages_of

TEMPLATE = "supervision/messages/_panel.html"


def gather(cases: Sequence[Case], day: date) -> dict[str, Any]:
    consent = consent_of(cases[0].client_id) if cases else None
    return {"consent": consent, "stands": consent is not None and consent.stands_on(day),
            "messages": messages_of(cases, now())}  # fmt: skip
