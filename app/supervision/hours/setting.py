"""Setting an office's week from a day on."""

from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from app.access.models import User
from app.db import db
from app.supervision.hours.models import OpenHours, Timetable
from app.supervision.hours.slots import Week
from app.web.refusals import NotPossible

FURTHEST = timedelta(days=366)  # further ahead is a slip of the finger


def set_week(office_id: int, week: Week, by: User, today: date, at: datetime) -> Timetable:
    """Have an office receive so from a day on. Visits that are planned already stay where they are.

    Raises NotPossible for a day that is over or too far ahead, and for a week in which nobody would be received.
    """
    if week.from_on < today:
        raise NotPossible(_("This day is over. Hours are set from today on."))
    if week.from_on > today + FURTHEST:
        raise NotPossible(_("This is more than a year ahead. Check the date."))
    if not any(week.spans.values()):
        raise NotPossible(_("With these hours nobody could ever come. Give at least one day its hours."))
    if not any(span.closes - span.opens >= week.slot_minutes for spans in week.spans.values() for span in spans):
        raise NotPossible(_("No meeting of this length fits into these hours. Make it shorter, or the hours longer."))
    hours = [
        OpenHours(weekday=weekday, opens=span.opens, closes=span.closes)
        for weekday, spans in week.spans.items()
        for span in spans
    ]
    timetable = Timetable(
        office_id=office_id, from_on=week.from_on, slot_minutes=week.slot_minutes, capacity=week.capacity,
        set_by=by, set_at=at, hours=hours,
    )  # fmt: skip
    db.session.add(timetable)
    return timetable
