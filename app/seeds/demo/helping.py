"""The matches of a story and the sessions held, by the room's own verbs."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from app.access.policy import Permission
from app.clock import COUNTRY
from app.db import db
from app.offices.reading import Entry
from app.programs.models import Program
from app.seeds.demo.aiming import goal_named
from app.seeds.demo.telling import flag, maybe_text, number, part, word
from app.seeds.demo.thread import Thread
from app.sessions.logbook import Held, log_session
from app.sessions.matching import Deed, Help, Terms, end_match, make_match, renew_consent, withdraw_consent
from app.sessions.models import Helper, Match, Session
from app.sessions.review import ask, confirm, reply
from app.sessions.vocabulary import Absence, Medium
from app.web.dates import parse_time


def match(entry: Entry, thread: Thread) -> None:
    """Help as it began, went on and, perhaps, ended; the day of the first consent is the day of the match."""
    consents = entry.entries("consents")
    terms = [terms_of(row) for row in consents]
    on = terms[0].given_on
    made = make_match(thread.case, help_of(entry, thread), terms[0], (), deed_on(on, thread))
    db.session.add(made)
    db.session.flush()
    thread.keep(made.made_by, "sessions.create_match", Permission.MATCH_CLIENT, made)
    held = [(row.day("day"), row) for row in entry.entries("sessions")] if "sessions" in entry.rest else []
    events: list[tuple[date, Entry | Terms]] = [*held, *((each.given_on, each) for each in terms[1:])]
    for day, detail in sorted(events, key=lambda event: event[0]):
        if isinstance(detail, Terms):
            renew(detail, made, thread, day)
        else:
            hold(detail, made, thread, day)
        db.session.flush()
    if row := part(entry, "withdrawn"):
        day = row.day("day")
        withdraw_consent(made, maybe_text(row, "words"), deed_on(day, thread))
        row.end()
    if row := part(entry, "ended"):
        day = row.day("day")
        end_match(made, day, row.text("words"), deed_on(day, thread))
        row.end()
    db.session.flush()


def deed_on(day: date, thread: Thread) -> Deed:
    return Deed(thread.officer_on(day), thread.hours.on(day))


def terms_of(row: Entry) -> Terms:
    terms = Terms(
        given_on=row.day("given_on"),
        until_on=row.day("until_on"),
        names_phone=flag(row, "phone"),
        names_address=flag(row, "address"),
        representative=maybe_text(row, "representative"),
    )
    row.end()
    return terms


def help_of(entry: Entry, thread: Thread) -> Help:
    helper = thread.staff.users[entry.one_of("helper", tuple(thread.staff.users))]
    named = entry.take("goals", list, []) if "goals" in entry.rest else []
    newest = select(Program).where(Program.case_id == thread.case.id).order_by(Program.id.desc())
    program = db.session.scalars(newest).first()
    version = program.in_force if program else None
    threads = {goal_named(version, str(name)).thread for name in named} if version else set()
    record = db.session.get(Helper, helper.id)
    return Help(helper, record, entry.day("starts_on"), program.id if program and version else None, threads)


def renew(terms: Terms, made: Match, thread: Thread, day: date) -> None:
    record = db.session.get(Helper, made.helper_id)
    renew_consent(made, terms, record, deed_on(day, thread))


def hold(row: Entry, made: Match, thread: Thread, day: date) -> None:
    """A session as the helper logged it the same evening, and what the officer said of it."""
    goal = maybe_text(row, "goal")
    version = made.program.in_force if made.program else None
    absence = word(row, "absence", Absence) if "absence" in row.rest else None
    held = Held(
        on=day, starts_at=parse_time(row.text("at")), minutes=number(row, "minutes"),
        medium=word(row, "medium", Medium, Medium.IN_PERSON), place=maybe_text(row, "place"),
        absence=absence, done=maybe_text(row, "done"),
        is_worried="concern" in row.rest, concern=maybe_text(row, "concern"),
        goal_thread=goal_named(version, goal).thread if goal and version else None,
    )  # fmt: skip
    at = thread.hours.at(logged_at(day, held.starts_at, held.minutes))
    meeting = log_session(made, held, (), made.helper, at)
    db.session.add(meeting)
    db.session.flush()
    thread.keep(made.helper, "sessions.log", Permission.LOG_SESSION, meeting)
    look_at(row, meeting, thread)
    row.end()


def logged_at(day: date, starts_at: time, minutes: int) -> datetime:
    return datetime.combine(day, starts_at, COUNTRY) + timedelta(minutes=minutes + 40)


def look_at(row: Entry, meeting: Session, thread: Thread) -> None:
    if asked := part(row, "asked"):
        on = asked.day("day")
        question = ask(meeting, asked.text("words"), thread.officer_on(on), thread.hours.on(on))
        if "reply" in asked.rest:
            reply(question, asked.text("reply"), meeting.logged_by, thread.hours.on(asked.day("replied_on")))
        asked.end()
    if "confirmed_on" in row.rest:
        on = row.day("confirmed_on")
        confirm(meeting, thread.officer_on(on), thread.hours.on(on))
