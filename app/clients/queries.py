"""Finding people, cases and transfers, never beyond the actor's reach, with everything that their pages show."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import contains_eager, defer, joinedload, lazyload, selectinload

from app.access.models import Role, Suspension, User
from app.access.policy import Permission, Reach, reach
from app.audit.models import Entry
from app.clients.cases import Assignment, Case, Deregistration, Transfer, TransferAnswer
from app.clients.events import CaseEvent, EventWithdrawal
from app.clients.models import Client
from app.clients.reach import cases_within, clients_within, held_within, transfers_within, whose
from app.db import db, one_or_404
from app.offices.models import Region, RegionName

OFFERS, LINES, EVENTS = 50, 50, 100  # at once

# What a page about a case shows around it: the person with all cases, and who answers for each.
AROUND_CASE = (
    joinedload(Case.client).selectinload(Client.cases).selectinload(Case.stages),
    joinedload(Case.assignment).joinedload(Assignment.officer),
    joinedload(Case.assignment).joinedload(Assignment.office),
    selectinload(Case.stages),
)
# What a line on a desk shows of a case: whose it is.
NAMED = (
    joinedload(Case.client).load_only(Client.surname, Client.given_name, Client.patronymic),
    lazyload(Case.assignment),
    lazyload(Case.deregistration),
)


def get_client(actor: User, permission: Permission, client_id: int) -> Client:
    """A person within reach, with circumstances and cases; otherwise 404."""
    return one_or_404(
        select(Client)
        .where(Client.id == client_id, clients_within(actor, permission))
        .options(
            selectinload(Client.names),
            selectinload(Client.addresses),
            selectinload(Client.circumstances),
            selectinload(Client.representatives),
            selectinload(Client.documents),
            selectinload(Client.cases).joinedload(Case.assignment).joinedload(Assignment.officer),
            selectinload(Client.cases).joinedload(Case.assignment).joinedload(Assignment.office),
            selectinload(Client.cases).selectinload(Case.stages),
        )
    )


def get_person(actor: User, permission: Permission, client_id: int) -> Client:
    """A person within reach with the cases and nothing else of the record; otherwise 404."""
    return one_or_404(person_within(reach(actor, permission)), {"number": client_id} | whose(actor))


@cache
def person_within(extent: Reach | None) -> Select[Client]:
    cases = selectinload(Client.cases)
    held = select(Case.client_id).join(Assignment, Assignment.case_id == Case.id)
    return (
        select(Client)
        .where(Client.id == bindparam("number"))
        .where(held.where(Case.client_id == Client.id, held_within(extent)).exists())
        .options(
            defer(Client.iin),
            defer(Client.phone),
            cases.joinedload(Case.assignment).joinedload(Assignment.officer),
            cases.joinedload(Case.assignment).joinedload(Assignment.office),
            cases.selectinload(Case.stages),
        )
    )


def get_case(actor: User, permission: Permission, case_id: int) -> Case:
    """A case within reach, with its person and its history; otherwise 404."""
    return one_or_404(
        select(Case)
        .where(Case.id == case_id, cases_within(actor, permission))
        .options(
            *AROUND_CASE,
            selectinload(Case.bodies),
            selectinload(Case.assignments).joinedload(Assignment.officer),
            selectinload(Case.assignments).joinedload(Assignment.office),
            selectinload(Case.transfers).joinedload(Transfer.answer).joinedload(TransferAnswer.by),
            selectinload(Case.transfers).joinedload(Transfer.to_office),
            selectinload(Case.transfers).joinedload(Transfer.to_officer),
            selectinload(Case.transfers).joinedload(Transfer.offered_by),
            joinedload(Case.deregistration).joinedload(Deregistration.by),
        )
    )


def get_transfer(actor: User, permission: Permission, transfer_id: int) -> Transfer:
    """A transfer that the actor may answer; otherwise 404."""
    return one_or_404(
        select(Transfer)
        .where(Transfer.id == transfer_id, transfers_within(actor, permission))
        .options(
            joinedload(Transfer.case).options(*AROUND_CASE),
            joinedload(Transfer.from_office),
            joinedload(Transfer.to_office),
            joinedload(Transfer.to_officer),
            joinedload(Transfer.offered_by),
        )
    )


def get_event(actor: User, permission: Permission, event_id: int) -> CaseEvent:
    """An event of a case within reach, with the case and its person; otherwise 404."""
    return one_or_404(
        select(CaseEvent)
        .join(CaseEvent.case)
        .where(CaseEvent.id == event_id, cases_within(actor, permission))
        .options(contains_eager(CaseEvent.case).options(*AROUND_CASE), joinedload(CaseEvent.recorded_by))
    )


def events_of(case: Case) -> Sequence[CaseEvent]:
    """What happened in a case, the newest first, withdrawn or not."""
    statement = (
        select(CaseEvent)
        .where(CaseEvent.case_id == case.id)
        .options(joinedload(CaseEvent.recorded_by), joinedload(CaseEvent.withdrawal).joinedload(EventWithdrawal.by))
        .order_by(CaseEvent.on.desc(), CaseEvent.id.desc())
        .limit(EVENTS)
    )
    return db.session.scalars(statement).unique().all()


def hold(case: Case) -> None:
    """Keep everybody else from acting on the case until this act is saved, and see it as it is now."""
    db.session.execute(select(Case.id).where(Case.id == case.id).with_for_update())
    db.session.refresh(case, ["transfers", "deregistration", "assignment", "stages", "bodies"])


def hold_documents(client: Client) -> None:
    """Keep everybody else from noting this person's documents until this is saved, and see them as they are now."""
    db.session.execute(select(Client.id).where(Client.id == client.id).with_for_update())
    db.session.refresh(client, ["documents"])


