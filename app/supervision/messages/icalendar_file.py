"""An officer's calendar as iCalendar (RFC 5545): when somebody is expected, and never who."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from app.clock import COUNTRY

HOUR = 60
SLOT = timedelta(minutes=30)  # how long an appointment is shown when nobody said how long it lasts
ASK_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Appointment:
    """One thing in the calendar; ``minute`` from midnight, none for the whole day."""

    code: str  # the same at every reading, and no person's
    summary: str
    on: date
    minute: int | None
    lasts: timedelta
    url: str
    changed_at: datetime


def calendar_file(name: str, appointments: Iterable[Appointment]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Qadam//Qadam//KK")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"value": "DURATION"})
    for one in appointments:
        calendar.add_component(event(one))
    return bytes(calendar.to_ical())


def event(of: Appointment) -> Event:
    found = Event()
    found.add("uid", f"{of.code}@qadam")
    found.add("dtstamp", of.changed_at.astimezone(UTC))
    found.add("summary", of.summary)
    found.add("class", "PRIVATE")
    found.add("url", of.url)
    if of.minute is None:
        found.add("dtstart", of.on)
        found.add("dtend", of.on + timedelta(days=1))
        found.add("transp", "TRANSPARENT")
    else:
        begins = moment(of.on, of.minute)
        found.add("dtstart", begins)
        found.add("dtend", begins + of.lasts)
    return found


def moment(day: date, minute: int) -> datetime:
    """A time of a day on the country's clocks as they are, or were, on that day, in UTC."""
    return datetime.combine(day, time(*divmod(minute, HOUR)), COUNTRY).astimezone(UTC)
