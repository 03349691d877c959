"""Programmes and their versions: drafted, submitted, returned or approved, carried out, reviewed, closed."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from app.access.models import User
from app.assessments.models import Assessment, Need
from app.clients.cases import AboutCase, Case
from app.clients.models import Client
from app.db import Base, Code, Key, Line, Moment, Prose, spelled
from app.programs.vocabulary import Consenting, Doer, Outcome, StepState, Verdict, VersionState


class Program(AboutCase, Base):
    """One person's individual programme in one case. Purpose: measures 12 and 21; kept with the person."""

    __tablename__ = "programs"

    id: Mapped[Key]
    number: Mapped[Code] = mapped_column(unique=True)
    opened_at: Mapped[Moment]

    versions: Mapped[list["Version"]] = relationship(back_populates="program", order_by="Version.ordinal")
    closure: Mapped["Closure | None"] = relationship()

    @property
    def starts_on(self) -> date:
        """The day on which the first version started; later versions go on from there."""
        return self.versions[0].starts_on

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
    agreement: Mapped["Agreement | None"] = relationship(cascade="all, delete-orphan")
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


class Agreement(Base):
    """What the person says to the programme, in their own words; for a minor, with the representative."""

    __tablename__ = "program_agreements"

    version_id: Mapped[int] = mapped_column(ForeignKey("program_versions.id"), primary_key=True)
    answer: Mapped[Consenting] = mapped_column(spelled(Consenting))
    words: Mapped[Prose | None]
    representative: Mapped[Line | None]
    on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class Submission(Base):
    """The fact that a version was laid before the head of service."""

    __tablename__ = "program_submissions"

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("program_versions.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    version_: Mapped[Version] = relationship(back_populates="submissions")
    by: Mapped[User] = relationship()
    answer: Mapped["Return | None"] = relationship()


class Return(Base):
    """The fact that a submission was returned, with the words that say what to mend."""

    __tablename__ = "program_returns"

    submission_id: Mapped[int] = mapped_column(ForeignKey("program_submissions.id"), primary_key=True)
    words: Mapped[Prose]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class Approval(Base):
    """The fact that a version was approved, by somebody other than its author. Never changed, never deleted."""

    __tablename__ = "program_approvals"

    version_id: Mapped[int] = mapped_column(ForeignKey("program_versions.id"), primary_key=True)
    on: Mapped[date] = mapped_column(index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class Review(Base):
    """A look back at an approved version: what was found, and what is decided."""

    __tablename__ = "program_reviews"

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("program_versions.id"), index=True)
    on: Mapped[date]
    verdict: Mapped[Verdict] = mapped_column(spelled(Verdict))
    words: Mapped[Prose]
    next_review_on: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class Closure(Base):
    """The end of a programme and its outcome. Never changed."""

    __tablename__ = "program_closures"

    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id"), primary_key=True)
    on: Mapped[date]
    outcome: Mapped[Outcome] = mapped_column(spelled(Outcome))
    words: Mapped[Prose]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class Sheet(Base):
    """The bytes of an issued sheet, one language each, as they were printed first. Never changed."""

    __tablename__ = "program_sheets"

    version_id: Mapped[int] = mapped_column(ForeignKey("program_versions.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    issued_at: Mapped[Moment]

    issued_by: Mapped[User] = relationship()
