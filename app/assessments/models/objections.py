"""A person's objection to an assessment, in their own words, and the service's answer; neither is ever changed."""

from datetime import date
from enum import auto
from typing import TYPE_CHECKING

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.assessments.models.about import AboutAssessment
from app.clients.vocabulary import LABELS, Worded
from app.db import Base, Code, Key, Moment, Prose, spelled

if TYPE_CHECKING:
    from app.assessments.models.assessment import Assessment


class Against(Worded):
    """What the person objects to."""

    ANSWER = auto()
    LEVEL = auto()
    CONCLUSION = auto()
    MANNER = auto()


class ObjectionOutcome(Worded):
    """What the service answers."""

    UPHELD = auto()
    UPHELD_IN_PART = auto()
    NOT_UPHELD = auto()

    @property
    def tone(self) -> str:
        return "neutral" if self is ObjectionOutcome.NOT_UPHELD else "caution"


AGAINST_LABELS: dict[Worded, LazyString] = {
    Against.ANSWER: _l("an answer"),
    Against.LEVEL: _l("the level"),
    Against.CONCLUSION: _l("the conclusion"),
    Against.MANNER: _l("the way it was done"),
}
OUTCOME_LABELS: dict[Worded, LazyString] = {
    ObjectionOutcome.UPHELD: _l("upheld: the person is assessed anew"),
    ObjectionOutcome.UPHELD_IN_PART: _l("upheld in part"),
    ObjectionOutcome.NOT_UPHELD: _l("not upheld"),
}
LABELS |= {Against: AGAINST_LABELS, ObjectionOutcome: OUTCOME_LABELS}


class Objection(AboutAssessment, Base):
    """What a person says against an assessment of themselves.

    ``due_on`` is the day told to the person, by the norm and the holidays known when it was recorded.
    Purpose: the right to object (Law 94-V art. 19-1); kept with the person.
    """

    __tablename__ = "objections"
    __table_args__ = (
        CheckConstraint('"on" < due_on', name="due_after_objection"),
        CheckConstraint("item_code IS NULL OR against = 'answer'", name="item_of_answer"),
    )

    id: Mapped[Key]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"), index=True)
    on: Mapped[date]
    due_on: Mapped[date]  # the last day for the answer
    against: Mapped[Against] = mapped_column(spelled(Against))
    item_code: Mapped[Code | None]  # the question whose answer is meant, where it is one
    words: Mapped[Prose]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))  # who wrote it down
    at: Mapped[Moment]

    assessment: Mapped["Assessment"] = relationship(back_populates="objections")
    by: Mapped[User] = relationship()
    answer: Mapped["ObjectionAnswer | None"] = relationship()

    @property
    def is_open(self) -> bool:
        return self.answer is None

    @property
    def is_upheld(self) -> bool:
        return self.answer is not None and self.answer.outcome is ObjectionOutcome.UPHELD


class ObjectionAnswer(Base):
    """The answer to an objection. There is one, and it stays. Kept with the objection."""

    __tablename__ = "objection_answers"

    objection_id: Mapped[int] = mapped_column(ForeignKey("objections.id"), primary_key=True)
    outcome: Mapped[ObjectionOutcome] = mapped_column(spelled(ObjectionOutcome))
    words: Mapped[Prose]
    on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()
