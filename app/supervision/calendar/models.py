"""Reporting rhythms, the visits that they make, how visits moved, and what came of each. Every fact is a row."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.clients.cases import AboutCase
from app.clients.models import Dated
from app.db import Base, Code, Key, Line, Moment, Prose, spelled
from app.supervision.calendar.vocabulary import Came, Per, ValidReason, VisitKind

BY_THE_CALENDAR = "rhythm_id IS NOT NULL AND made_by_id IS NULL"
AWAITED = "NOT is_settled"
TIMED = "minute IS NOT NULL"


class Rhythm(Dated, AboutCase, Base):
    """How often a person reports and on which days, from a day on. What was set never changes; the next one ends it.

    ``days``: of the month ("5,20"), of the week (Monday is 1: "2"), or of the quarter as month and day ("1.15").
    ``planned_until`` is the calendar's own note: visits are made up to this day.
    Purpose: probation control (Penal Execution Code 234-V); kept with the case.
    """

    __tablename__ = "rhythms"
    __table_args__ = (
        CheckConstraint("to_on IS NULL OR from_on <= to_on", name="span"),
        CheckConstraint("times > 0", name="times"),
        CheckConstraint("norm_code IS NOT NULL OR reason IS NOT NULL", name="norm_or_reason"),
        Index("uq_rhythms_open", "case_id", unique=True,
              sqlite_where=text("to_on IS NULL"), postgresql_where=text("to_on IS NULL")),
        Index("ix_rhythms_planned_until_open", "planned_until", "id",
              sqlite_where=text("to_on IS NULL"), postgresql_where=text("to_on IS NULL")),
    )  # fmt: skip

    id: Mapped[Key]
    times: Mapped[int]
    per: Mapped[Per] = mapped_column(spelled(Per))
    days: Mapped[str] = mapped_column(String(100))
    is_rural: Mapped[bool]
    norm_code: Mapped[Code | None]  # the norm that it follows; empty where the service sets the days by itself
    reason: Mapped[Prose | None]  # why it is so, where no norm says it or it differs from the norm
    planned_until: Mapped[date]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    set_at: Mapped[Moment]

    set_by: Mapped[User] = relationship()


class Visit(AboutCase, Base):
    """A person is expected at the office on a day. Never changed: a visit that moves is replaced by another.

    ``is_settled``: it moved, fell away or has an outcome; the database takes none of these without it, so that what
    is still awaited is found at once among years of visits.
    Purpose: probation control (Penal Execution Code 234-V); kept with the case.
    """

    __tablename__ = "visits"
    __table_args__ = (
        CheckConstraint("minute IS NULL OR minute BETWEEN 0 AND 1439", name="minute"),
        CheckConstraint("made_by_id IS NOT NULL OR kind <> 'called'", name="called_by_somebody"),
        Index("ix_visits_case_id_on", "case_id", "on"),
        Index("ix_visits_on_case_id", "on", "case_id"),
        Index("ix_visits_awaited", "case_id", "on", sqlite_where=text(AWAITED), postgresql_where=text(AWAITED)),
        Index("ix_visits_awaited_on", "on", "case_id", sqlite_where=text(AWAITED), postgresql_where=text(AWAITED)),
        Index("ix_visits_at_a_time", "on", "case_id", sqlite_where=text(TIMED), postgresql_where=text(TIMED)),
        Index("uq_visits_by_the_calendar", "rhythm_id", "on", unique=True,
              sqlite_where=text(BY_THE_CALENDAR), postgresql_where=text(BY_THE_CALENDAR)),
    )  # fmt: skip

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))  # found by the index of days
    kind: Mapped[VisitKind] = mapped_column(spelled(VisitKind))
    on: Mapped[date]
    minute: Mapped[int | None]  # from midnight, on the office's clocks; empty: any time of the office's hours
    rhythm_id: Mapped[int | None] = mapped_column(ForeignKey("rhythms.id"))
    made_at: Mapped[Moment]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # empty: by the calendar
    is_settled: Mapped[bool] = mapped_column(default=False)

    rhythm: Mapped[Rhythm | None] = relationship()
    made_by: Mapped[User | None] = relationship()
    move: Mapped["VisitMove | None"] = relationship(foreign_keys="VisitMove.visit_id", back_populates="visit")
    outcomes: Mapped[list["VisitOutcome"]] = relationship(order_by="VisitOutcome.ordinal", back_populates="visit")

    @property
    def outcome(self) -> "VisitOutcome | None":
        """What counts: the last that was noted; None while nobody noted anything."""
        return self.outcomes[-1] if self.outcomes else None


class VisitMove(Base):
    """A visit no longer stands: another one replaces it, or it falls away. Never changed.

    ``rhythm_id`` is the new rhythm whose days took its place, where that is why. Purpose: as of the visit's.
    """

    __tablename__ = "visit_moves"
    __table_args__ = (
        CheckConstraint("reason IS NOT NULL OR rhythm_id IS NOT NULL", name="says_why"),
        CheckConstraint("to_visit_id IS NULL OR to_visit_id <> visit_id", name="to_another"),
    )

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), primary_key=True)
    to_visit_id: Mapped[int | None] = mapped_column(ForeignKey("visits.id"), unique=True)  # empty: it falls away
    rhythm_id: Mapped[int | None] = mapped_column(ForeignKey("rhythms.id"))
    reason: Mapped[Prose | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    visit: Mapped[Visit] = relationship(foreign_keys=[visit_id], back_populates="move")
    to_visit: Mapped[Visit | None] = relationship(foreign_keys=[to_visit_id])
    by: Mapped[User] = relationship()


class VisitOutcome(Base):
    """What came of a visit; the last one counts, and each after the first says why. Never changed.

    ``on`` is the day on which the person came, or did not. Purpose: as of the visit's; kept with the case.
    """

    __tablename__ = "visit_outcomes"
    __table_args__ = (
        CheckConstraint("ordinal > 0", name="ordinal"),
        CheckConstraint("(kind = 'valid_reason') = (reason IS NOT NULL)", name="reason_when_valid"),
        CheckConstraint("kind <> 'valid_reason' OR proof IS NOT NULL", name="proof_when_valid"),
        CheckConstraint("ordinal = 1 OR words IS NOT NULL", name="correction_says_why"),
        Index("uq_visit_outcomes_visit_id_ordinal", "visit_id", "ordinal", unique=True),
        Index("ix_visit_outcomes_on", "on", "kind"),
    )

    id: Mapped[Key]
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"))
    ordinal: Mapped[int]
    kind: Mapped[Came] = mapped_column(spelled(Came))
    on: Mapped[date]
    reason: Mapped[ValidReason | None] = mapped_column(spelled(ValidReason))
    proof: Mapped[Line | None]  # what proves the reason: which paper, of whom; never a copy of it
    words: Mapped[Prose | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    visit: Mapped[Visit] = relationship(back_populates="outcomes")
    by: Mapped[User] = relationship()

    @property
    def about_client_id(self) -> int:
        return self.visit.about_client_id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return self.visit.holders
