"""What stands in an officer's calendar: the visits of the cases they answer for, and the group events they hold."""

from collections.abc import Iterator
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from app.access.models import User
from app.access.policy import Permission
from app.clients.cases import Case
from app.clients.reach import cases_within
from app.db import db
from app.supervision.calendar.models import Visit
from app.supervision.calendar.statements import stands
from app.supervision.contacts.models import GroupEvent
from app.supervision.messages.icalendar_file import SLOT, Appointment

BACK, AHEAD = timedelta(days=30), timedelta(days=120)
MOST = 5000  # of a kind; an officer with a hundred people has some eight hundred visits in this time


def appointments(user: User, day: date) -> Iterator[Appointment]:
    """A month back and four ahead. Nothing says who is expected: the page behind the address does, after sign-in."""
    for visit in visits_of(user, day):
        yield Appointment(
            f"visit-{visit.id}", str(_("Visit: %(kind)s", kind=visit.kind.label)), visit.on, visit.minute, SLOT,
            url_for("visits.tell", visit_id=visit.id, _external=True), visit.made_at,
        )  # fmt: skip
    for event in events_of(user, day):
        lasts = timedelta(minutes=event.minutes) if event.minutes else SLOT
        yield Appointment(
            f"group-event-{event.id}", str(_("Group event: %(kind)s", kind=event.kind.label)), event.on, event.minute,
            lasts, url_for("group_events.show", group_event_id=event.id, _external=True), event.made_at,
        )  # fmt: skip


def visits_of(user: User, day: date) -> list[Visit]:
    """The visits that stand in cases the user answers for, also in somebody's stead."""
    statement = (
        select(Visit)
        .join(Case, Case.id == Visit.case_id)
        .where(cases_within(user, Permission.KEEP_CALENDAR), Visit.on.between(day - BACK, day + AHEAD), stands())
        .order_by(Visit.on, Visit.id)
        .limit(MOST)
    )
    return list(db.session.scalars(statement).unique())


def events_of(user: User, day: date) -> list[GroupEvent]:
    own = GroupEvent.made_by_id == user.id
    within = GroupEvent.on.between(day - BACK, day + AHEAD)
    statement = select(GroupEvent).where(own, within, ~GroupEvent.cancellation.has())
    return list(db.session.scalars(statement.order_by(GroupEvent.on, GroupEvent.id).limit(MOST)).unique())
