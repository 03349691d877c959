"""Narrowing statements to the people and cases that a permission reaches; the guard asks the same policy."""

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, false, or_, select, true

from app.access.models import User
from app.access.policy import Permission, Reach, reach
from app.clients.cases import Assignment, Case, Transfer
from app.clients.models import Client

Statement = TypeVar("Statement", bound=Select[Any])


def held_by(actor: User, permission: Permission) -> ColumnElement[bool] | None:
    """The condition on assignments that the permission's reach means; None where it reaches everything."""
    match reach(actor, permission):
        case Reach.EVERYWHERE:
            return None
        case Reach.OFFICE:
            return or_(Assignment.office_id == actor.office_id, Assignment.officer_id == actor.id)
        case Reach.OWN:
            return Assignment.officer_id == actor.id
        case None:
            return false()


def cases_within(actor: User, permission: Permission) -> ColumnElement[bool]:
    """A condition on cases: held today by the actor, or by the actor's office, as far as the policy says."""
    condition = held_by(actor, permission)
    if condition is None:
        return true()
    return Case.id.in_(select(Assignment.case_id).where(Assignment.to_at.is_(None), condition))


def clients_within(actor: User, permission: Permission) -> ColumnElement[bool]:
    """A condition on people: at least one case of theirs is within reach."""
    condition = held_by(actor, permission)
    if condition is None:
        return true()
    held = select(Case.client_id).join(Case.assignments).where(Assignment.to_at.is_(None), condition)
    return Client.id.in_(held)


def transfers_within(actor: User, permission: Permission) -> ColumnElement[bool]:
    """A condition on transfers: offered to the actor, or to the actor's office."""
    match reach(actor, permission):
        case Reach.EVERYWHERE:
            return true()
        case Reach.OFFICE:
            return or_(Transfer.to_office_id == actor.office_id, Transfer.to_officer_id == actor.id)
        case Reach.OWN:
            return Transfer.to_officer_id == actor.id
        case None:
            return false()
