"""Finding substitutions and officers of an office."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.access.models import Role, User
from app.access.policy import Permission
from app.access.substitutions.models import Substitution, SubstitutionEnding
from app.db import db, one_or_404

PAST, AHEAD = 25, 100  # lines on a page
WITH_PEOPLE = (
    joinedload(Substitution.substitute).selectinload(User.suspensions),
    joinedload(Substitution.by),
    joinedload(Substitution.ending).joinedload(SubstitutionEnding.by),
)


def get_substitution(actor: User, _permission: Permission, substitution_id: int) -> Substitution:
    """A substitution in the actor's office; otherwise 404."""
    mine = (Substitution.id == substitution_id, Substitution.office_id == actor.office_id)
    return one_or_404(select(Substitution).where(*mine).options(*WITH_PEOPLE))


def lasting(office_id: int, day: date) -> Sequence[Substitution]:
    """Those of an office that go on or are to come, the earliest first."""
    statement = select(Substitution).where(Substitution.office_id == office_id, Substitution.to_on > day)
    found = db.session.scalars(
        statement.options(*WITH_PEOPLE).order_by(Substitution.from_on, Substitution.id).limit(AHEAD)
    )
    return [row for row in found.unique() if row.ends_on > max(day, row.from_on)]


def in_place_of(officer: User, day: date) -> Sequence[Substitution]:
    """Who stands in for an officer on a day: the officer is told of it too."""
    statement = select(Substitution).where(
        Substitution.absent_id == officer.id, Substitution.from_on <= day, Substitution.to_on > day
    )
    found = db.session.scalars(statement.options(*WITH_PEOPLE).order_by(Substitution.id))
    return [row for row in found.unique() if row.counts_on(day)]


def over(office_id: int, day: date) -> Sequence[Substitution]:
    """Those of an office that are over, or were ended before they began, the latest first."""
    of = SubstitutionEnding.substitution_id == Substitution.id
    ended = select(SubstitutionEnding.substitution_id).where(of, SubstitutionEnding.on <= day).exists()
    statement = select(Substitution).where(Substitution.office_id == office_id, (Substitution.to_on <= day) | ended)
    found = db.session.scalars(
        statement.options(*WITH_PEOPLE).order_by(Substitution.to_on.desc(), Substitution.id.desc()).limit(PAST)
    )
    return found.unique().all()


def officers_in(office_id: int) -> Sequence[User]:
    """All officers of an office by name, suspended ones too: somebody has to look after their cases as well."""
    officers = select(User).where(User.office_id == office_id, User.role == Role.OFFICER)
    statement = officers.options(selectinload(User.suspensions)).order_by(User.full_name, User.id)
    return db.session.scalars(statement).all()
