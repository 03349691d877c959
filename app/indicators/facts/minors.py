"""Minors in activities (I-12): group events that took place, without preventive talks, which are control."""

from sqlalchemy import CTE, and_, case, func, select

from app.clients.models import ADULT, Client
from app.indicators.facts.asking import FIRST, Ask
from app.indicators.facts.people import reference, spans
from app.indicators.facts.shapes import Flag
from app.supervision.contacts.models import GroupAttendance, GroupEvent, GroupEventCancellation, GroupParticipant
from app.supervision.contacts.vocabulary import Attended, GroupKind

ACTIVITIES = tuple(kind for kind in GroupKind if kind is not GroupKind.PREVENTIVE_TALK)


def on_lists(ask: Ask) -> CTE:
    """Everybody on the list of an activity that took place in the period, on a day on which they were on the register.

    ``kind`` is what is known last of whether they came; empty while nobody noted it.
    """
    span, period = ask.once(spans), ask.period
    theirs = select(GroupParticipant.id).where(*ask.only(GroupParticipant.client_id))
    noted = select(
        GroupAttendance.participant_id,
        GroupAttendance.kind,
        func.row_number()
        .over(partition_by=GroupAttendance.participant_id, order_by=GroupAttendance.ordinal.desc())
        .label("place"),
    )
    known = noted.where(*ask.within(GroupAttendance.participant_id, theirs)).subquery("attendances")
    return (
        select(GroupParticipant.client_id, known.c.kind)
        .select_from(GroupParticipant)
        .join(GroupEvent, GroupEvent.id == GroupParticipant.event_id)
        .join(span, span.c.client_id == GroupParticipant.client_id)
        .outerjoin(GroupEventCancellation, GroupEventCancellation.event_id == GroupEvent.id)
        .outerjoin(known, and_(known.c.participant_id == GroupParticipant.id, known.c.place <= FIRST))
        .where(GroupEvent.kind.in_(ACTIVITIES), GroupEventCancellation.event_id.is_(None))
        .where(GroupEvent.on >= period.start, GroupEvent.on < period.end)
        .where(GroupEvent.on >= span.c.registered_on, GroupEvent.on < span.c.until)
        .cte("on_lists")
    )


def took_part(ask: Ask) -> CTE:
    """Which minors came to an activity, and of which minors nobody noted whether they came to one.

    A minor is who is under 18 on the reference day, as in the number of minors on the register.
    """
    person, listed = ask.once(reference), ask.once(on_lists)
    return (
        select(
            person.c.client_id,
            func.max(case((listed.c.kind == Attended.CAME, 1), else_=0)).label("took_part"),
            func.max(case((listed.c.kind.is_(None), 1), else_=0)).label("attendance_unknown"),
        )
        .select_from(person)
        .join(listed, listed.c.client_id == person.c.client_id)
        .join(Client, Client.id == person.c.client_id)
        .where(Client.born_on > person.c[f"born_{ADULT}"])
        .group_by(person.c.client_id)
        .cte("took_part")
    )


TOOK_PART = Flag(took_part, {"took_part": 0, "attendance_unknown": 0})