def offers_to(actor: User) -> Select[Transfer]:
    """The offers that wait for the actor's answer."""
    return (
        select(Transfer)
        .outerjoin(Transfer.answer)
        .where(
            transfers_within(actor, Permission.ANSWER_TRANSFER),
            Transfer.offered_by_id != actor.id,
            TransferAnswer.transfer_id.is_(None),
        )
    )


def transfers_waiting(actor: User) -> Sequence[Transfer]:
    """The offers that wait for the actor's answer, the oldest first."""
    statement = (
        offers_to(actor)
        .options(
            selectinload(Transfer.case).options(*NAMED),
            selectinload(Transfer.from_office),
            selectinload(Transfer.offered_by),
        )
        .order_by(Transfer.id)
        .limit(OFFERS)
    )
    return db.session.scalars(statement).unique().all()


def officers_of(office_id: int) -> Sequence[User]:
    """The officers of an office who may sign in, by name."""
    suspended = select(Suspension.user_id).where(Suspension.lifted_at.is_(None))
    working = (User.office_id == office_id, User.role == Role.OFFICER, User.id.not_in(suspended))
    return db.session.scalars(select(User).where(*working).order_by(User.full_name, User.id)).all()


def cases_held_by(officers: Iterable[int], office_id: int) -> Sequence[Row[int, int, int | None]]:
    """The cases that some officers hold in an office: number, person, officer."""
    statement = (
        select(Case.id, Case.client_id, Assignment.officer_id)
        .join(Assignment, Assignment.case_id == Case.id)
        .where(Assignment.to_at.is_(None), Assignment.officer_id.in_(officers), Assignment.office_id == office_id)
    )
    return db.session.execute(statement).all()


def readers_of(client: Client, before: int | None) -> Sequence[Row[Entry, User]]:
    """Who read or changed anything about a person, the latest first, one more than a page shows."""
    statement = select(Entry, User).outerjoin(User, User.id == Entry.actor_id).where(Entry.client_id == client.id)
    if before:
        statement = statement.where(Entry.id < before)
    return db.session.execute(statement.order_by(Entry.id.desc()).limit(LINES + 1)).all()


def region_names(client: Client, on: date) -> dict[str, RegionName]:
    """The names of the regions in a person's addresses, by code."""
    codes = {row.region_code for row in client.addresses}
    regions = db.session.scalars(select(Region).where(Region.code.in_(codes)))
    return {region.code: region.name_on(on) for region in regions}
