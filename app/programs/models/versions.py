"""Programmes and their versions: a programme lasts, a version is what was drafted and signed at one time."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from app.access.models import User
from app.assessments.models import Assessment
from app.clients.cases import AboutCase, Case
from app.clients.models import Client
from app.clients.vocabulary import Stage
from app.db import Base, Code, Key, Moment
from app.programs.vocabulary import VersionState

if TYPE_CHECKING:
    from app.programs.models.carried import Removal
    from app.programs.models.decisions import Agreement, Approval, Closure, Review, Submission
    from app.programs.models.goals import Declined, Goal
    from app.programs.models.proposals import Basis, Proposal


class Program(AboutCase, Base):
    """One person's individual programme in one case. Purpose: measures 12 and 21; kept with the person.

    ``grew_from`` is the programme that it goes on from, at an earlier stage or in another case of the same person.
    """

    __tablename__ = "programs"

    id: Mapped[Key]
    number: Mapped[Code] = mapped_column(unique=True)
    opened_at: Mapped[Moment]
    grew_from_id: Mapped[int | None] = mapped_column(ForeignKey("programs.id"), unique=True)

    grew_from: Mapped["Program | None"] = relationship(remote_side="Program.id", back_populates="grew_into")
    grew_into: Mapped["Program | None"] = relationship(back_populates="grew_from")
    versions: Mapped[list["Version"]] = relationship(back_populates="program", order_by="Version.ordinal")
    closure: Mapped["Closure | None"] = relationship()

    @property
    def starts_on(self) -> date:
        """The day on which the first version started; later versions go on from there."""
        return self.versions[0].starts_on

    @property
    def stage(self) -> Stage | None:
        """The stage at which the case was when the programme started; that of its first day when it began later."""
        spans = self.case.stages
        return self.case.stage_on(self.starts_on) or (spans[0].stage if spans else None)

    @property
    def in_force(self) -> "Version | None":
        """The version approved last, by which the programme is carried out."""
        return next((version for version in reversed(self.versions) if version.approval), None)

    @property
    def pending(self) -> "Version | None":
        """The version that is being drafted or waits for an answer."""
        return next((version for version in reversed(self.versions) if not version.approval), None)

    @property
    def state(self) -> VersionState:
        leading = self.in_force or self.versions[-1]
        return leading.state


class Version(Base):
    """A programme as it was drafted at one time; after its approval nothing in it changes.

    Purpose: what the person agreed to and the head of service signed; kept with the person.
    """

    __tablename__ = "program_versions"
    __table_args__ = (
        Index("uq_program_versions_program_id_ordinal", "program_id", "ordinal", unique=True),
        CheckConstraint("starts_on < review_on", name="starts_before_review"),
    )

    id: Mapped[Key]
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id"))
    ordinal: Mapped[int]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"), index=True)
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    drafted_at: Mapped[Moment]
    starts_on: Mapped[date]
    review_on: Mapped[date]
    version: Mapped[int] = mapped_column(default=0)

    program: Mapped[Program] = relationship(back_populates="versions")
    assessment: Mapped[Assessment] = relationship()
    drafted_by: Mapped[User] = relationship()
    goals: Mapped[list["Goal"]] = relationship(
        back_populates="version_", cascade="all, delete-orphan", order_by="Goal.ordinal"
    )
    declined: Mapped[list["Declined"]] = relationship(cascade="all, delete-orphan", order_by="Declined.rule")
    basis: Mapped["Basis | None"] = relationship(cascade="all, delete-orphan")
    proposals: Mapped[list["Proposal"]] = relationship(
        back_populates="version_", cascade="all, delete-orphan", order_by="Proposal.position"
    )
    agreement: Mapped["Agreement | None"] = relationship(cascade="all, delete-orphan")
    removals: Mapped[list["Removal"]] = relationship(
        back_populates="version_", cascade="all, delete-orphan", order_by="Removal.id"
    )
    submissions: Mapped[list["Submission"]] = relationship(order_by="Submission.id", back_populates="version_")
    approval: Mapped["Approval | None"] = relationship()
    reviews: Mapped[list["Review"]] = relationship(order_by="Review.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def number(self) -> str:
        """The number on paper: P-2026-000012/1."""
        return f"{self.program.number}/{self.ordinal}"

    @property
    def case(self) -> Case:
        return self.program.case

    @property
    def client(self) -> Client:
        return self.program.case.client

    @property
    def about_client_id(self) -> int:
        return self.program.about_client_id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return self.program.holders

    @property
    def open_submission(self) -> "Submission | None":
        return next((row for row in self.submissions if row.answer is None and self.approval is None), None)

    @property
    def is_draft(self) -> bool:
        return self.approval is None and self.open_submission is None

    @property
    def state(self) -> VersionState:
        """How the version stands, as its rows tell it."""
        if self.approval:
            if self.program.in_force is not self:
                return VersionState.REPLACED
            return VersionState.ENDED if self.program.closure else VersionState.IN_FORCE
        if self.program.closure:
            return VersionState.DROPPED
        if self.open_submission:
            return VersionState.WAITING
        return VersionState.RETURNED if self.submissions else VersionState.DRAFT

    @property
    def next_review_on(self) -> date:
        """The day that the latest review set; before any, the day set in the programme itself."""
        return next((row.next_review_on for row in reversed(self.reviews) if row.next_review_on), self.review_on)

    def saved_over(self) -> None:
        """Count a change in any part of the version as a change of the version, so that two people never mix theirs."""
        flag_modified(self, "review_on")
