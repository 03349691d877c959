"""Acute reviews: a few questions at a visit, for early warning. What was written stays; a slip is withdrawn."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.clients.cases import AboutCase
from app.db import Base, Code, Key, Moment, Prose


class AcuteReview(AboutCase, Base):
    """How things stand with a person on a day: two sums, and the answers behind them. Never changed.

    Purpose: measure 14, early warning; kept with the person. Each sum is of the known answers: it is "at least" so
    much while ``acute_unknown`` or ``protective_unknown`` (numbers of items) is not 0. Reviews of a case are in the
    order of ``on`` and ``id``; one with a withdrawal counts nowhere.
    """

    __tablename__ = "acute_reviews"
    __table_args__ = (
        Index("ix_acute_reviews_case_id_on", "case_id", "on"),
        CheckConstraint("acute_sum >= 0 AND protective_sum >= 0", name="sums"),
        CheckConstraint("acute_unknown >= 0 AND protective_unknown >= 0", name="unknown"),
    )

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))  # found by the index on case and day
    on: Mapped[date]
    at: Mapped[Moment]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    instrument_code: Mapped[Code]
    instrument_version: Mapped[Code]
    instrument_digest: Mapped[str] = mapped_column(String(64))
    items: Mapped[int]  # answers that belong to it; the database takes no more
    acute_sum: Mapped[int]
    protective_sum: Mapped[int]
    acute_unknown: Mapped[int] = mapped_column(default=0)
    protective_unknown: Mapped[int] = mapped_column(default=0)
    note: Mapped[Prose | None]

    by: Mapped[User] = relationship()
    answers: Mapped[list["AcuteAnswer"]] = relationship(order_by="AcuteAnswer.item_code")
    withdrawal: Mapped["AcuteWithdrawal | None"] = relationship(back_populates="review")

    @property
    def total(self) -> int:
        """The acute sum less the protective one, as DRAOR counts (without its stable part)."""
        return self.acute_sum - self.protective_sum


class AcuteAnswer(Base):
    """One item's answer with its points as they were; neither when it is not known. Never changed."""

    __tablename__ = "acute_answers"
    __table_args__ = (CheckConstraint("(option_code IS NULL) = (points IS NULL)", name="known"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("acute_reviews.id"), primary_key=True)
    item_code: Mapped[Code] = mapped_column(primary_key=True)
    option_code: Mapped[Code | None]
    points: Mapped[int | None]


class AcuteWithdrawal(Base):
    """A review should not have been: wrong person, wrong day, a slip. It stays readable. Never changed."""

    __tablename__ = "acute_withdrawals"

    review_id: Mapped[int] = mapped_column(ForeignKey("acute_reviews.id"), primary_key=True)
    at: Mapped[Moment]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[Prose]

    review: Mapped[AcuteReview] = relationship(back_populates="withdrawal")
    by: Mapped[User] = relationship()
