"""Overrides of a level: proposed by one person with a reason, answered by another, never changed."""

from enum import auto
from typing import TYPE_CHECKING

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.assessments.models.about import AboutAssessment
from app.assessments.vocabulary import Level
from app.clients.vocabulary import LABELS, Worded
from app.db import Base, Key, Line, Moment, Prose, spelled

if TYPE_CHECKING:
    from app.assessments.models.assessment import Assessment


class OverrideReason(Worded):
    """Why a level is to be another one. Each reason speaks for either direction."""

    RECENT_CHANGE = auto()
    NOT_ASKED = auto()
    HARM = auto()
    STRENGTHS = auto()
    CONDUCT = auto()
    OLD_RECORD = auto()
    WEAK_SOURCES = auto()
    STATUTORY_CATEGORY = auto()  # a norm sets the level: no judgement about the person

    @property
    def is_policy(self) -> bool:
        """Set by a norm for a category of people, apart from what professionals judge."""
        return self is OverrideReason.STATUTORY_CATEGORY


REASON_LABELS: dict[Worded, LazyString] = {
    OverrideReason.RECENT_CHANGE: _l("something important has changed since the answers were given"),
    OverrideReason.NOT_ASKED: _l("reliable information that no question asks about"),
    OverrideReason.HARM: _l("how grave a new offence would be"),
    OverrideReason.STRENGTHS: _l("strengths and support that carry no points, or that have gone"),
    OverrideReason.CONDUCT: _l("how the person has kept to supervision so far"),
    OverrideReason.OLD_RECORD: _l("old events weigh more, or less, than their points"),
    OverrideReason.WEAK_SOURCES: _l("the answers rest on sources that are weak or disagree"),
    OverrideReason.STATUTORY_CATEGORY: _l("a law or an order sets the level for this category"),
}
LABELS[OverrideReason] = REASON_LABELS

ONE_STEP = (
    "(from_level = 'low' AND to_level = 'medium') OR (from_level = 'medium' AND to_level IN ('low', 'high'))"
    " OR (from_level = 'high' AND to_level = 'medium')"
)


class Override(AboutAssessment, Base):
    """One officer's proposal that the level of a completed assessment be one step higher or lower.

    ``from_level`` repeats the raw level, so that the step is known and checked here. Approved, it holds until the
    next completed assessment of the case. Purpose: measure 14, professional judgement; kept with the person.
    """

    __tablename__ = "overrides"
    __table_args__ = (
        CheckConstraint(ONE_STEP, name="one_step"),
        CheckConstraint("(reason = 'statutory_category') = (norm IS NOT NULL)", name="norm_of_policy"),
    )

    id: Mapped[Key]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"), index=True)
    from_level: Mapped[Level] = mapped_column(spelled(Level))
    to_level: Mapped[Level] = mapped_column(spelled(Level))
    reason: Mapped[OverrideReason] = mapped_column(spelled(OverrideReason))
    norm: Mapped[Line | None]  # the act and article, where a norm sets the level
    words: Mapped[Prose]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    assessment: Mapped["Assessment"] = relationship(back_populates="overrides")
    by: Mapped[User] = relationship()
    answer: Mapped["OverrideAnswer | None"] = relationship()
    withdrawal: Mapped["OverrideWithdrawal | None"] = relationship()

    @property
    def is_open(self) -> bool:
        """Nobody has answered it or taken it back. A newer assessment may still have overtaken it."""
        return self.answer is None and self.withdrawal is None

    @property
    def is_approved(self) -> bool:
        return self.answer is not None and self.answer.is_approved

    @property
    def raises(self) -> bool:
        return self.to_level.rank > self.from_level.rank


class OverrideAnswer(Base):
    """Another person's approval or refusal of an override. There is one, and it stays. Kept with the override."""

    __tablename__ = "override_answers"
    __table_args__ = (CheckConstraint("is_approved OR words IS NOT NULL", name="words_of_refusal"),)

    override_id: Mapped[int] = mapped_column(ForeignKey("overrides.id"), primary_key=True)
    is_approved: Mapped[bool]
    words: Mapped[Prose | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class OverrideWithdrawal(Base):
    """The fact that the author took an override back before it was answered. Kept with the override."""

    __tablename__ = "override_withdrawals"

    override_id: Mapped[int] = mapped_column(ForeignKey("overrides.id"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()
