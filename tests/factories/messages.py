"""Build visits to remind of, consents to reminders, and what was sent; name only what the test is about."""

from datetime import date, timedelta
from typing import Any

from app.clients.cases import Case
from app.clock import now, today
from app.supervision.calendar.models import Visit
from app.supervision.calendar.vocabulary import VisitKind
from app.supervision.messages.models import OfficeSignature, ReminderConsent
from app.supervision.messages.vocabulary import Channel
from tests.factories.people import make_case
from tests.factories.saving import saved

TOMORROW = timedelta(days=1)


def make_expected(case: Case | None = None, on: date | None = None, minute: int | None = 600, **facts: Any) -> Visit:
    """A person who is expected tomorrow at ten, called by the officer of the case."""
    case = case or make_case()
    made = {"kind": VisitKind.CALLED, "made_at": now(), "made_by_id": case.assignment.officer_id}
    return saved(Visit(case=case, on=on or today() + TOMORROW, minute=minute, **made | facts))


def make_reminder_consent(case: Case | None = None, **facts: Any) -> ReminderConsent:
    """The person of a case agreed today to be reminded by SMS, without the service's name."""
    case = case or make_case()
    defaults = {
        "channel": Channel.SMS, "address": "+77011234567", "names_service": False, "given_on": today(),
        "until_on": today() + timedelta(days=365), "by_id": case.registered_by_id, "at": now(),
    }  # fmt: skip
    return saved(ReminderConsent(client=case.client, **defaults | facts))


def make_signature(office_id: int, by_id: int, **facts: Any) -> OfficeSignature:
    defaults = {"kk": "Достық 5", "ru": "Достык 5", "en": "Dostyk 5", "phone": "+77172123456"}
    return saved(OfficeSignature(office_id=office_id, by_id=by_id, at=now(), **defaults | facts))
