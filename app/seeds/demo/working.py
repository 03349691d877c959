"""The community work of a story: the court's hours, the place, the days, the months as they were reported."""

from datetime import date

from app.access.policy import Permission
from app.db import db
from app.offices.reading import Entry
from app.seeds.demo.telling import flag, maybe_text, number, parts
from app.seeds.demo.thread import Thread
from app.supervision.community_work.models import WorkOrder
from app.supervision.community_work.vocabulary import DayKind
from app.supervision.community_work.working import Ordered, Placed, Reported, Told, note_day, order_work, report_month

HOUR = 60  # minutes


def work(entry: Entry, thread: Thread) -> None:
    """An order with its days: ``worked`` and ``absent`` are days of a month, noted on the day of ``noted_on``."""
    day = entry.day("ordered_on")
    placed = Placed(entry.day("from"), entry.text("place"), flag(entry, "idle"), maybe_text(entry, "overseer"))
    ordered = Ordered(number(entry, "hours"), day, placed, maybe_text(entry, "act"))
    by = thread.officer_on(day)
    order = order_work(thread.case, ordered, by, day, thread.hours.on(day))
    keep(thread, day, "community_work.create", order)
    for row in parts(entry, "months"):
        tell_month(row, order, thread)


def tell_month(entry: Entry, order: WorkOrder, thread: Thread) -> None:
    month, noted_on = entry.day("month"), entry.day("noted_on")
    minutes = number(entry, "hours", 4) * HOUR
    for told in days_of(entry, month, minutes):
        note_day(order, told, thread.officer_on(noted_on), noted_on, thread.hours.on(noted_on))
        db.session.flush()
    keep(thread, noted_on, "community_work.note_day", order)
    if "reported_on" in entry.rest:
        on = entry.day("reported_on")
        made = report_month(order, Reported(month, on), thread.officer_on(on), on, thread.hours.on(on))
        keep(thread, on, "community_work.report", made)


def days_of(entry: Entry, month: date, minutes: int) -> list[Told]:
    """The days of a month, in order, each with what is known of it."""
    known = {
        int(day): Told(month.replace(day=int(day)), DayKind.WORKED, minutes) for day in entry.text("worked").split()
    }
    for day in (maybe_text(entry, "absent") or "").split():
        known[int(day)] = Told(month.replace(day=int(day)), DayKind.ABSENT)
    return [known[day] for day in sorted(known)]


def keep(thread: Thread, day: date, what: str, made: object) -> None:
    db.session.flush()
    thread.keep(thread.officer_on(day), what, Permission.SUPERVISE_CLIENT, made)
