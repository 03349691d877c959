"""How goals and steps fare: progress while the programme is carried out, and goals that were removed from a draft."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.db import Base, Key, Line, Moment, Prose, spelled
from app.programs.models.versions import Version
from app.programs.vocabulary import GoalState, StepState


class Progress(Base):
    """How a step stands from a day on; the latest row counts. Never changed."""

    __tablename__ = "program_progress"
    __table_args__ = (Index("ix_program_progress_thread_id", "thread", "id"),)

    id: Mapped[Key]
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id"), index=True)
    thread: Mapped[str] = mapped_column(String(32))  # of the step
    state: Mapped[StepState] = mapped_column(spelled(StepState))
    on: Mapped[date]
    note: Mapped[Prose | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class GoalProgress(Base):
    """A goal was achieved, or is taken up again, from a day on; the latest row counts. Never changed.

    Purpose: measures 12 and 21, what a programme comes to; kept with the person.
    """

    __tablename__ = "program_goal_progress"
    __table_args__ = (Index("ix_program_goal_progress_thread_id", "thread", "id"),)

    id: Mapped[Key]
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id"), index=True)
    thread: Mapped[str] = mapped_column(String(32))  # of the goal
    state: Mapped[GoalState] = mapped_column(spelled(GoalState))
    on: Mapped[date]
    note: Mapped[Prose | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class Removal(Base):
    """A goal was removed in this version, and why; ``kept`` is the goal as it was, so that it can be taken back.

    Purpose: what was given up is seen with its reason; kept with the person, and never changed once it is signed.
    """

    __tablename__ = "program_goal_removals"

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("program_versions.id"), index=True)
    thread: Mapped[str] = mapped_column(String(32))
    text: Mapped[Line]
    kept: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[Prose]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    version_: Mapped[Version] = relationship(back_populates="removals")
    by: Mapped[User] = relationship()
    taken_back: Mapped["TakingBack | None"] = relationship(cascade="all, delete-orphan")

    @property
    def rule(self) -> str | None:
        """The suggestion that the goal was taken from."""
        rule: str | None = self.kept["rule"]
        return rule

    @property
    def about_client_id(self) -> int:
        return self.version_.about_client_id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return self.version_.holders


class TakingBack(Base):
    """A removed goal was taken back into the draft."""

    __tablename__ = "program_goal_takings_back"

    removal_id: Mapped[int] = mapped_column(ForeignKey("program_goal_removals.id"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()
