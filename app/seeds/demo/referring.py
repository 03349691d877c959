"""The referrals of a story: to which service and why, what happened, and how the provider was reminded."""

from datetime import date

from sqlalchemy import select

from app.access.policy import Permission
from app.assistance.models import Referral, Service
from app.assistance.referrals import referring as verbs
from app.assistance.referrals.referring import Asked, Reminded, Told
from app.assistance.referrals.vocabulary import REASONS, Event, Means, Result
from app.db import db
from app.offices.reading import Entry
from app.programs.models import Program
from app.seeds.demo.aiming import step_named
from app.seeds.demo.telling import flag, maybe_text, word
from app.seeds.demo.thread import Thread


def refer(entry: Entry, thread: Thread) -> None:
    """A referral as it was made, with everything that is known of it since."""
    on = entry.day("day")
    by, service = thread.officer_on(on), service_of(entry.text("service"))
    asked = Asked(
        why=entry.text("why"), made_on=on, need_code=maybe_text(entry, "need"), step_thread=thread_of(entry, thread),
        shares_contact=flag(entry, "shares_contact"),
    )  # fmt: skip
    referral = verbs.refer(thread.case, service, asked, by, thread.hours.on(on))
    db.session.flush()
    thread.keep(by, "assistance.refer", Permission.REFER_CLIENT, referral)
    told = entry.entries("events") if "events" in entry.rest else []
    reminded = entry.entries("reminders") if "reminders" in entry.rest else []
    for day, row in sorted([(row.day("day"), row) for row in told + reminded], key=lambda pair: pair[0]):
        if "how" in row.rest:
            remind(row, referral, day, thread)
        else:
            record(row, referral, day, thread)
        row.end()
        db.session.flush()


def record(row: Entry, referral: Referral, day: date, thread: Thread) -> None:
    """An event with its coded reason or outcome; told by the provider itself where it says so."""
    event = word(row, "event", Event)
    reason = REASONS[event](row.text("reason")) if event in REASONS else None
    result = word(row, "result", Result) if "result" in row.rest else None
    by = None if flag(row, "by_provider") else thread.officer_on(day)
    verbs.record(referral, Told(event, day, reason, result, maybe_text(row, "words")), by, thread.hours.on(day))
    if by:
        thread.keep(by, "assistance.record", Permission.REFER_CLIENT, referral)


def remind(row: Entry, referral: Referral, day: date, thread: Thread) -> None:
    by = thread.officer_on(day)
    verbs.remind(referral, Reminded(word(row, "how", Means), day, maybe_text(row, "words")), by, thread.hours.on(day))
    thread.keep(by, "assistance.remind", Permission.REFER_CLIENT, referral)


def service_of(code: str) -> Service:
    return db.session.scalars(select(Service).where(Service.code == code)).one()


def thread_of(entry: Entry, thread: Thread) -> str | None:
    """The thread of the programme's step that asks for the service."""
    if "step" not in entry.rest:
        return None
    newest = select(Program).where(Program.case_id == thread.case.id).order_by(Program.id.desc())
    program = db.session.scalars(newest).unique().first()
    version = program.in_force if program else None
    return step_named(version, entry.text("step")).thread if version else None
