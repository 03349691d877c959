"""The hours that a court ordered, where they are worked, the days, and the months as they were reported."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.clients.cases import AboutCase
from app.db import Base, Code, Key, Line, Moment, OfUser, Prose, spelled
from app.supervision.community_work.vocabulary import DayKind

HOUR = 60  # minutes


class WorkOrder(AboutCase, Base):
    """So many hours of work without pay, ordered by a court and arranged by the akimat. A row never changes.

    Purpose: Penal Execution Code art. 57–62; kept with the case.
    """

    __tablename__ = "work_orders"
    __table_args__ = (
        CheckConstraint("hours > 0", name="some_hours"),
        CheckConstraint("ordered_on <= starts_on", name="ordered_before_start"),
    )

    id: Mapped[Key]
    hours: Mapped[int]  # of the court
    act_number: Mapped[Code | None]  # of the akimat's order
    ordered_on: Mapped[date]
    starts_on: Mapped[date]
    by_id: Mapped[OfUser]
    at: Mapped[Moment]

    by: Mapped[User] = relationship()
    ending: Mapped["WorkOrderEnding | None"] = relationship(lazy="joined")
    placements: Mapped[list["WorkPlacement"]] = relationship(order_by="WorkPlacement.from_on", back_populates="order")

    @property
    def number(self) -> str:
        return f"W-{self.ordered_on.year}-{self.id:06d}"

    @property
    def minutes(self) -> int:
        return self.hours * HOUR

    def placement_on(self, day: date) -> "WorkPlacement | None":
        """Where the person works on a day: what began last."""
        return next((row for row in reversed(self.placements) if row.from_on <= day), None)


class WorkOrderEnding(Base):
    """The fact that an order ended before its hours were worked, with the reason. Never changed.

    Purpose: accountability; kept with the case.
    """

    __tablename__ = "work_order_endings"

    order_id: Mapped[int] = mapped_column(ForeignKey("work_orders.id"), primary_key=True)
    on: Mapped[date]
    reason: Mapped[Prose]
    by_id: Mapped[OfUser]
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class WorkPlacement(Base):
    """Where the hours are worked from a day on, until the next placement. Never changed.

    ``is_idle``: the person has no other work and does not study, so that more hours a day are allowed.
    Purpose: Penal Execution Code art. 57–62; kept with the case.
    """

    __tablename__ = "work_placements"
    __table_args__ = (UniqueConstraint("order_id", "from_on"),)

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("work_orders.id"))
    from_on: Mapped[date]
    place: Mapped[Line]
    overseer: Mapped[Line | None]  # who keeps the timesheet there
    is_idle: Mapped[bool]
    by_id: Mapped[OfUser]
    at: Mapped[Moment]

    order: Mapped[WorkOrder] = relationship(back_populates="placements")
    by: Mapped[User] = relationship()


class WorkDay(Base):
    """What is known of one day: how long was worked, or why not; the highest ordinal counts. Never changed.

    Purpose: Penal Execution Code art. 57–62; kept with the case.
    """

    __tablename__ = "work_days"
    __table_args__ = (
        CheckConstraint("(kind = 'worked') = (minutes > 0)", name="minutes_when_worked"),
        CheckConstraint("minutes >= 0", name="minutes_are_not_negative"),
        Index("uq_work_days_order_id_on_ordinal", "order_id", "on", "ordinal", unique=True),
    )

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("work_orders.id"))
    on: Mapped[date]
    ordinal: Mapped[int]
    kind: Mapped[DayKind] = mapped_column(spelled(DayKind))
    minutes: Mapped[int]
    words: Mapped[Line | None]  # what proves a valid reason; what else there is to say
    by_id: Mapped[OfUser]
    at: Mapped[Moment]

    order: Mapped[WorkOrder] = relationship()
    by: Mapped[User] = relationship()

    @property
    def about_client_id(self) -> int:
        return self.order.about_client_id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return self.order.holders


class WorkTimesheet(AboutCase, Base):
    """A month of an order as the akimat reported it; its timesheet and act are printed. Never changed.

    What is corrected afterwards is reported anew, with the next ordinal.
    Purpose: Penal Execution Code art. 62(1)(3); kept with the case.
    """

    __tablename__ = "work_timesheets"
    __table_args__ = (
        CheckConstraint("minutes >= 0 AND absences >= 0 AND minutes_before >= 0", name="counts"),
        Index("uq_work_timesheets_order_id_month_ordinal", "order_id", "month", "ordinal", unique=True),
    )

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("work_orders.id"))
    month: Mapped[date]  # its first day
    ordinal: Mapped[int]
    received_on: Mapped[date]
    minutes: Mapped[int]  # worked in the month
    minutes_before: Mapped[int]  # worked before it
    absences: Mapped[int]  # without a valid reason
    by_id: Mapped[OfUser]
    at: Mapped[Moment]

    order: Mapped[WorkOrder] = relationship()
    by: Mapped[User] = relationship()

    @property
    def number(self) -> str:
        return f"{self.order.number}/{self.month:%m-%Y}"
