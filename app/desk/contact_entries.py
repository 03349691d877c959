"""What contacts, group events and community work add to the chronicle of a case."""

from typing import Any

from sqlalchemy import Select, String, case, cast, func, select, type_coerce
from sqlalchemy.orm import aliased

from app.access.models import User
from app.desk.entries import CASES, entries
from app.supervision.community_work.models import WorkOrder, WorkTimesheet
from app.supervision.contacts.models import Contact, GroupAttendance, GroupEvent, GroupParticipant, Inspection
from app.supervision.contacts.silence import CANCELLED, WITHDRAWN
from app.supervision.contacts.vocabulary import Attended


def contacts(_language: str) -> Select[Any]:
    row = Contact
    reached = case((row.reached, type_coerce(row.whom, String())), else_=None)
    words = func.coalesce(row.words, Inspection.found)
    found = entries("contact", on=row.on, reference=row.id, code=row.kind, text=reached, words=words,
                    who=User.full_name).select_from(row)  # fmt: skip
    found = found.outerjoin(Inspection, Inspection.contact_id == row.id).join(User, User.id == row.by_id)
    return found.where(row.case_id.in_(CASES), ~WITHDRAWN)


def attendances(_language: str) -> Select[Any]:
    """Who came to a group event, by the last that was noted; who was taken off its list is not told of."""
    row, later = GroupAttendance, aliased(GroupAttendance)
    is_later = (later.participant_id == row.participant_id) & (later.ordinal > row.ordinal)
    found = entries("attendance", on=GroupEvent.on, reference=GroupParticipant.client_id, code=row.kind,
                    text=GroupEvent.title, words=row.words, who=User.full_name).select_from(row)  # fmt: skip
    found = found.join(GroupParticipant, GroupParticipant.id == row.participant_id)
    found = found.join(GroupEvent, GroupEvent.id == GroupParticipant.event_id).join(User, User.id == row.by_id)
    stands = row.kind != Attended.NOT_EXPECTED, ~select(later.ordinal).where(is_later).exists(), ~CANCELLED
    return found.where(GroupParticipant.case_id.in_(CASES), *stands)


def orders(_language: str) -> Select[Any]:
    row = WorkOrder
    found = entries("work_order", at=row.at, reference=row.id, ordinal=row.hours, who=User.full_name)
    return found.join(User, User.id == row.by_id).where(row.case_id.in_(CASES))


def timesheets(_language: str) -> Select[Any]:
    row = WorkTimesheet
    month = cast(row.month, String())
    found = entries("timesheet", at=row.at, reference=row.order_id, ordinal=row.minutes, text=month,
                    who=User.full_name)  # fmt: skip
    return found.join(User, User.id == row.by_id).where(row.case_id.in_(CASES))


OF_CONTACTS = (contacts, attendances, orders, timesheets)
