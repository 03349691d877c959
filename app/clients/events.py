"""What happens in a person's life between two meetings: noted once, withdrawn with a reason, never deleted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.clients.cases import AboutCase, Case
from app.clients.models import NotPossible
from app.clients.vocabulary import EventKind
from app.db import Base, Key, Moment, OfUser, Prose, db, spelled

__all__ = [
    "CaseEvent", "EventKind", "EventWithdrawal", "Happened", "after_event", "note_event", "tell_of", "withdraw_event",
]  # fmt: skip

# Rooms above take their turn here when an event of a case is noted or withdrawn: they get the case and today, and
# act in the same transaction; they never commit. Each room appends its own callable when it is imported.
after_event: list[Callable[[Case, date], None]] = []


@dataclass(frozen=True, slots=True)
class Happened:
    """What is to be noted: its kind, its day, and some words where they help."""

    kind: EventKind
    on: date
    note: str | None = None


class CaseEvent(AboutCase, Base):
    """Something that happened on a day: an offence, a lost job, a home found. A row never changes.

    Purpose: to assess and to help in time (Law 38-VI); kept with the case.
    """

    __tablename__ = "case_events"
    __table_args__ = (Index("ix_case_events_on_case_id", "on", "case_id"),)

    id: Mapped[Key]
    kind: Mapped[EventKind] = mapped_column(spelled(EventKind))
    on: Mapped[date]  # when it happened; ``recorded_at`` is when the office wrote it down
    note: Mapped[Prose | None]
    recorded_at: Mapped[Moment]
    recorded_by_id: Mapped[OfUser]

    recorded_by: Mapped[User] = relationship()
    withdrawal: Mapped["EventWithdrawal | None"] = relationship(lazy="joined")


class EventWithdrawal(Base):
    """The fact that an event was noted by mistake, with the reason. Purpose: accountability; kept with the case."""

    __tablename__ = "case_event_withdrawals"

    event_id: Mapped[int] = mapped_column(ForeignKey("case_events.id"), primary_key=True)
    at: Mapped[Moment]
    by_id: Mapped[OfUser]
    reason: Mapped[Prose]

    by: Mapped[User] = relationship()


def note_event(case: Case, happened: Happened, by: User, today: date, at: datetime) -> CaseEvent:
    """Write down what happened on a day.

    Raises NotPossible on a closed case, for a day before the registration or after today, and for what is noted
    of that day already.
    """
    case.must_be_open()
    kind, on = happened.kind, happened.on
    case.must_cover(on, today)
    standing = CaseEvent.case_id == case.id, CaseEvent.kind == kind, CaseEvent.on == on
    if db.session.scalar(db.select(CaseEvent.id).where(*standing, ~CaseEvent.withdrawal.has()).limit(1)):
        raise NotPossible(_("This is noted of that day already."))
    event = CaseEvent(case=case, kind=kind, on=on, note=happened.note, recorded_by=by, recorded_at=at)
    db.session.add(event)
    return event


def withdraw_event(event: CaseEvent, reason: str, by: User, at: datetime) -> None:
    """Say that an event was noted by mistake. It stays on the page, struck, and counts no more.

    Raises NotPossible on a closed case and when it is withdrawn already.
    """
    event.case.must_be_open()
    if event.withdrawal:
        raise NotPossible(_("This event has been withdrawn already."))
    event.withdrawal = EventWithdrawal(by=by, at=at, reason=reason)


def tell_of(case: Case, today: date) -> None:
    """Let the rooms above look at the case again: what was noted or withdrawn is flushed, and not yet committed."""
    db.session.flush()
    for hook in after_event:
        hook(case, today)
