"""Cases that a head of service gave to other officers, many at once: what was given, and what was not and why."""

from collections.abc import Iterable
from enum import StrEnum, auto

from flask_babel import LazyString, lazy_gettext
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.clients.cases import Case
from app.db import Base, Key, Line, Moment, spelled


class Skipped(StrEnum):
    """Why a case stayed where it was."""

    MOVED = auto()
    CLOSED = auto()
    OFFERED = auto()
    THERE = auto()
    OFFICER_GONE = auto()

    @property
    def label(self) -> LazyString:
        return SKIPPED_LABELS[self]


SKIPPED_LABELS = {
    Skipped.MOVED: lazy_gettext("Somebody gave it to another officer meanwhile. Look who answers for it now."),
    Skipped.CLOSED: lazy_gettext("It left the register meanwhile."),
    Skipped.OFFERED: lazy_gettext("A transfer of it waits for an answer. Settle the transfer first."),
    Skipped.THERE: lazy_gettext("The officer answers for it already."),
    Skipped.OFFICER_GONE: lazy_gettext("The officer no longer works in this office. Choose another one."),
}


class Reassignment(Base):
    """Many cases given to others with one press. Purpose: accountability; kept with the cases, never changed."""

    __tablename__ = "reassignments"

    id: Mapped[Key]
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), index=True)
    reason: Mapped[Line]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()
    lines: Mapped[list["ReassignedCase"]] = relationship(
        back_populates="reassignment", order_by="ReassignedCase.case_id"
    )

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return ((None, self.office_id),)


class ReassignedCase(Base):
    """One case of such a press: given, or left out with the reason. Purpose: accountability; kept with the case."""

    __tablename__ = "reassigned_cases"
    __table_args__ = (UniqueConstraint("reassignment_id", "case_id"),)

    id: Mapped[Key]
    reassignment_id: Mapped[int] = mapped_column(ForeignKey("reassignments.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    from_officer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    to_officer_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    skipped: Mapped[Skipped | None] = mapped_column(spelled(Skipped))

    reassignment: Mapped[Reassignment] = relationship(back_populates="lines")
    case: Mapped[Case] = relationship()
    from_officer: Mapped[User | None] = relationship(foreign_keys=[from_officer_id])
    to_officer: Mapped[User] = relationship(foreign_keys=[to_officer_id])

    @property
    def about_client_id(self) -> int:
        return self.case.client_id
