"""Deadlines of cases. Everything here is a fact with a moment: a row never changes."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.clients.cases import AboutCase
from app.db import Base, Code, Key, Moment, OfUser, Prose


class Deadline(AboutCase, Base):
    """By when something is to be done in a case, as the norm says that held when it was opened.

    Purpose: probation control within the terms of the law; kept with the case.
    """

    __tablename__ = "deadlines"
    __table_args__ = (
        Index("uq_deadlines_event", "case_id", "code", "since", unique=True),
        Index("ix_deadlines_due_on", "due_on"),
    )

    id: Mapped[Key]
    code: Mapped[Code]  # of the norm
    kind: Mapped[Code]  # what the norm is about
    since: Mapped[date]  # the day of the event from which the term runs, or before which it ends
    due_on: Mapped[date]
    norm_from: Mapped[date]  # valid_from of the norm that was used
    opened_at: Mapped[Moment]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # empty: by the calendar

    opened_by: Mapped[User | None] = relationship()
    met: Mapped["DeadlineMet | None"] = relationship(lazy="joined")
    withdrawal: Mapped["DeadlineWithdrawal | None"] = relationship(lazy="joined")
    changes: Mapped[list["DeadlineChange"]] = relationship(order_by="DeadlineChange.id", back_populates="deadline")

    @property
    def is_settled(self) -> bool:
        return self.met is not None or self.withdrawal is not None

    @property
    def accepted(self) -> "DeadlineChange | None":
        """The last change that the head of service accepted."""
        return next((row for row in reversed(self.changes) if row.answer and row.answer.is_accepted), None)

    @property
    def proposed(self) -> "DeadlineChange | None":
        """A change that waits for the head of service."""
        return next((row for row in reversed(self.changes) if row.answer is None), None)

    @property
    def norm_now_from(self) -> date:
        """From which day the norm holds that gives the day that holds."""
        return self.accepted.norm_from if self.accepted else self.norm_from

    @property
    def now_since(self) -> date:
        return self.accepted.since if self.accepted else self.since

    @property
    def now_due(self) -> date:
        """The day that holds: as opened, or as the last accepted change says."""
        return self.accepted.due_on if self.accepted else self.due_on


class DeadlineMet(Base):
    """The fact that what was due was done. Purpose: accountability; kept with the case."""

    __tablename__ = "deadline_meetings"

    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadlines.id"), primary_key=True)
    on: Mapped[date]
    by_id: Mapped[OfUser]
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class DeadlineWithdrawal(Base):
    """The fact that a deadline does not apply, with the reason. Purpose: accountability; kept with the case."""

    __tablename__ = "deadline_withdrawals"

    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadlines.id"), primary_key=True)
    reason: Mapped[Prose]
    by_id: Mapped[OfUser]
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class DeadlineChange(Base):
    """Another day that the norms of today give for an open deadline: proposed, and nothing by itself.

    Purpose: accountability; kept with the case.
    """

    __tablename__ = "deadline_changes"
    __table_args__ = (Index("uq_deadline_changes_day", "deadline_id", "since", "due_on", "norm_from", unique=True),)

    id: Mapped[Key]
    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadlines.id"))
    since: Mapped[date]
    due_on: Mapped[date]
    norm_from: Mapped[date]
    found_at: Mapped[Moment]

    deadline: Mapped[Deadline] = relationship(back_populates="changes")
    answer: Mapped["DeadlineChangeAnswer | None"] = relationship(lazy="joined")

    @property
    def about_client_id(self) -> int:
        return self.deadline.about_client_id


class DeadlineChangeAnswer(Base):
    """What the head of service said to a proposed day; there is one answer, and it stays.

    Purpose: accountability; kept with the case.
    """

    __tablename__ = "deadline_change_answers"

    change_id: Mapped[int] = mapped_column(ForeignKey("deadline_changes.id"), primary_key=True)
    is_accepted: Mapped[bool]
    words: Mapped[Prose | None]
    by_id: Mapped[OfUser]
    at: Mapped[Moment]

    by: Mapped[User] = relationship()
