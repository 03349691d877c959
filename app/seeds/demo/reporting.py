"""The reporting days of a story, and what came of each visit: the person came, unless the file says otherwise."""

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import select

from app.access.models import User
from app.access.policy import Permission
from app.clients.cases import Case
from app.clock import COUNTRY
from app.db import db
from app.offices.models import Office
from app.offices.reading import Entry
from app.seeds.demo.telling import flag, maybe_text, number, pairs, part, word
from app.seeds.demo.thread import Thread
from app.supervision.calendar.coming import Moved, When, call, move
from app.supervision.calendar.days import read_days
from app.supervision.calendar.first import meet_term
from app.supervision.calendar.models import Rhythm, Visit
from app.supervision.calendar.outcomes import Told, note_outcome
from app.supervision.calendar.planning import plan
from app.supervision.calendar.rhythms import Asked, set_rhythm
from app.supervision.calendar.vocabulary import Came, Per, ValidReason, VisitKind
from app.supervision.hours.setting import set_week
from app.supervision.hours.slots import Week, read_spans

UNTIL = date(2026, 11, 20)  # the day of the demonstration: what falls on it or later is still to come
HOUR = 60  # minutes


def open_office(entry: Entry, head: User) -> None:
    """The week of an office, by the numbers of its days."""
    office_id, day = head.office_id, entry.day("hours_from")
    spans = {int(weekday): read_spans(text) for weekday, text in pairs(entry, "hours").items()}
    week = Week(day, number(entry, "slot_minutes", 30), number(entry, "capacity", 1), spans)
    set_week(office_id, week, head, day, datetime.combine(day, time(10), COUNTRY))
    db.session.flush()


def come_first(entry: Entry, thread: Thread) -> None:
    """What came of the first appearance, which the calendar expects on the last day of its term."""
    own = select(Visit).where(Visit.case_id == thread.case.id, Visit.kind == VisitKind.FIRST)
    visit = db.session.scalars(own).one()
    tell_visit(visit, entry, thread)


def report(entry: Entry, thread: Thread) -> None:
    """The days set ``from`` a day on (the registration), and what came of the visits before the story's day."""
    case = thread.case
    day = entry.day("from") if "from" in entry.rest else case.registered_on
    by, at = thread.officer_on(day), thread.hours.on(day)
    days = read_days(word(entry, "per", Per, Per.MONTH), entry.text("days"))
    is_rural = db.session.get_one(Office, by.office_id).is_rural
    rhythm = set_rhythm(case, Asked(days, day, is_rural, maybe_text(entry, "reason")), by, day, at)
    thread.keep(by, "visits.set_days", Permission.SUPERVISE_CLIENT, case)
    plan(rhythm, case, UNTIL, at)
    db.session.flush()
    told = {row.day("day"): row for row in entry.entries("but")} if "but" in entry.rest else {}
    for visit in visits_until(rhythm, case):
        row = told.pop(visit.on, None)
        tell_visit(visit, row, thread)
        if row:
            row.end()
    for row in told.values():
        row.note("is no reporting day", "day")
    summon(entry, case, thread)


def visits_until(rhythm: Rhythm, case: Case) -> Sequence[Visit]:
    own = select(Visit).where(Visit.rhythm_id == rhythm.id, Visit.case_id == case.id, Visit.on < UNTIL)
    return db.session.scalars(own.order_by(Visit.on)).all()


def tell_visit(visit: Visit, entry: Entry | None, thread: Thread) -> None:
    """What came of one visit; without an entry the person came."""
    if entry and "moved_to" in entry.rest:
        visit = moved(visit, entry, thread)
    late_on = entry.day_or_none("late_on") if entry else None
    noted_on = entry.day("noted_on") if entry and "noted_on" in entry.rest else late_on or visit.on
    if noted_on >= UNTIL:
        return
    by, at = thread.officer_on(noted_on), thread.hours.on(noted_on)
    note_outcome(visit, told_of(entry, late_on), by, noted_on, at)
    keep_visit(visit, noted_on, thread)
    if entry and (again := part(entry, "corrected")):
        correct(visit, again, thread)


def told_of(entry: Entry | None, late_on: date | None) -> Told:
    if entry is None:
        return Told(Came.CAME)
    kind = Came.CAME_LATE if late_on else word(entry, "outcome", Came, Came.CAME)
    reason = word(entry, "reason", ValidReason) if kind is Came.VALID_REASON else None
    return Told(kind, late_on, reason, maybe_text(entry, "proof"), maybe_text(entry, "words"))


def moved(visit: Visit, entry: Entry, thread: Thread) -> Visit:
    day = entry.day("moved_on")
    when = When(entry.day("moved_to"), minute_of(entry))
    by, at = thread.officer_on(day), thread.hours.on(day)
    instead = move(visit, Moved(when, entry.text("why")), by, day, at)
    db.session.flush()
    thread.keep(by, "visits.move", Permission.SUPERVISE_CLIENT, visit)
    return instead


def correct(visit: Visit, entry: Entry, thread: Thread) -> None:
    """A paper that came later: the last outcome counts."""
    day = entry.day("day")
    by, at = thread.officer_on(day), thread.hours.on(day)
    reason = word(entry, "reason", ValidReason)
    told = Told(Came.VALID_REASON, None, reason, entry.text("proof"), entry.text("words"), len(visit.outcomes))
    note_outcome(visit, told, by, day, at)
    keep_visit(visit, day, thread)
    entry.end()


def keep_visit(visit: Visit, day: date, thread: Thread) -> None:
    db.session.flush()
    meet_term(visit, day)
    thread.keep(thread.officer_on(day), "visits.tell", Permission.SUPERVISE_CLIENT, visit)


def summon(entry: Entry, case: Case, thread: Thread) -> None:
    """A day to which the officer called the person, besides the reporting days."""
    if row := part(entry, "called"):
        day = row.day("day")
        by, at = thread.officer_on(day), thread.hours.on(day)
        visit = call(case, When(row.day("to"), minute_of(row)), by, day, at)
        db.session.flush()
        thread.keep(by, "visits.create", Permission.SUPERVISE_CLIENT, visit)
        if flag(row, "came"):
            tell_visit(visit, None, thread)
        row.end()


def minute_of(entry: Entry) -> int | None:
    """A time of day, as 10:30, in minutes from midnight."""
    if (said := maybe_text(entry, "at")) is None:
        return None
    hours, minutes = said.split(":")
    return int(hours) * HOUR + int(minutes)
