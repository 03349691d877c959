"""What a version sets out to do: goals, steps and how they stand, and the suggestions that were not taken."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.assessments.models import Need
from app.db import Base, Code, Key, Line, Moment, Prose, spelled
from app.programs.models.versions import Version
from app.programs.vocabulary import Doer, StepState


class Goal(Base):
    """What the person wants to reach. ``thread`` stays the same through the versions of the programme."""

    __tablename__ = "program_goals"

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("program_versions.id"), index=True)
    thread: Mapped[str] = mapped_column(String(32), index=True)
    ordinal: Mapped[int]
    text: Mapped[Line]
    need_id: Mapped[int | None] = mapped_column(ForeignKey("assessment_needs.id"))
    rule: Mapped[Code | None]  # the suggestion that it was taken from

    version_: Mapped[Version] = relationship(back_populates="goals")
    need: Mapped[Need | None] = relationship()
    steps: Mapped[list["Step"]] = relationship(
        back_populates="goal", cascade="all, delete-orphan", order_by="Step.ordinal"
    )

    @property
    def about_client_id(self) -> int:
        return self.version_.about_client_id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return self.version_.holders


class Step(Base):
    """Who does what by when. ``thread`` joins it to its progress through the versions of the programme."""

    __tablename__ = "program_steps"

    id: Mapped[Key]
    goal_id: Mapped[int] = mapped_column(ForeignKey("program_goals.id"), index=True)
    thread: Mapped[str] = mapped_column(String(32), index=True)
    ordinal: Mapped[int]
    text: Mapped[Line]
    doer: Mapped[Doer] = mapped_column(spelled(Doer))
    due_on: Mapped[date] = mapped_column(index=True)

    goal: Mapped[Goal] = relationship(back_populates="steps")

    @property
    def about_client_id(self) -> int:
        return self.goal.about_client_id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return self.goal.holders


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


class Declined(Base):
    """A suggestion that the officer did not take, and why."""

    __tablename__ = "program_declined"

    version_id: Mapped[int] = mapped_column(ForeignKey("program_versions.id"), primary_key=True)
    rule: Mapped[Code] = mapped_column(primary_key=True)
    reason: Mapped[Prose]
