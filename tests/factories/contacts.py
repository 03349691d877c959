"""Build contacts, inspections and group events; name only what the test is about."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.clients.cases import Case
from app.clock import now, today
from app.db import db
from app.supervision.contacts.groups.holding import Answer, Planned, hold_event, note_attendance
from app.supervision.contacts.models import Contact, GroupEvent
from app.supervision.contacts.noting import Found, Told, note_contact, withdraw_contact
from app.supervision.contacts.vocabulary import Attended, Condition, ContactKind, GroupKind, Means, Seen, TalkAbout
from tests.factories.people import make_case

FOUND = Found(
    body="Қорғаншылық және қамқоршылық органы", representative="Сапарова Ә., маман", condition=Condition.FAIR,
    own_place=Seen.YES, provided_for=Seen.YES, cared_for=Seen.YES, safe=Seen.YES, found="Two rooms and a desk",
)  # fmt: skip
# What a kind needs to be complete, unless the test says otherwise.
NEEDS: dict[ContactKind, dict[str, Any]] = {
    ContactKind.TALK: {"about": TalkAbout.PREVENTIVE},
    ContactKind.MESSAGE: {"means": Means.SMS},
    ContactKind.WORKPLACE: {"place": "Bakery on Abai street"},
    ContactKind.INSPECTION: {"found": FOUND},
}


def make_contact(
    case: Case | None = None, kind: ContactKind = ContactKind.TALK, on: date | None = None, **facts: Any
) -> Contact:
    """A contact with the person, who was reached: today, by the officer of the case."""
    case = case or make_case()
    by = case.assignment.officer
    assert by
    contact = note_contact(
        case, Told(**{"kind": kind, "on": on or today()} | NEEDS.get(kind, {}) | facts), by, today(), now()
    )
    db.session.commit()
    return contact


def withdrawn(contact: Contact) -> Contact:
    """The same contact, noted by mistake."""
    withdraw_contact(contact, "The wrong person", contact.by, now())
    db.session.commit()
    return contact


def make_group_event(cases: Sequence[Case], on: date | None = None, **facts: Any) -> GroupEvent:
    """An event of today for the people of some cases, held by the officer of the first one."""
    by = cases[0].assignment.officer
    assert by
    planned = Planned(**{"kind": GroupKind.TRAINING, "title": "How to look for work", "on": on or today()} | facts)
    event = hold_event(planned, cases, by, today(), now())
    db.session.commit()
    return event


def attend(event: GroupEvent, kind: Attended = Attended.CAME, only: Case | None = None) -> GroupEvent:
    """Everybody on the list, or the person of one case, came."""
    rows = [row for row in event.participants if only is None or row.case_id == only.id]
    note_attendance(event, {row.id: Answer(kind) for row in rows}, event.made_by, today(), now())
    db.session.commit()
    return event
