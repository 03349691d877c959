"""Ordering hours of work, placing the person, noting days, reporting a month, and ending an order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from app.access.models import User
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.db import db
from app.supervision.community_work.days import Days, days_known, first_of, ordinal_after
from app.supervision.community_work.hours import Bound, Room, room_on
from app.supervision.community_work.models import WorkDay, WorkOrder, WorkOrderEnding, WorkPlacement, WorkTimesheet
from app.supervision.community_work.queries import orders_of, rows_of
from app.supervision.community_work.vocabulary import DayKind
from app.supervision.deadlines.keeping import meet
from app.supervision.norms import norm
from app.supervision.norms.values import Hours
from app.web.formats import format_date, format_minutes
from app.web.months import MONTHS, months_after
from app.web.refusals import WrongDay, must_have_come

# The norms that bound a day and a week: for who works or studies elsewhere, and for who does neither.
BUSY, IDLE = ("work-hours-day",), ("work-hours-day-idle", "work-hours-week-idle")
# Rooms take their turn here when a day is corrected: they get what is now known of it and act in the same transaction.
after_correction: list[Callable[[WorkDay], None]] = []
ORDERED, STARTED = "community-order", "community-start"  # the deadlines that an order and its first day meet


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the hours are worked from a day on."""

    from_on: date
    place: str
    is_idle: bool
    overseer: str | None = None


@dataclass(frozen=True, slots=True)
class Ordered:
    """The court's hours, and the akimat's order that arranges them."""

    hours: int
    ordered_on: date
    placed: Placed
    act_number: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a day."""

    on: date
    kind: DayKind
    minutes: int = 0
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """A month, by its first day, and when its timesheet and act came."""

    month: date
    received_on: date


@dataclass(frozen=True, slots=True)
class Ended:
    """Since when an order goes on no more, and why."""

    on: date
    reason: str


def must_be_near(on: date, today: date) -> None:
    """A day far ahead is a slip of the finger."""
    if on > months_after(today, MONTHS):
        raise WrongDay(_("This day is more than a year ahead. Check the date."))


def order_work(case: Case, ordered: Ordered, by: User, today: date, at: datetime) -> WorkOrder:
    """Write down an order with its first placement. The caller holds the case.

    Raises NotPossible on a closed case and while hours of an earlier order are left, WrongDay for days that cannot be.
    """
    case.must_be_open()
    if ordered.ordered_on > today:
        raise WrongDay(_("The akimat's order cannot be of a day that has not come yet. Check the date."))
    if ordered.placed.from_on < max(ordered.ordered_on, case.registered_on):
        raise WrongDay(_("The work begins neither before the order nor before the registration. Check the dates."))
    must_be_near(ordered.placed.from_on, today)
    if any(hours_left(order) for order in orders_of([case])):
        raise NotPossible(_("Hours of an earlier order are left. Note them, or end that order with its reason."))
    order = WorkOrder(
        case=case, hours=ordered.hours, act_number=ordered.act_number, ordered_on=ordered.ordered_on,
        starts_on=ordered.placed.from_on, by=by, at=at,
    )  # fmt: skip
    order.placements.append(placement_of(ordered.placed, by, at))
    db.session.add(order)
    db.session.flush()
    meet(case, ORDERED, ordered.ordered_on, by, at)
    return order


def placement_of(placed: Placed, by: User, at: datetime) -> WorkPlacement:
    return WorkPlacement(
        from_on=placed.from_on, place=placed.place, overseer=placed.overseer, is_idle=placed.is_idle, by=by, at=at
    )


def place(order: WorkOrder, placed: Placed, by: User, today: date, at: datetime) -> WorkPlacement:
    """Have the hours worked elsewhere, or under other conditions, from a day on. The caller holds the order.

    Raises NotPossible where the order takes nothing more, WrongDay for a day of which something is noted already.
    """
    must_go_on(order)
    must_be_near(placed.from_on, today)
    days = days_of(order)
    if placed.from_on <= order.placements[-1].from_on:
        raise WrongDay(_("A place begins after the one before it. Enter a later date."))
    if days.last_on and placed.from_on <= days.last_on:
        raise WrongDay(
            _("Days until %(date)s are noted at the place before. Enter a later date.", date=format_date(days.last_on))
        )
    placement = placement_of(placed, by, at)
    order.placements.append(placement)
    return placement


def note_day(order: WorkOrder, told: Told, by: User, today: date, at: datetime) -> WorkDay:
    """Note what is known of a day. The caller holds the order.

    Raises NotPossible as ``must_go_on`` does, for more hours than the norms or the court allow and for a valid reason
    without its proof, WrongDay for a day that cannot be or is noted already.
    """
    must_go_on(order)
    if told.kind is DayKind.TAKEN_BACK:
        raise NotPossible(_("Nothing is noted of this day."))
    if days_of(order).on(told.on):
        raise WrongDay(_("This day is noted already. Correct it in its line."))
    return keep_day(order, told, by, today, at)


def correct_day(order: WorkOrder, told: Told, by: User, today: date, at: datetime) -> WorkDay:
    """Say otherwise what was noted of a day, or that nothing should have been. The caller holds the order.

    Raises as ``note_day`` does, and NotPossible where nothing is noted of the day or nothing changes.
    """
    must_go_on(order, even_served=True)
    known = days_of(order).on(told.on)
    if known is None:
        raise NotPossible(_("Nothing is noted of this day."))
    if (known.kind, known.minutes, known.words) == (told.kind, told.minutes, told.words):
        raise NotPossible(_("This is what is noted of the day already."))
    day = keep_day(order, told, by, today, at)
    for hook in after_correction:
        hook(day)
    return day


def keep_day(order: WorkOrder, told: Told, by: User, today: date, at: datetime) -> WorkDay:
    must_have_come(told.on, today)
    placement = order.placement_on(told.on)
    if placement is None:
        raise WrongDay(_("The work begins on %(date)s. Enter that day or a later one.",
                         date=format_date(order.starts_on)))  # fmt: skip
    if told.kind is DayKind.VALID_REASON and not told.words:
        raise NotPossible(_("Write what the valid reason is, and what proves it."))
    if told.kind is DayKind.WORKED:
        must_have_room(told, room_of(order, placement, told.on))
    rows = rows_of([order.id])[order.id]
    day = WorkDay(
        order=order, on=told.on, ordinal=ordinal_after(rows, told.on), kind=told.kind,
        minutes=told.minutes if told.kind is DayKind.WORKED else 0, words=told.words, by=by, at=at,
    )  # fmt: skip
    db.session.add(day)
    if told.kind is DayKind.WORKED:
        meet(order.case, STARTED, told.on, by, at)
    return day


def room_of(order: WorkOrder, placement: WorkPlacement, on: date) -> Room:
    return room_on(on, days_of(order).worked, limits_on(placement, on), order.hours)


def limits_on(placement: WorkPlacement, on: date) -> list[Hours]:
    """The norms' hours that bound a day at a place. Raises TypeError when a norm sets no hours."""
    found = []
    for code in IDLE if placement.is_idle else BUSY:
        value = norm(code, on).value
        if not isinstance(value, Hours):
            raise TypeError(f"{code} sets no hours")
        found.append(value)
    return found


