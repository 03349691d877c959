"""The hours in which an office receives people: a week of them, from a day on until the next week is set."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.db import Base, Key, Moment
from app.offices.models import Office


class Timetable(Base):
    """An office's week from a day on; of those that have begun the latest counts, and of one day the newest row.

    A slot is ``slot_minutes`` long and takes ``capacity`` people. Never changed: another week is another row.
    Purpose: planning visits; no person's data.
    """

    __tablename__ = "office_timetables"
    __table_args__ = (
        CheckConstraint("slot_minutes > 0 AND capacity > 0", name="slots"),
        Index("ix_office_timetables_office_id_from_on", "office_id", "from_on"),
    )

    id: Mapped[Key]
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    from_on: Mapped[date]
    slot_minutes: Mapped[int]
    capacity: Mapped[int]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    set_at: Mapped[Moment]

    office: Mapped[Office] = relationship()
    set_by: Mapped[User] = relationship()
    hours: Mapped[list["OpenHours"]] = relationship(order_by="OpenHours.weekday, OpenHours.opens")


class OpenHours(Base):
    """One span of a weekday in which the office receives: minutes from midnight, local time. Never changed."""

    __tablename__ = "office_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 1 AND 7", name="weekday"),
        CheckConstraint("0 <= opens AND opens < closes AND closes <= 1440", name="span"),
    )

    timetable_id: Mapped[int] = mapped_column(ForeignKey("office_timetables.id"), primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True)  # as date.isoweekday counts: Monday is 1
    opens: Mapped[int] = mapped_column(primary_key=True)
    closes: Mapped[int]
