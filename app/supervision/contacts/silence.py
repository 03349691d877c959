"""When somebody of the service last spoke with a person: for statements that ask who has been silent."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from app.clients.cases import Case
from app.db import days
from app.supervision.calendar.models import Visit, VisitOutcome
from app.supervision.calendar.statements import latest_outcome
from app.supervision.calendar.vocabulary import Came
from app.supervision.contacts.models import (
    Contact,
    ContactWithdrawal,
    GroupAttendance,
    GroupEvent,
    GroupEventCancellation,
    GroupParticipant,
)
from app.supervision.contacts.vocabulary import Attended, Whom

CAME = (Came.CAME, Came.CAME_LATE)
LATER_ATTENDANCE = aliased(GroupAttendance)
WITHDRAWN = select(ContactWithdrawal.contact_id).where(ContactWithdrawal.contact_id == Contact.id).exists()
CANCELLED = select(GroupEventCancellation.event_id).where(GroupEventCancellation.event_id == GroupEvent.id).exists()


def contacts() -> Select[Any]:
    """The days of the contacts in which the person was reached."""
    reached = Contact.reached, Contact.whom == Whom.PERSON, ~WITHDRAWN
    return select(Contact.on).where(Contact.case_id == Case.id, *reached).correlate(Case)


def visits() -> Select[Any]:
    """The days on which the person came to the office."""
    found = select(VisitOutcome.on).join(Visit, Visit.id == VisitOutcome.visit_id)
    return found.where(Visit.case_id == Case.id, VisitOutcome.kind.in_(CAME), latest_outcome()).correlate(Case)


def attendances() -> Select[Any]:
    """The days of the group events to which the person came."""
    row, later = GroupAttendance, LATER_ATTENDANCE
    is_later = and_(later.participant_id == row.participant_id, later.ordinal > row.ordinal)
    stands = row.kind == Attended.CAME, ~select(later.ordinal).where(is_later).exists(), ~CANCELLED
    found = (
        select(GroupEvent.on)
        .join(GroupParticipant, GroupParticipant.event_id == GroupEvent.id)
        .join(row, row.participant_id == GroupParticipant.id)
    )
    return found.where(GroupParticipant.case_id == Case.id, *stands).correlate(Case)


SOURCES = (contacts, visits, attendances)


def last_days() -> tuple[ScalarSelect[Any], ...]:
    """For statements with Case: the last day from each source, empty where it has none."""
    statements = [source() for source in SOURCES]
    return tuple(one.with_only_columns(func.max(one.selected_columns[0])).scalar_subquery() for one in statements)


def silent_since() -> ColumnElement[date]:
    """For statements with Case: the last day on which the person was reached; before the first, the registration."""
    return days.Latest(Case.registered_on, *(func.coalesce(one, Case.registered_on) for one in last_days()))


def was_reached_after(day: Any) -> ColumnElement[bool]:
    """For statements with Case: whether the person was reached on a later day. Faster than asking for the last one."""
    statements = [source() for source in SOURCES]
    return or_(*(one.where(one.selected_columns[0] > day).exists() for one in statements))


def is_silent(day: Any) -> ColumnElement[bool]:
    """For statements with Case: on the register since that day or before, and not reached on any day after it."""
    return and_(Case.registered_on <= day, ~was_reached_after(day))
