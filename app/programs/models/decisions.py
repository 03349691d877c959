"""What is decided about a version: the person's agreement, submission, return, approval; reviews; the closure."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.db import Base, Key, Line, Moment, Prose, spelled
from app.programs.models.versions import Version
from app.programs.vocabulary import Consenting, Outcome, Verdict


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
