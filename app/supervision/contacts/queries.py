"""Finding contacts, never beyond the actor's reach, and what a person's page shows of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, tuple_
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.access.models import User
from app.access.policy import Permission
from app.clients.cases import Case
from app.clients.models import Client
from app.clients.queries import AROUND_CASE
from app.clients.reach import cases_within
from app.db import db, one_or_404
from app.supervision.contacts.models import (
    Contact,
    ContactWithdrawal,
    GroupEvent,
    GroupParticipant,
    Inspection,
)
from app.supervision.contacts.silence import WITHDRAWN, last_days

PAGE, LATEST, EVENTS = 25, 6, 6
IN_A_LINE = (
    joinedload(Contact.by),
    joinedload(Contact.inspection),
    joinedload(Contact.withdrawal).joinedload(ContactWithdrawal.by),
)


def get_contact(actor: User, permission: Permission, contact_id: int, language: str = "") -> Contact:
    """A contact in a case within reach; otherwise 404. A language narrows nothing."""
    return one_or_404(
        select(Contact)
        .join(Contact.case)
        .where(Contact.id == contact_id, cases_within(actor, permission))
        .options(contains_eager(Contact.case).options(*AROUND_CASE), *IN_A_LINE)
    )


def inspection_of(contact_id: int) -> Inspection:
    """An inspection for its act, with the person's addresses; whoever asks has looked after the reach."""
    about = joinedload(Inspection.contact)
    return one_or_404(
        select(Inspection)
        .where(Inspection.contact_id == contact_id)
        .options(
            about.joinedload(Contact.case).options(*AROUND_CASE),
            about.joinedload(Contact.case).joinedload(Case.client).selectinload(Client.addresses),
            about.joinedload(Contact.by),
            about.joinedload(Contact.withdrawal),
        )
    )


@dataclass(frozen=True, slots=True)
class Page:
    """Some contacts, the newest first, and the place from which older ones follow."""

    rows: Sequence[Contact]
    older: str | None = None


def contacts_of(cases: Collection[Case], before: tuple[date, int] | None = None, most: int = PAGE) -> Page:
    """The contacts in some cases, the newest first, or those before the day and the number of one."""
    place = tuple_(Contact.on, Contact.id)
    statement = select(Contact).where(Contact.case_id.in_([case.id for case in cases])).options(*IN_A_LINE)
    if before:
        statement = statement.where(place < before)
    newest = statement.order_by(Contact.on.desc(), Contact.id.desc()).limit(most + 1)
    rows = db.session.scalars(newest).unique().all()
    last = rows[most - 1] if len(rows) > most else None
    return Page(rows[:most], f"{last.on.isoformat()}.{last.id}" if last else None)


def place_in(text: str) -> tuple[date, int] | None:
    """The day and the number that ``older`` wrote; None for anything else."""
    day, _dot, number = text.partition(".")
    try:
        return (date.fromisoformat(day), int(number[:9])) if number.isascii() and number.isdecimal() else None
    except ValueError:
        return None


def last_contacts(cases: Collection[Case]) -> dict[int, date | None]:
    """The last day on which the person of each case was reached, by case; None where that never was."""
    numbers = [case.id for case in cases]
    rows = db.session.execute(select(Case.id, *last_days()).where(Case.id.in_(numbers)))
    return {number: max((day for day in found if day), default=None) for number, *found in rows}


def group_events_of(cases: Collection[Case]) -> Sequence[GroupParticipant]:
    """The group events on whose lists some people are, the newest first."""
    return (
        db.session.scalars(
            select(GroupParticipant)
            .join(GroupParticipant.event)
            .where(GroupParticipant.case_id.in_([case.id for case in cases]))
            .options(
                contains_eager(GroupParticipant.event).joinedload(GroupEvent.cancellation),
                selectinload(GroupParticipant.attendances),
            )
            .order_by(GroupEvent.on.desc(), GroupParticipant.id.desc())
            .limit(EVENTS)
        )
        .unique()
        .all()
    )


def last_body(case: Case) -> str | None:
    """The guardianship body of the person's last inspection, which is likely to be that of the next."""
    return db.session.scalar(
        select(Inspection.body)
        .join(Contact, Contact.id == Inspection.contact_id)
        .where(Contact.case_id == case.id, ~WITHDRAWN)
        .order_by(Contact.on.desc(), Contact.id.desc())
        .limit(1)
    )
