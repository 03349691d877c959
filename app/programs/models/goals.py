"""What a version sets out to do: goals, their areas and strengths, steps, and the suggestions that were not taken."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.assessments.models import Need
from app.assistance.vocabulary import Direction
from app.db import Base, Code, Key, Line, Prose, spelled
from app.programs.models.versions import Version
from app.programs.vocabulary import Doer, Phase


class Goal(Base):
    """What the person wants to reach: now, or later.

    ``thread`` stays the same through the versions of the programme, and through the programme that goes on from it.
    """

    __tablename__ = "program_goals"

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("program_versions.id"), index=True)
    thread: Mapped[str] = mapped_column(String(32), index=True)
    ordinal: Mapped[int]
    text: Mapped[Line]
    need_id: Mapped[int | None] = mapped_column(ForeignKey("assessment_needs.id"))
    rule: Mapped[Code | None]  # the suggestion that it was taken from
    phase: Mapped[Phase] = mapped_column(spelled(Phase), default=Phase.ACTIVE, server_default=Phase.ACTIVE)
    target_on: Mapped[date | None]
    own_strengths: Mapped[Line | None]  # that no assessment names: what else helps the person to get there

    version_: Mapped[Version] = relationship(back_populates="goals")
    need: Mapped[Need | None] = relationship()
    steps: Mapped[list["Step"]] = relationship(
        back_populates="goal", cascade="all, delete-orphan", order_by="Step.ordinal"
    )
    areas: Mapped[list["RelatedArea"]] = relationship(cascade="all, delete-orphan", order_by="RelatedArea.code")
    strengths: Mapped[list["Strength"]] = relationship(cascade="all, delete-orphan", order_by="Strength.code")

    @property
    def noted_strengths(self) -> list[tuple[str, str]]:
        """The strengths that it builds on: the domain's code, and what the assessment noted under it."""
        noted = {note.domain_code: note.text for note in self.version_.assessment.notes}
        return [(row.code, text) for row in self.strengths if (text := noted.get(row.code))]

    @property
    def about_client_id(self) -> int:
        return self.version_.about_client_id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return self.version_.holders


class RelatedArea(Base):
    """An area of need that a goal helps with beside its main one."""

    __tablename__ = "program_goal_areas"

    goal_id: Mapped[int] = mapped_column(ForeignKey("program_goals.id"), primary_key=True)
    code: Mapped[Code] = mapped_column(primary_key=True)  # as the assessment names it


class Strength(Base):
    """A strength that a goal builds on: what the version's assessment noted under this domain."""

    __tablename__ = "program_goal_strengths"

    goal_id: Mapped[int] = mapped_column(ForeignKey("program_goals.id"), primary_key=True)
    code: Mapped[Code] = mapped_column(primary_key=True)  # of the domain in the instrument


class Step(Base):
    """Who does what by when. ``thread`` joins it to its progress through the versions of the programme."""

    __tablename__ = "program_steps"
    __table_args__ = (CheckConstraint("hours > 0", name="hours"),)

    id: Mapped[Key]
    goal_id: Mapped[int] = mapped_column(ForeignKey("program_goals.id"), index=True)
    thread: Mapped[str] = mapped_column(String(32), index=True)
    ordinal: Mapped[int]
    text: Mapped[Line]
    doer: Mapped[Doer] = mapped_column(spelled(Doer))
    due_on: Mapped[date] = mapped_column(index=True)
    direction: Mapped[Direction | None] = mapped_column(spelled(Direction))  # of the service that can deliver it
    hours: Mapped[int | None]  # of contact, all together

    goal: Mapped[Goal] = relationship(back_populates="steps")

    @property
    def about_client_id(self) -> int:
        return self.goal.about_client_id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return self.goal.holders


class Declined(Base):
    """A suggestion that the officer did not take, and why."""

    __tablename__ = "program_declined"

    version_id: Mapped[int] = mapped_column(ForeignKey("program_versions.id"), primary_key=True)
    rule: Mapped[Code] = mapped_column(primary_key=True)
    reason: Mapped[Prose]
