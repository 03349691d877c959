"""The frozen figures of a period: one row for each revision, written once; and the work of freezing them."""

import json
from dataclasses import replace
from enum import StrEnum, auto
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.db import Base, Code, Encrypted, Key, Line, Moment, Prose, spelled
from app.indicators.definitions.book import Book, Definition
from app.indicators.definitions.reading import book
from app.indicators.periods import Period, parse
from app.indicators.rows import from_dict
from app.indicators.tables import Release

OPEN = text("settled_at IS NULL")


class Snapshot(Base):
    """A period's protected release, and the true counts that it was made from. Never changed, never deleted.

    The counts are for the system alone: a later revision is protected together with this one, and says what moved.
    Purpose: figures that stay as they were given out. They speak of groups, and are kept for good.
    """

    __tablename__ = "indicator_snapshots"
    __table_args__ = (UniqueConstraint("period", "revision", name="uq_indicator_snapshots_period"),)

    id: Mapped[Key]
    period: Mapped[Code]
    revision: Mapped[int] = mapped_column(default=0, server_default="0")  # 0: as first frozen
    frozen_at: Mapped[Moment]
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # empty: the clock's own work
    definitions: Mapped[dict[str, int]] = mapped_column(JSON)  # the version of each indicator, by its code
    body: Mapped[Prose]  # the release as JSON, to the byte as it was hashed
    sha256: Mapped[str] = mapped_column(String(64))
    # The true counts as JSON; before there were revisions they were not kept. No page reads them.
    facts: Mapped[str | None] = mapped_column(Encrypted, deferred=True)
    facts_digest: Mapped[str | None] = mapped_column(String(64))  # keyed: nobody can try figures against it
    # As JSON: how much is hidden, by which rules, and what would hide less.
    protection: Mapped[str | None] = mapped_column(Encrypted, deferred=True)
    because: Mapped[Prose | None]  # why there is this revision
    moved: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")

    frozen_by: Mapped[User | None] = relationship()

    @property
    def half_year(self) -> Period:
        """The period that it is of, whichever kind."""
        return parse(self.period)

    @property
    def release(self) -> Release:
        return from_dict(json.loads(self.body))

    @property
    def book(self) -> Book:
        """The definitions and compositions by which it was counted, in their order."""
        whole = book()
        return replace(
            whole,
            definitions=tuple(each for each in whole.definitions if self.definitions.get(each.code) == each.version),
            compositions=tuple(each for each in whole.compositions if self.definitions.get(each.code) == each.version),
        )

    @property
    def defined(self) -> tuple[Definition, ...]:
        """The indicators by which it was counted, in their order."""
        return self.book.definitions


class Step(StrEnum):
    """How far a freezing has come."""

    WAITING = auto()
    COUNTING = auto()
    PROTECTING = auto()
    WEIGHING = auto()
    DONE = auto()

    @property
    def label(self) -> LazyString:
        return STEP_LABELS[self]

    @property
    def places(self) -> tuple[int, int]:
        """Which of the steps it is, of how many."""
        steps = list(Step)
        return steps.index(self), len(steps) - 1


STEP_LABELS = {
    Step.WAITING: _l("Waiting for its turn"),
    Step.COUNTING: _l("Counting the records"),
    Step.PROTECTING: _l("Choosing what to hide, and checking it"),
    Step.WEIGHING: _l("Weighing what it cost"),
    Step.DONE: _l("Done"),
}


class Freezing(Base):
    """Somebody's order to freeze a period, and what became of it. Purpose: accountability; kept with the journal.

    One that is open keeps others of its period out. ``claimed_until`` is until when a process may be at work on it.
    """

    __tablename__ = "indicator_freezings"
    __table_args__ = (
        Index("uq_indicator_freezings_open", "period", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_indicator_freezings_period_id", "period", "id"),
    )

    id: Mapped[Key]
    period: Mapped[Code]
    because: Mapped[Prose | None]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # empty: the clock, or the command
    asked_at: Mapped[Moment]
    spoken: Mapped[str] = mapped_column(String(2))  # by who asked: a refusal is said in it
    step: Mapped[Step] = mapped_column(spelled(Step), default=Step.WAITING)
    claimed_until: Mapped[Moment | None]
    settled_at: Mapped[Moment | None]
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("indicator_snapshots.id"))
    refusal: Mapped[Line | None]  # why nothing was frozen

    asked_by: Mapped[User | None] = relationship()
    snapshot: Mapped[Snapshot | None] = relationship()

    @property
    def span(self) -> Period:
        return parse(self.period)
