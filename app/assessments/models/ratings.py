"""Second ratings: an assessment drawn for a colleague, who answers the same questions without seeing the answers."""

from collections.abc import Iterable

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.assessments.models.assessment import Assessment
from app.db import Base, Code, Key, Moment


class SecondRating(Base):
    """A completed assessment that a colleague rates again. Purpose: how far raters agree; kept with the assessment.

    It belongs to the second rater alone: neither the author nor the office reads the answers while it is open.
    """

    __tablename__ = "second_ratings"

    id: Mapped[Key]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"), unique=True)
    assigned_to_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    assigned_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=0)

    assessment: Mapped[Assessment] = relationship()
    assigned_to: Mapped[User] = relationship()
    answers: Mapped[list["SecondAnswer"]] = relationship(
        cascade="all, delete-orphan", order_by="SecondAnswer.item_code"
    )
    completion: Mapped["SecondCompletion | None"] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def about_client_id(self) -> int:
        return self.assessment.about_client_id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return ((self.assigned_to_id, None),)

    @property
    def chosen(self) -> dict[str, str]:
        """Option code by item code; what is not known is left out."""
        return {row.item_code: row.option_code for row in self.answers if row.option_code is not None}

    @property
    def unknown(self) -> frozenset[str]:
        """The items whose answer could not be found out."""
        return frozenset(row.item_code for row in self.answers if row.option_code is None)


class SecondAnswer(Base):
    """The second rater's answer to one item; no option means that it could not be found out."""

    __tablename__ = "second_answers"

    rating_id: Mapped[int] = mapped_column(ForeignKey("second_ratings.id"), primary_key=True)
    item_code: Mapped[Code] = mapped_column(primary_key=True)
    option_code: Mapped[Code | None]


class SecondCompletion(Base):
    """The fact that a second rating is complete, with its points and level. Never changed; nor is the assessment."""

    __tablename__ = "second_completions"

    rating_id: Mapped[int] = mapped_column(ForeignKey("second_ratings.id"), primary_key=True)
    at: Mapped[Moment]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    points: Mapped[int]
    level: Mapped[Code | None]  # none when too much could not be found out

    by: Mapped[User] = relationship()
