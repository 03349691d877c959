"""Searches as they are kept: opened, with the steps taken, declared by the court, ended. Every fact is a row."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.clients.cases import AboutCase
from app.db import Base, Key, Line, Moment, Prose, spelled
from app.supervision.searches.vocabulary import Ending, StepKind


class Search(AboutCase, Base):
    """The person's whereabouts are unknown. Purpose: probation control; kept with the case. Never changed.

    ``missed_on`` is the registration at which the person was missing, ``started_on`` the day from which the service
    searches: from that day the clocks of the case stand still until the search ends.
    """

    __tablename__ = "searches"
    __table_args__ = (CheckConstraint("missed_on <= started_on", name="missed_before_started"),)

    id: Mapped[Key]
    missed_on: Mapped[date]
    started_on: Mapped[date]
    why: Mapped[Prose]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()
    steps: Mapped[list["SearchStep"]] = relationship(back_populates="search", order_by="SearchStep.id")
    declaration: Mapped["SearchDeclaration | None"] = relationship(back_populates="search", lazy="joined")
    end: Mapped["SearchEnd | None"] = relationship(back_populates="search", lazy="joined")

    @property
    def is_open(self) -> bool:
        return self.end is None


class SearchStep(Base):
    """Something that was done to find the person. Purpose: probation control; kept with the case. Never changed."""

    __tablename__ = "search_steps"
    __table_args__ = (CheckConstraint("kind <> 'other' OR words IS NOT NULL", name="other_in_words"),)

    id: Mapped[Key]
    search_id: Mapped[int] = mapped_column(ForeignKey("searches.id"), index=True)
    kind: Mapped[StepKind] = mapped_column(spelled(StepKind))
    on: Mapped[date]
    words: Mapped[Prose | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    search: Mapped[Search] = relationship(back_populates="steps")
    by: Mapped[User] = relationship()


class SearchDeclaration(Base):
    """The court declared the person wanted. Purpose: probation control; kept with the case. Never changed."""

    __tablename__ = "search_declarations"

    search_id: Mapped[int] = mapped_column(ForeignKey("searches.id"), primary_key=True)
    on: Mapped[date]
    court_act: Mapped[Line]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    search: Mapped[Search] = relationship(back_populates="declaration")
    by: Mapped[User] = relationship()


class SearchEnd(Base):
    """How a search ended: from that day the clocks run again. Never changed; kept with the case.

    ``parents_told_on`` is the day on which a minor's parents were called. Purpose: probation control.
    """

    __tablename__ = "search_ends"

    search_id: Mapped[int] = mapped_column(ForeignKey("searches.id"), primary_key=True)
    ending: Mapped[Ending] = mapped_column(spelled(Ending))
    on: Mapped[date]
    words: Mapped[Prose | None]
    parents_told_on: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    search: Mapped[Search] = relationship(back_populates="end")
    by: Mapped[User] = relationship()
