"""Violations: what happened and what shows it, how the person explains it, and what excuses it."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.clients.cases import AboutCase
from app.db import Base, Code, Key, Line, Moment, Prose, spelled
from app.supervision.calendar.models import Visit
from app.supervision.calendar.vocabulary import ValidReason


class Violation(AboutCase, Base):
    """The person broke a duty. Purpose: probation control (Penal Execution Code 234-V); kept with the case.

    ``code`` is an entry of violations.yaml; ``visit_id`` the visit to which the person did not come, where that is
    the violation. Never changed: what was recorded by mistake is withdrawn.
    """

    __tablename__ = "violations"
    __table_args__ = (
        Index("ix_violations_case_id_on", "case_id", "on"),
        Index("ix_violations_visit_id", "visit_id"),
    )

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))  # found by the index of days
    code: Mapped[Code]
    on: Mapped[date]
    words: Mapped[Prose]
    evidence: Mapped[Line | None]  # what shows it: which paper, of whom; never a copy of it
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visits.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()
    visit: Mapped[Visit | None] = relationship()
    withdrawal: Mapped["ViolationWithdrawal | None"] = relationship(back_populates="violation", lazy="joined")
    excuse: Mapped["Excuse | None"] = relationship(back_populates="violation", lazy="joined")
    explanations: Mapped[list["Explanation"]] = relationship(back_populates="violation", order_by="Explanation.id")

    @property
    def counts(self) -> bool:
        """Whether it stands: neither withdrawn nor excused."""
        return self.withdrawal is None and self.excuse is None


class OfViolation:
    """Mixin for facts about a violation: guarded as its case is."""

    violation: Mapped[Violation]

    @property
    def about_client_id(self) -> int:
        return self.violation.about_client_id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return self.violation.holders


class ViolationWithdrawal(OfViolation, Base):
    """A violation was recorded by mistake. Purpose: accountability; kept with the case. Never changed."""

    __tablename__ = "violation_withdrawals"

    violation_id: Mapped[int] = mapped_column(ForeignKey("violations.id"), primary_key=True)
    reason: Mapped[Prose]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    violation: Mapped[Violation] = relationship(back_populates="withdrawal")
    by: Mapped[User] = relationship()


class Explanation(OfViolation, Base):
    """What the person says about a violation, or that they would not say. Never changed; kept with the case.

    Purpose: the person's right to be heard (Penal Execution Code 234-V, art. 10). ``paper`` names the written one.
    """

    __tablename__ = "explanations"
    __table_args__ = (CheckConstraint("is_refused OR words IS NOT NULL", name="says_something"),)

    id: Mapped[Key]
    violation_id: Mapped[int] = mapped_column(ForeignKey("violations.id"), index=True)
    on: Mapped[date]
    is_refused: Mapped[bool]
    words: Mapped[Prose | None]
    paper: Mapped[Line | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    violation: Mapped[Violation] = relationship(back_populates="explanations")
    by: Mapped[User] = relationship()


class Excuse(OfViolation, Base):
    """A valid reason was found, with what proves it: the violation counts no more. Never changed; kept with the case.

    Purpose: Penal Execution Code 234-V, art. 53(2). ``proof`` names the paper; it is never copied.
    """

    __tablename__ = "excuses"

    violation_id: Mapped[int] = mapped_column(ForeignKey("violations.id"), primary_key=True)
    reason: Mapped[ValidReason] = mapped_column(spelled(ValidReason))
    proof: Mapped[Line]
    words: Mapped[Prose | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    violation: Mapped[Violation] = relationship(back_populates="excuse")
    by: Mapped[User] = relationship()
