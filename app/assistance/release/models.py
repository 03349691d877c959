"""Release plans as they are kept: the expected day with its clocks, decisions, arrangements, and what became of it."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.assistance.release.vocabulary import FirstNight, ItemState, Meets, ReleaseGround
from app.clients.cases import AboutCase
from app.db import Base, Code, Encrypted, Key, Line, Moment, Prose, spelled


class ReleaseDay(AboutCase, Base):
    """The day on which a release is expected, who set it, and why it moved; the latest row counts. Never changed.

    ``is_named``: article 167(4) of the Penal Execution Code names the person, so that relatives are told six months
    before. Which of its grounds it is, is not kept. Purpose: measure 2; kept with the case.
    """

    __tablename__ = "release_days"
    __table_args__ = (Index("ix_release_days_on_case_id", "on", "case_id"),)

    id: Mapped[Key]
    on: Mapped[date]
    ground: Mapped[ReleaseGround] = mapped_column(spelled(ReleaseGround))
    is_named: Mapped[bool]
    words: Mapped[Prose | None]  # why it moved; the first one needs none
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()
    dues: Mapped[list["ReleaseDue"]] = relationship(back_populates="day", order_by="ReleaseDue.id")


class ReleaseDue(Base):
    """One item of the checklist and the day by which it is due, as the norms gave it when the day was set.

    Purpose: measure 2; kept with the case. Never changed.
    """

    __tablename__ = "release_dues"
    __table_args__ = (Index("uq_release_dues_day_id_item_code", "day_id", "item_code", unique=True),)

    id: Mapped[Key]
    day_id: Mapped[int] = mapped_column(ForeignKey("release_days.id"))
    item_code: Mapped[Code]
    clock: Mapped[Code]  # the norm's code
    due_on: Mapped[date]

    day: Mapped[ReleaseDay] = relationship(back_populates="dues")

    @property
    def about_client_id(self) -> int:
        return self.day.about_client_id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return self.day.holders


class ItemDecision(AboutCase, Base):
    """What became of an item: done, not possible or not needed. Never changed; a slip is withdrawn.

    Purpose: measure 2; kept with the case.
    """

    __tablename__ = "release_decisions"
    __table_args__ = (
        CheckConstraint("state <> 'not_possible' OR words IS NOT NULL", name="words_when_not_possible"),
        Index("ix_release_decisions_case_id_item_code", "case_id", "item_code"),
    )

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    item_code: Mapped[Code]
    state: Mapped[ItemState] = mapped_column(spelled(ItemState))
    on: Mapped[date]
    words: Mapped[Prose | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()
    withdrawal: Mapped["DecisionWithdrawal | None"] = relationship(lazy="joined")


class DecisionWithdrawal(Base):
    """A decision was noted by mistake; the item is open again. Purpose: accountability; kept with it. Never changed."""

    __tablename__ = "release_decision_withdrawals"

    decision_id: Mapped[int] = mapped_column(ForeignKey("release_decisions.id"), primary_key=True)
    reason: Mapped[Prose]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]


class Arrangement(AboutCase, Base):
    """Who meets the person at the gate, the first night, and the first days; the latest row counts. Never changed.

    Purpose: measure 2, the meeting at the gate; kept with the case.
    """

    __tablename__ = "release_arrangements"

    id: Mapped[Key]
    meets: Mapped[Meets] = mapped_column(spelled(Meets))
    meets_name: Mapped[Line | None]
    meets_phone: Mapped[str | None] = mapped_column(Encrypted)
    first_night: Mapped[FirstNight] = mapped_column(spelled(FirstNight))
    first_night_place: Mapped[str | None] = mapped_column(Encrypted)
    visit_on: Mapped[date]  # the first visit to the probation service
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()
    days: Mapped[list["FirstDay"]] = relationship(order_by="FirstDay.number")


class FirstDay(Base):
    """What is planned for one of the first ten days outside. Never changed; it belongs to its arrangement."""

    __tablename__ = "release_first_days"
    __table_args__ = (CheckConstraint("number BETWEEN 1 AND 10", name="ten_days"),)

    arrangement_id: Mapped[int] = mapped_column(ForeignKey("release_arrangements.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[Line]


class Released(AboutCase, Base):
    """The person was released: on which day, and whether somebody met them; the latest row counts. Never changed.

    Purpose: measure 2; kept with the case.
    """

    __tablename__ = "releases"

    id: Mapped[Key]
    on: Mapped[date]
    is_met: Mapped[bool]
    words: Mapped[Prose | None]
    visit_by: Mapped[date]  # the last day for the first visit, as the norm gave it
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class FirstVisit(AboutCase, Base):
    """Whether the person came to the probation service after the release; the latest row counts. Never changed.

    Purpose: measure 2; kept with the case.
    """

    __tablename__ = "release_first_visits"

    id: Mapped[Key]
    has_come: Mapped[bool]
    on: Mapped[date]  # when the person came; else, when it was clear that they had not
    words: Mapped[Prose | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()
