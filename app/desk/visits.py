"""Whom an officer expects: the visits of the day with one press for who came, those of the week, group events."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Select, func, or_, select

from app.access.policy import Reach
from app.clients.cases import Assignment
from app.clients.reach import ACTOR, ACTORS, ACTORS_OFFICE, held_within
from app.db import db
from app.desk.held import Held
from app.desk.lines import Line, Pile, Press, count_of, exact, pile_of
from app.desk.news import joined
from app.desk.overdue import MOST
from app.desk.people import people_in
from app.supervision.calendar.models import Visit
from app.supervision.calendar.statements import awaited_visits, visits_due
from app.supervision.calendar.vocabulary import Came
from app.supervision.contacts.models import GroupEvent, GroupEventCancellation, GroupParticipant
from app.supervision.hours.slots import clock

WEEK, DAY = timedelta(days=7), timedelta(days=1)


@lru_cache(maxsize=10)
def expected(day: date, extent: Reach | None) -> Select[Any]:
    return visits_due(day, extent).limit(MOST)


@lru_cache(maxsize=10)
def coming(first: date, last: date, extent: Reach | None) -> Select[Any]:
    """Visits that are awaited from a day up to and with another, in the order of their days and times."""
    columns = (Assignment.case_id, Visit.id, Visit.on, Visit.minute, Visit.kind)
    return (
        awaited_visits(*columns)
        .where(Visit.on.between(first, last), held_within(extent))
        .order_by(Visit.on, Visit.minute.is_(None), Visit.minute, Visit.id)
        .limit(MOST)
    )


def expected_today(day: date, held: Held, back: str) -> list[Pile]:
    """One pile of those expected on the day, the earliest first: one press notes that the person came."""
    statement = expected(day, held.extent)
    found = db.session.execute(statement, held.values).all()
    count = exact(len(found), MOST, statement, held.values)
    return pile_of(_("Expected today"), lines_of(found, back, is_today=True), count)


def expected_later(day: date, held: Held, back: str) -> list[Pile]:
    """One pile of those expected in the rest of the week."""
    statement = coming(day + DAY, day + WEEK - DAY, held.extent)
    found = db.session.execute(statement, held.values).all()
    count = len(found) if len(found) < MOST else count_of(statement, held.values)
    return pile_of(_("Expected this week"), lines_of(found, back, is_today=False), count)


def lines_of(found: Any, back: str, is_today: bool) -> list[Line]:
    people = people_in([row.case_id for row in found]) if found else {}
    lines = []
    for case_id, visit_id, on, minute, kind in found:
        of = people[case_id]
        came = Press(
            _("Came"),
            url_for("visits.tell", visit_id=visit_id),
            (("outcome", Came.CAME.value), ("back", back)),
            is_main=True,
        )
        at = clock(minute) if minute is not None else ""
        lines.append(
            Line(
                person=f"{of.surname} {of.given_name}",
                person_url=url_for("desk.client", client_id=of.client_id),
                why=str(kind.label) if is_today else joined(kind.label, at),
                act=_("Another outcome") if is_today else _("Open"),
                act_url=url_for("visits.tell", visit_id=visit_id, back=back)
                if is_today
                else url_for("supervision.of_client", client_id=of.client_id),
                due_on=None if is_today else on,
                at=(at or _("any time")) if is_today else "",
                presses=(came,) if is_today else (),
            )
        )
    return lines


@lru_cache(maxsize=10)
def events_on(first: date, last: date) -> Select[Any]:
    """Group events that the actor holds from a day up to and with another, each with how many are on its list."""
    cancelled = select(GroupEventCancellation.event_id).where(GroupEventCancellation.event_id == GroupEvent.id)
    listed = select(func.count()).where(GroupParticipant.event_id == GroupEvent.id).correlate(GroupEvent)
    return (
        select(GroupEvent.id, GroupEvent.title, GroupEvent.on, GroupEvent.minute, listed.scalar_subquery())
        .where(GroupEvent.made_by_id.in_(ACTORS), GroupEvent.on.between(first, last), ~cancelled.exists())
        .where(or_(GroupEvent.made_by_id == ACTOR, GroupEvent.office_id == ACTORS_OFFICE))
        .order_by(GroupEvent.on, GroupEvent.minute, GroupEvent.id)
        .limit(MOST)
    )


def group_events(first: date, last: date, held: Held) -> list[Pile]:
    """One pile of the officer's own group events from a day up to and with another."""
    statement, is_today = events_on(first, last), first == last
    found = db.session.execute(statement, held.values).all()
    lines = []
    for number, title, on, minute, listed in found:
        at = clock(minute) if minute is not None else ""
        people = ngettext("%(num)d person on the list", "%(num)d people on the list", listed)
        lines.append(
            Line(
                person=title,
                person_url=url_for("group_events.show", group_event_id=number),
                why=people if is_today else joined(people, at),
                act=_("Note who came") if is_today else _("Open"),
                act_url=url_for("group_events.attend" if is_today else "group_events.show", group_event_id=number),
                due_on=None if is_today else on,
                at=(at or _("any time")) if is_today else "",
            )
        )
    title = _("Group events today") if is_today else _("Group events this week")
    return pile_of(title, lines, exact(len(found), MOST, statement, held.values))
