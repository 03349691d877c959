"""What every statement about late things begins with: the open cases, by the assignment that goes on."""

from typing import Any

from sqlalchemy import Select, literal, select

from app.clients.cases import Assignment, Case
from app.clients.models import Client
from app.clients.reach import GONE

ONE = literal(1)


def open_cases(reference: Any, due: Any, count: Any = ONE) -> Select[Any]:
    """Open cases, by the assignment that goes on, and what is late in them since when."""
    return (
        select(Assignment.case_id, reference, due, count)
        .select_from(Assignment)
        .where(Assignment.to_at.is_(None), ~GONE)
    )


def with_person(statement: Select[Any]) -> Select[Any]:
    return statement.join(Case, Case.id == Assignment.case_id).join(Client, Client.id == Case.client_id)