def must_have_room(told: Told, room: Room) -> None:
    if told.minutes <= room.minutes:
        return
    left = format_minutes(room.minutes)
    match room.bound:
        case Bound.DAY:
            raise NotPossible(_("The norms allow at most %(hours)d hours a day. Write %(left)s or less.",
                                hours=room.hours, left=left))  # fmt: skip
        case Bound.WEEK:
            raise NotPossible(
                _("The norms allow at most %(hours)d hours a week, of which %(left)s are left in this one.",
                  hours=room.hours, left=left)
            )  # fmt: skip
        case Bound.ORDER:
            raise NotPossible(_("Of the court's %(hours)d hours %(left)s are left. Write no more than that.",
                                hours=room.hours, left=left))  # fmt: skip


def report_month(order: WorkOrder, reported: Reported, by: User, today: date, at: datetime) -> WorkTimesheet:
    """Note that the akimat's timesheet and act of a month came, as the days now stand. The caller holds the order.

    Raises WrongDay for a day on which they cannot have come, and NotPossible for a month of which nothing is noted
    and for one that is reported as it stands already.
    """
    month, received_on = reported.month, reported.received_on
    rows = rows_of([order.id])[order.id]
    days = days_known(rows)
    of_month = days.of_month(month)
    if not of_month.rows:
        raise NotPossible(_("Nothing is noted of this month. Note its days first."))
    must_have_come(received_on, today)
    if received_on < (of_month.last_on or month):
        raise WrongDay(_("Days after this one are noted. Enter the day on which the whole timesheet came."))
    last = last_report(order, month)
    if last and not changed_since(rows, month, last):
        raise NotPossible(_("This month is reported as it stands already."))
    timesheet = WorkTimesheet(
        case=order.case, order=order, month=month, ordinal=last.ordinal + 1 if last else 1, received_on=received_on,
        minutes=of_month.minutes, minutes_before=days.before(month).minutes, absences=len(of_month.absences), by=by,
        at=at,
    )  # fmt: skip
    db.session.add(timesheet)
    return timesheet


def last_report(order: WorkOrder, month: date) -> WorkTimesheet | None:
    reported = WorkTimesheet.order_id == order.id, WorkTimesheet.month == month
    return db.session.scalars(
        select(WorkTimesheet).where(*reported).order_by(WorkTimesheet.ordinal.desc()).limit(1)
    ).first()


def changed_since(rows: list[WorkDay], month: date, report: WorkTimesheet) -> bool:
    """Whether something was noted of the month, or of one before it, after it was reported."""
    return any(row.at > report.at and first_of(row.on) <= month for row in rows)


def end_order(order: WorkOrder, ended: Ended, by: User, today: date, at: datetime) -> None:
    """Say that the hours that are left will not be worked, and why. The caller holds the order.

    Raises NotPossible where the order takes nothing more, WrongDay for a day that cannot be.
    """
    must_go_on(order)
    must_have_come(ended.on, today)
    last = days_of(order).last_on
    if ended.on < (last or order.ordered_on):
        raise WrongDay(_("Something is noted of a later day. Check the date."))
    order.ending = WorkOrderEnding(on=ended.on, reason=ended.reason, by=by, at=at)


def must_go_on(order: WorkOrder, even_served: bool = False) -> None:
    """The case is open, the order has not ended, and hours are left; a served one may still be corrected."""
    order.case.must_be_open()
    if order.ending:
        raise NotPossible(_("This order has ended. It can be read, but not changed."))
    if not even_served and not hours_left(order):
        raise NotPossible(_("All hours of this order are worked. Correct a day where something is wrong."))


def hours_left(order: WorkOrder) -> int:
    """Minutes that are still to be worked; none of an order that has ended."""
    return 0 if order.ending else max(order.minutes - days_of(order).minutes, 0)


def days_of(order: WorkOrder) -> Days:
    return days_known(rows_of([order.id])[order.id])


def hold(order: WorkOrder) -> None:
    """Keep everybody else from this order until this is saved, and see it as it is now."""
    db.session.execute(select(WorkOrder.id).where(WorkOrder.id == order.id).with_for_update())
    db.session.refresh(order, ["ending", "placements"])
