"""Batches of papers to print, and how each paper of a batch turned out."""

from collections.abc import Iterable

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.db import Base, Key, Line, Moment, OfUser, spelled
from app.printing.models import IssuedPaper
from app.printing.vocabulary import PaperKind

OPEN = text("settled_at IS NULL")


class PrintBatch(Base):
    """What somebody asked to have printed. Purpose: accountability for what is printed; kept with the journal."""

    __tablename__ = "print_batches"
    __table_args__ = (Index("ix_print_batches_office_id_id", "office_id", "id"),)

    id: Mapped[Key]
    kind: Mapped[PaperKind] = mapped_column(spelled(PaperKind))
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    asked_by_id: Mapped[OfUser]
    asked_at: Mapped[Moment]
    spoken: Mapped[str] = mapped_column(String(2))  # by who asked: the reasons of what fails are said in it

    asked_by: Mapped[User] = relationship()
    cancellation: Mapped["BatchCancellation | None"] = relationship(back_populates="batch", lazy="joined")

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return ((self.asked_by_id, self.office_id),)


class BatchItem(Base):
    """One paper of a batch. Purpose: to name what was printed and what was not; kept with the journal.

    ``claimed_until`` is until when a process may be at work on it; a process that dies leaves it to the next one.
    """

    __tablename__ = "print_batch_items"
    __table_args__ = (
        Index("uq_print_batch_items_batch_id_position", "batch_id", "position", unique=True),
        Index("ix_print_batch_items_open", "batch_id", postgresql_where=OPEN, sqlite_where=OPEN),
        CheckConstraint("paper_id IS NULL OR reason IS NULL", name="printed_or_failed"),
        CheckConstraint(
            "(settled_at IS NULL) = (paper_id IS NULL AND reason IS NULL)", name="settled_when_printed_or_failed"
        ),
    )

    id: Mapped[Key]
    batch_id: Mapped[int] = mapped_column(ForeignKey("print_batches.id"))
    position: Mapped[int]
    record_id: Mapped[int]  # of the version, the referral, …
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    label: Mapped[Line]  # the number on the paper
    language: Mapped[str] = mapped_column(String(2))
    claimed_until: Mapped[Moment | None]
    settled_at: Mapped[Moment | None]
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("issued_papers.id"))
    reason: Mapped[Line | None]  # why it could not be printed, in the words of who asked

    batch: Mapped[PrintBatch] = relationship()
    paper: Mapped[IssuedPaper | None] = relationship()

    @property
    def about_client_id(self) -> int:
        return self.client_id


class BatchCancellation(Base):
    """The fact that a batch was called off; what was printed by then stays. Purpose and keeping: those of the batch."""

    __tablename__ = "print_batch_cancellations"

    batch_id: Mapped[int] = mapped_column(ForeignKey("print_batches.id"), primary_key=True)
    by_id: Mapped[OfUser]
    at: Mapped[Moment]

    batch: Mapped[PrintBatch] = relationship(back_populates="cancellation")
