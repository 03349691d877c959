"""How the people of the stories are supervised: told after all stories, each entry about one case that is open."""

from collections.abc import Callable

from app.access.models import User
from app.access.policy import Permission
from app.clients.registration import after_case_opened
from app.db import db
from app.offices.reading import Entry
from app.seeds.demo.answering import breach, reward, search
from app.seeds.demo.contacting import contact, gather
from app.seeds.demo.reminding import agree_to_reminders, sign_reminders
from app.seeds.demo.reporting import come_first, open_office, report
from app.seeds.demo.staff import Staff
from app.seeds.demo.telling import parts
from app.seeds.demo.thread import Act, Thread
from app.seeds.demo.working import work
from app.supervision.deadlines.keeping import note_met
from app.supervision.deadlines.models import Deadline
from app.supervision.deadlines.queries import deadlines_of
from app.web.languages import speaking


def settle(row: Entry, thread: Thread) -> None:
    """A deadline that was met in another way than by a visit, a talk or work."""
    code, day = row.text("code"), row.day("day")
    found: Deadline = next(one for one in deadlines_of([thread.case]) if one.code == code)
    by = thread.officer_on(day)
    note_met(found, day, by, day, thread.hours.on(day))
    db.session.flush()
    thread.keep(by, "deadlines.fulfil", Permission.SUPERVISE_CLIENT, found)


# What happened in a case, by its key in the file, in the order in which one thing may name another.
CHAPTERS: dict[str, Callable[[Entry, Thread], object]] = {
    "first": come_first,
    "reporting": report,
    "contacts": contact,
    "work": work,
    "met": settle,
    "searches": search,
    "breaches": breach,
    "rewards": reward,
    "reminders": agree_to_reminders,
}


def open_offices(entries: list[Entry], staff: Staff) -> None:
    """The hours of each office, and how it signs reminders."""
    for entry in entries:
        head = staff.head_of(staff.offices[entry.text("code")].id)
        open_office(entry, head)
        sign_reminders(entry, head)
        entry.end()


def supervise(entries: list[Entry], staff: Staff) -> None:
    """Live through what the file tells of each case, in the language that the person is served in."""
    threads = {(thread.case.client.surname, thread.case.legal_basis): thread for thread in staff.threads}
    for entry in entries:
        thread = threads.get((entry.text("person"), entry.text("basis")))
        if thread is None:
            entry.note("is about nobody", "person")
            continue
        with speaking(thread.case.client.language):
            begin(thread)
            for key, live in CHAPTERS.items():
                for row in parts(entry, key):
                    live(row, thread)
        entry.end()


def begin(thread: Thread) -> None:
    """What the calendar opens when a case comes onto the register."""
    at = thread.hours.on(thread.case.registered_on)
    for hook in after_case_opened:
        hook(thread.case, at)
    db.session.flush()


def hold_events(entries: list[Entry], staff: Staff) -> None:
    """Group events, each for the people named."""
    threads = {thread.case.client.surname: thread for thread in staff.threads if thread.case.is_open}
    for entry in entries:
        by: User = staff.users[entry.text("by")]
        made, at = gather(entry, by, threads)
        staff.acts.append(Act(by, "group_events.create", Permission.HOLD_GROUP_EVENT, made).entry(None, at))
        entry.end()
