"""The contacts of a story, inspections of a home, and the group events of an office."""

from collections.abc import Mapping
from datetime import date, datetime, time

from app.access.models import User
from app.access.policy import Permission
from app.clock import COUNTRY
from app.db import db
from app.offices.reading import Entry
from app.seeds.demo.reporting import UNTIL, minute_of
from app.seeds.demo.telling import flag, maybe_text, names, number, part, word
from app.seeds.demo.thread import Thread
from app.supervision.contacts.groups.holding import Answer, Planned, hold_event, note_attendance
from app.supervision.contacts.models import GroupEvent
from app.supervision.contacts.noting import Found, Told, note_contact
from app.supervision.contacts.vocabulary import (
    Attended,
    Condition,
    ContactKind,
    GroupKind,
    Means,
    Seen,
    TalkAbout,
    Whom,
)


def contact(entry: Entry, thread: Thread) -> None:
    """A contact of a ``kind`` on a ``day``; with the person, who was reached, unless it says otherwise."""
    day, kind = entry.day("day"), word(entry, "kind", ContactKind)
    told = Told(
        kind=kind, on=day, whom=word(entry, "whom", Whom, Whom.PERSON), reached=not flag(entry, "in_vain"),
        minutes=number(entry, "minutes") or None,
        about=word(entry, "about", TalkAbout, TalkAbout.PREVENTIVE) if kind is ContactKind.TALK else None,
        means=word(entry, "means", Means, Means.SMS) if kind is ContactKind.MESSAGE else None,
        place=maybe_text(entry, "place"), words=maybe_text(entry, "words"), found=found_of(entry),
    )  # fmt: skip
    by = thread.officer_on(day)
    made = note_contact(thread.case, told, by, day, thread.hours.on(day))
    db.session.flush()
    thread.keep(by, "contacts.create", Permission.SUPERVISE_CLIENT, made)


def found_of(entry: Entry) -> Found | None:
    row = part(entry, "found")
    if row is None:
        return None
    seen = {name: word(row, name, Seen, Seen.YES) for name in ("own_place", "provided_for", "cared_for", "safe")}
    found = Found(
        body=row.text("body"), representative=row.text("representative"), present=maybe_text(row, "present"),
        condition=word(row, "condition", Condition, Condition.GOOD), found=row.text("words"),
        advised=maybe_text(row, "advised"), **seen,
    )  # fmt: skip
    row.end()
    return found


def gather(entry: Entry, by: User, threads: Mapping[str, Thread]) -> tuple[GroupEvent, datetime]:
    """A group event for the people named; on the day itself or before, who came is noted too."""
    day, made_on = entry.day("day"), entry.day("made_on")
    people = names(entry, "people")
    cases = [threads[name].case for name in people]
    planned = Planned(
        kind=word(entry, "kind", GroupKind), title=entry.text("title"), on=day, minute=minute_of(entry),
        minutes=number(entry, "minutes") or None, place=maybe_text(entry, "place"),
    )  # fmt: skip
    at = datetime.combine(made_on, time(15), COUNTRY)
    event = hold_event(planned, cases, by, made_on, at)
    db.session.flush()
    missing = set(names(entry, "did_not_come"))
    if day < UNTIL:
        attend(event, {name: row.id for name, row in zip(people, event.participants, strict=True)}, missing, day)
    return event, at


def attend(event: GroupEvent, numbers: Mapping[str, int], missing: set[str], day: date) -> None:
    answers = {
        row: Answer(Attended.DID_NOT_COME if name in missing else Attended.CAME) for name, row in numbers.items()
    }
    note_attendance(event, answers, event.made_by, day, datetime.combine(day, time(17), COUNTRY))
    db.session.flush()
