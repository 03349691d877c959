"""Whose the cases in the lines of a desk are, and who answers for them."""

from collections.abc import Collection

from sqlalchemy import Row, bindparam, select

from app.access.models import User
from app.clients.cases import Assignment, Case
from app.clients.models import Client
from app.db import db

PEOPLE = (
    select(Assignment.case_id, Case.client_id, Client.surname, Client.given_name, User.full_name)
    .select_from(Assignment)
    .join(Case, Case.id == Assignment.case_id)
    .join(Client, Client.id == Case.client_id)
    .outerjoin(User, User.id == Assignment.officer_id)
    .where(Assignment.case_id.in_(bindparam("cases", expanding=True)), Assignment.to_at.is_(None))
)


def people_in(cases: Collection[int]) -> dict[int, Row[int, int, str, str, str | None]]:
    """Whose each case is, and who answers for it."""
    return {row.case_id: row for row in db.session.execute(PEOPLE, {"cases": list(cases)})}
