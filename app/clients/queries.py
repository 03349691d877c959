"""Finding people, cases and transfers, never beyond the actor's reach, with everything that their pages show."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.access.models import User
from app.access.policy import Permission
from app.clients.cases import Assignment, Case, Transfer
from app.clients.models import Client
from app.clients.reach import cases_within, clients_within, transfers_within
from app.db import one_or_404

# What a page about a case shows around it: the person with all cases, and who answers for each.
AROUND_CASE = (
    joinedload(Case.client).selectinload(Client.cases).selectinload(Case.stages),
    joinedload(Case.assignment).joinedload(Assignment.officer),
    joinedload(Case.assignment).joinedload(Assignment.office),
    selectinload(Case.stages),
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
            selectinload(Case.transfers).joinedload(Transfer.answer),
            selectinload(Case.transfers).joinedload(Transfer.to_office),
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
