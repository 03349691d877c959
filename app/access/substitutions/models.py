"""The span in which one officer stands in for another, and the end of it before its time."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import Role, User
from app.db import Base, Key, Line, Moment


class Substitution(Base):
    """One officer stands in for another. Purpose: reach and accountability; kept with the users, never changed."""

    __tablename__ = "substitutions"
    __table_args__ = (
        CheckConstraint("from_on < to_on", name="span"),
        CheckConstraint("absent_id <> substitute_id", name="not_oneself"),
        Index("ix_substitutions_office_id_to_on", "office_id", "to_on"),
        Index("ix_substitutions_absent_id_to_on", "absent_id", "to_on"),
        Index("ix_substitutions_substitute_id_to_on", "substitute_id", "to_on"),
    )

    id: Mapped[Key]
    absent_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    substitute_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]  # the first day on which it counts no more
    reason: Mapped[Line]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    absent: Mapped[User] = relationship(foreign_keys=[absent_id], lazy="joined")
    substitute: Mapped[User] = relationship(foreign_keys=[substitute_id], back_populates="substitutions")
    by: Mapped[User] = relationship(foreign_keys=[by_id])
    ending: Mapped["SubstitutionEnding | None"] = relationship(back_populates="substitution", lazy="joined")

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        """Only the office: it is not for the two to change."""
        return ((None, self.office_id),)

    @property
    def ends_on(self) -> date:
        """The first day on which it counts no more, as things are."""
        return min(self.to_on, self.ending.on) if self.ending else self.to_on

    @property
    def last_on(self) -> date:
        """The last day as it was named."""
        return self.to_on - timedelta(days=1)

    def covers(self, day: date) -> bool:
        return self.from_on <= day < self.ends_on

    def counts_on(self, day: date) -> bool:
        """Whether it opens anything on a day: both still in its office, and the one standing in a working officer."""
        one = self.substitute
        return (
            self.covers(day)
            and one.role == Role.OFFICER
            and one.office_id == self.office_id == self.absent.office_id
            and one.suspension is None
        )


class SubstitutionEnding(Base):
    """A substitution that ended before its time. Purpose: accountability; kept with it, never changed."""

    __tablename__ = "substitution_endings"

    substitution_id: Mapped[int] = mapped_column(ForeignKey("substitutions.id"), primary_key=True)
    on: Mapped[date]  # the first day on which it counts no more
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    substitution: Mapped[Substitution] = relationship(back_populates="ending")
    by: Mapped[User] = relationship()
