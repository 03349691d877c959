"""What happens between the visits of a story, and what early warning makes of it; some of it is already looked into."""

from collections.abc import Callable
from datetime import date, datetime, time

from sqlalchemy import select

from app.access.models import User
from app.access.policy import Permission
from app.clients.events import EventKind, Happened, note_event
from app.clock import COUNTRY
from app.db import db
from app.offices.reading import Entry
from app.seeds.demo.staff import Staff
from app.seeds.demo.telling import maybe_text, word
from app.seeds.demo.thread import Act, Thread
from app.signals.models import Signal
from app.signals.raising import CHUNK, Evaluation
from app.signals.vocabulary import Reason
from app.web.addresses import LARGEST

# The nights whose evaluation is told: by each day's own facts, so that not everything was raised on one.
NIGHTS = (date(2026, 11, 6), date(2026, 11, 13), date(2026, 11, 20))
LOOKED_INTO = datetime(2026, 11, 20, 10, 15, tzinfo=COUNTRY)


def happen(entry: Entry, thread: Thread) -> None:
    """An event of a ``kind`` on a ``day``, noted on that day."""
    day = entry.day("day")
    happened = Happened(word(entry, "kind", EventKind), day, maybe_text(entry, "note"))
    event = note_event(thread.case, happened, thread.officer_on(day), day, thread.hours.on(day))
    db.session.flush()
    thread.keep(thread.officer_on(day), "clients.create_event", Permission.EDIT_CLIENT, event)


def seen(signal: Signal, by: User) -> None:
    signal.acknowledge(by, LOOKED_INTO)


def acted_on(signal: Signal, by: User) -> None:
    signal.note_action("Позвонила в центр занятости: собеседование на складе во вторник.", by, LOOKED_INTO)


def false_alarm(signal: Signal, by: User) -> None:
    words = "Емханасын ауыстырған, ем тоқтаған жоқ: жаңа дәрігердің анықтамасын көрсетті."
    signal.close(Reason.EXPLAINED, words, by, LOOKED_INTO)


# Which signal of a rule, in the order of their numbers, and what its officer did.
ACTS: tuple[tuple[str, int, Callable[[Signal, User], None], str], ...] = (
    ("acute_item_high", 0, seen, "signals.acknowledge"),
    ("loss", 0, false_alarm, "signals.act"),
    ("loss", 1, acted_on, "signals.act"),
)


def warn(staff: Staff) -> None:
    """Evaluate the rules as of some nights, and let the officers look into three signals."""
    for night in NIGHTS:
        Evaluation(night, datetime.combine(night, time(2, 40), COUNTRY)).go_through(0, LARGEST, CHUNK)
    officers = {user.id: user for user in staff.users.values()}
    for code, place, act, what in ACTS:
        raised = db.session.scalars(select(Signal).where(Signal.rule_code == code).order_by(Signal.id)).unique().all()
        by = officers[raised[place].case.assignment.officer_id or 0]
        act(raised[place], by)
        db.session.flush()
        done = Act(by, what, Permission.HANDLE_SIGNAL, raised[place])
        staff.acts.append(done.entry(raised[place].about_client_id, LOOKED_INTO))
