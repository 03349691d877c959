"""Finding group events within the actor's reach, and the people who may be put on a list."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, true, tuple_
from sqlalchemy.orm import contains_eager, joinedload, lazyload, selectinload

from app.access.models import User
from app.access.policy import Permission, Reach, reach, stands_for
from app.clients.cases import Assignment, Case, Deregistration
from app.clients.matching import by_name
from app.clients.models import Client
from app.clients.naming import fold_query
from app.clients.reach import cases_within
from app.db import db, one_or_404
from app.supervision.contacts.models import GroupAttendance, GroupEvent, GroupEventCancellation, GroupParticipant
from app.supervision.contacts.vocabulary import Attended

HOLD = Permission.HOLD_GROUP_EVENT
PAGE, OFFERED = 25, 60
IN_A_LIST = (
    joinedload(GroupParticipant.case).options(
        joinedload(Case.client).load_only(Client.surname, Client.given_name, Client.patronymic),
        joinedload(Case.assignment).lazyload(Assignment.office),
    ),
    selectinload(GroupParticipant.attendances).joinedload(GroupAttendance.by),
)


def events_within(actor: User, permission: Permission) -> ColumnElement[bool]:
    """A condition on group events: one's own and those of who is stood in for, or the office's, as the policy says."""
    match reach(actor, permission):
        case Reach.EVERYWHERE:
            return true()
        case Reach.OFFICE:
            return or_(GroupEvent.office_id == actor.office_id, GroupEvent.made_by_id == actor.id)
        case _:
            stood_for = GroupEvent.made_by_id.in_(stands_for(actor, permission))
            return or_(GroupEvent.made_by_id == actor.id, and_(stood_for, GroupEvent.office_id == actor.office_id))


def get_event(actor: User, permission: Permission, group_event_id: int) -> GroupEvent:
    """A group event within reach with its list; otherwise 404."""
    return one_or_404(
        select(GroupEvent)
        .where(GroupEvent.id == group_event_id, events_within(actor, permission))
        .options(
            joinedload(GroupEvent.made_by),
            joinedload(GroupEvent.office),
            joinedload(GroupEvent.cancellation).joinedload(GroupEventCancellation.by),
            selectinload(GroupEvent.participants).options(*IN_A_LIST),
        )
    )


def known_to(actor: User, event: GroupEvent) -> list[GroupParticipant]:
    """Those on the list whose cases are within the actor's reach today, by name; the others stay unnamed."""
    ours = set(
        db.session.scalars(
            select(Case.id).where(Case.id.in_([row.case_id for row in event.participants]), cases_within(actor, HOLD))
        )
    )
    return sorted(
        (row for row in event.participants if row.case_id in ours), key=lambda row: (row.client.sort_key, row.id)
    )


@dataclass(frozen=True, slots=True)
class Page:
    """Some group events, the newest first, each with how many are on its list, came, and wait for an answer."""

    rows: Sequence[Row[GroupEvent, int, int, int]]
    older: str | None


def events_of(actor: User, before: tuple[date, int] | None) -> Page:
    latest = (
        select(GroupAttendance.kind)
        .where(GroupAttendance.participant_id == GroupParticipant.id)
        .order_by(GroupAttendance.ordinal.desc())
        .limit(1)
        .correlate(GroupParticipant)
        .scalar_subquery()
    )
    stated = select(GroupParticipant.event_id.label("event_id"), latest.label("kind")).subquery()
    counts = [
        select(func.count()).select_from(stated).where(stated.c.event_id == GroupEvent.id, condition).scalar_subquery()
        for condition in (
            or_(stated.c.kind.is_(None), stated.c.kind != Attended.NOT_EXPECTED.value),
            stated.c.kind == Attended.CAME.value,
            stated.c.kind.is_(None),
        )
    ]
    statement = select(GroupEvent, *counts).where(events_within(actor, HOLD)).options(joinedload(GroupEvent.made_by))
    if before:
        statement = statement.where(tuple_(GroupEvent.on, GroupEvent.id) < before)
    rows = db.session.execute(
        statement.order_by(GroupEvent.on.desc(), GroupEvent.id.desc()).limit(PAGE + 1)
    ).unique().all()  # fmt: skip
    last = rows[PAGE - 1][0] if len(rows) > PAGE else None
    return Page(rows[:PAGE], f"{last.on.isoformat()}.{last.id}" if last else None)


def people_to_choose(actor: User, words: str, without: Collection[int] = ()) -> Sequence[Case]:
    """Open cases for a list, by name: those within reach, or of them those whose person's name fits the words.

    ``without`` are people who are on the list already.
    """
    parts = fold_query(words)
    gone = select(Deregistration.case_id).where(Deregistration.case_id == Case.id).exists()
    statement = select(Case).join(Case.client).where(~gone, cases_within(actor, HOLD))
    if without:
        statement = statement.where(Case.client_id.not_in(without))
    if parts:
        fitting = by_name(parts).subquery()
        statement = statement.where(Case.client_id.in_(select(fitting.c[0])))
    return named(statement.order_by(Client.sort_key, Case.id).limit(OFFERED))


def cases_chosen(actor: User, numbers: Collection[int]) -> Sequence[Case]:
    """The cases of these numbers that are within reach, by name."""
    statement = select(Case).join(Case.client).where(Case.id.in_(numbers), cases_within(actor, HOLD))
    return named(statement.order_by(Client.sort_key, Case.id))


def named(statement: object) -> Sequence[Case]:
    """What a line of the list shows of a case: whose it is, its number, and whether it is open."""
    shown = (
        contains_eager(Case.client).load_only(Client.surname, Client.given_name, Client.patronymic, Client.sort_key),
        lazyload(Case.assignment),
        joinedload(Case.deregistration),
    )
    return db.session.scalars(statement.options(*shown)).unique().all()  # type: ignore[attr-defined]
