"""Narrowing statements to the people and cases that a permission reaches; the guard asks the same policy."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, bindparam, case, false, or_, select, true

from app.access.models import User
from app.access.policy import Permission, Reach, reach, stands_for
from app.clients.cases import Assignment, Case, Deregistration, Transfer
from app.clients.models import Client

ACTOR, ACTORS_OFFICE = bindparam("actor_id", type_=Integer), bindparam("actors_office_id", type_=Integer)
# The actor, and those whose place the actor takes today.
ACTORS = bindparam("actor_ids", expanding=True, type_=Integer)
# The case of an assignment has left the register.
GONE = select(Deregistration.case_id).where(Deregistration.case_id == Assignment.case_id).exists()


def own(officers: Any, actor: Any, office: Any) -> ColumnElement[bool]:
    """The actor's assignments, and of those for whom the actor stands in the ones of the actor's office.

    The index of officers finds them all. The rest is said as a case: of an "or" PostgreSQL would expect that it
    leaves next to nothing, and plan for that.
    """
    here = case((Assignment.officer_id == actor, true()), else_=Assignment.office_id == office)
    return Assignment.officer_id.in_(officers) & here


def held_by(actor: User, permission: Permission) -> ColumnElement[bool] | None:
    """The condition on assignments that the permission's reach means; None where it reaches everything."""
    match reach(actor, permission):
        case Reach.EVERYWHERE:
            return None
        case Reach.OFFICE:
            return or_(Assignment.office_id == actor.office_id, Assignment.officer_id == actor.id)
        case Reach.OWN:
            return own(seats_of(actor, stands_for(actor, permission)), actor.id, actor.office_id)
        case None:
            return false()


def held_within(extent: Reach | None) -> ColumnElement[bool]:
    """As ``held_by``, for statements that are built once and told ``whose`` each time; with the assignment going on."""
    going_on = Assignment.to_at.is_(None)
    match extent:
        case Reach.EVERYWHERE:
            return going_on
        case Reach.OFFICE:
            return going_on & or_(Assignment.office_id == ACTORS_OFFICE, Assignment.officer_id == ACTOR)
        case Reach.OWN:
            return going_on & own(ACTORS, ACTOR, ACTORS_OFFICE)
        case None:
            return false()


def whose(actor: User) -> dict[str, Any]:
    """The values that ``held_within`` asks for."""
    return {"actor_id": actor.id, "actor_ids": seats_of(actor, actor.stands_for), "actors_office_id": actor.office_id}


def seats_of(actor: User, stood_for: frozenset[int]) -> list[int]:
    """The actor, and the officers for whom the actor stands in: never those for whom these stand in."""
    return [actor.id, *sorted(stood_for - {actor.id})]


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
    """A condition on transfers: offered to the actor, or to the actor's office.

    Standing in for somebody takes over their cases, not the cases offered to them: those the head of service answers.
    """
    match reach(actor, permission):
        case Reach.EVERYWHERE:
            return true()
        case Reach.OFFICE:
            return or_(Transfer.to_office_id == actor.office_id, Transfer.to_officer_id == actor.id)
        case Reach.OWN:
            return Transfer.to_officer_id == actor.id
        case None:
            return false()
