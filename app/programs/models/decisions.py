"""What is decided about a version: the person's answer, submission, return, approval; reviews; the closure."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.db import Base, Key, Line, Moment, Prose, spelled
from app.programs.models.versions import Version
from app.programs.vocabulary import Consenting, GoalOutcome, Outcome, Verdict


class Agreement(Base):
    """What the person says to the programme, in their own words; for a minor, with the representative.

    Purpose: the person has a say in the programme (measure 12); kept with the version.
    """

    __tablename__ = "program_agreements"

    version_id: Mapped[int] = mapped_column(ForeignKey("program_versions.id"), primary_key=True)
    answer: Mapped[Consenting] = mapped_column(spelled(Consenting))
    words: Mapped[Prose | None]
    representative: Mapped[Line | None]
    present: Mapped[Line | None]  # who else was there when the programme was talked over
    on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()
    exceptions: Mapped[list["NotAgreed"]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by="NotAgreed.thread"
    )

    @property
    def not_agreed(self) -> set[str]:
        """The threads of the goals that the person does not agree to, where they agree to others."""
        return {row.thread for row in self.exceptions}


class NotAgreed(Base):
    """A goal that the person does not agree to, while they agree to others; kept with the answer."""

    __tablename__ = "program_not_agreed"

    version_id: Mapped[int] = mapped_column(ForeignKey("program_agreements.version_id"), primary_key=True)
    thread: Mapped[str] = mapped_column(String(32), primary_key=True)  # of the goal


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


class Opening(Base):
    """The fact that a head of service opened a submission, whole, for the first time. Never changed.

    Purpose: nobody approves unread what many people's lives go by (measure 9); kept with the submission.
    """

    __tablename__ = "program_openings"

    submission_id: Mapped[int] = mapped_column(ForeignKey("program_submissions.id"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    at: Mapped[Moment]


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
    """The end of a programme, its outcome, and what the person is told at the end. Never changed.

    Purpose: what a programme comes to (measures 12 and 21); kept with the person.
    """

    __tablename__ = "program_closures"

    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id"), primary_key=True)
    on: Mapped[date]
    outcome: Mapped[Outcome] = mapped_column(spelled(Outcome))
    words: Mapped[Prose]
    further: Mapped[Prose | None]  # what helps the person from here on, for the letter to them
    contacts: Mapped[Prose | None]  # whom they can call
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()
    goals: Mapped[list["GoalClosure"]] = relationship(lazy="selectin", order_by="GoalClosure.thread")

    @property
    def outcomes(self) -> dict[str, GoalOutcome]:
        """What came of each goal of the version that was in force, by the goal's thread."""
        return {row.thread: row.outcome for row in self.goals}


class GoalClosure(Base):
    """What came of one goal of a closed programme. Never changed. Purpose and retention: those of the closure."""

    __tablename__ = "program_goal_outcomes"

    program_id: Mapped[int] = mapped_column(ForeignKey("program_closures.program_id"), primary_key=True)
    thread: Mapped[str] = mapped_column(String(32), primary_key=True)  # of the goal
    outcome: Mapped[GoalOutcome] = mapped_column(spelled(GoalOutcome))
