"""What a person's supervision page shows of contacts and group events."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.clients.cases import Case
from app.supervision.contacts.inspections import inspection_due
from app.supervision.contacts.queries import LATEST, contacts_of, group_events_of, last_contacts
from app.supervision.contacts.vocabulary import ContactKind

TEMPLATE = "supervision/contacts/_panel.html"


def gather(cases: Sequence[Case], day: date) -> dict[str, Any]:
    last = [on for on in last_contacts(cases).values() if on]
    return {
        "cases": [case for case in cases if case.is_open],
        "latest": contacts_of(cases, most=LATEST),
        "last_on": max(last, default=None),
        "events": group_events_of(cases),
        "inspection_by": inspection_due(cases[0].client, cases, day) if cases else None,
        "kinds": ContactKind,
    }
