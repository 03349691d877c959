"""What a volunteer or mentor is shown of the person they help: no more than design and consent allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.access.models import User
from app.clients.cases import Case
from app.clients.models import Client
from app.db import db
from app.sessions.door import door_is_open
from app.sessions.goals import current_goals
from app.sessions.models import Match, Question, Session
from app.sessions.paging import Cursor, Page, page_of
from app.sessions.queries import AROUND_MATCH, AROUND_SESSION


@dataclass(frozen=True, slots=True)
class Person:
    """All that a helper's page is given of a person; the template gets this, never the record."""

    match_id: int
    first_name: str
    phone: str | None
    address: str | None
    names_phone: bool
    names_address: bool
    starts_on: date
    until_on: date
    goals: Sequence[tuple[str, str]]


def find_open_match(actor: User, match_id: int, day: date) -> Match | None:
    """The actor's match, if its door is open on the day."""
    statement = (
        select(Match)
        .where(Match.id == match_id, door_is_open(actor, day))
        .options(*AROUND_MATCH, joinedload(Match.case).joinedload(Case.client).selectinload(Client.addresses))
    )
    return db.session.scalars(statement).unique().one_or_none()


def find_open_question(actor: User, question_id: int, day: date) -> Question | None:
    """A question about a session of the actor, behind an open door."""
    statement = (
        select(Question)
        .join(Question.session)
        .join(Session.match)
        .where(Question.id == question_id, Session.logged_by_id == actor.id, door_is_open(actor, day))
        .options(
            joinedload(Question.reply),
            joinedload(Question.session).options(
                joinedload(Session.confirmation), joinedload(Session.match).options(*AROUND_MATCH)
            ),
        )
    )
    return db.session.scalars(statement).unique().one_or_none()


def person_of(match: Match, day: date) -> Person:
    """The person behind an open door, as far as the consent goes."""
    client, consent = match.case.client, match.consent_on(day)
    if consent is None:
        raise ValueError("the door is shut")
    return Person(
        match_id=match.id,
        first_name=client.given_name,
        phone=client.phone if consent.names_phone else None,
        address=client.address.text if consent.names_address and client.address else None,
        names_phone=consent.names_phone,
        names_address=consent.names_address,
        starts_on=match.starts_on,
        until_on=consent.until_on,
        goals=[(thread, text) for thread, text in current_goals(match.case_id) if thread in match.threads],
    )


def own_sessions(match: Match, cursor: Cursor | None) -> Page:
    return page_of(select(Session).where(Session.match_id == match.id).options(*AROUND_SESSION), cursor)
