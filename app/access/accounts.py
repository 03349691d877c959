"""What an administrator does to the other users, and what keeps the house from being locked from outside."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_
from sqlalchemy.orm import selectinload

from app.access.models import Role, Suspension, User
from app.access.policy import Permission
from app.db import db, one_or_404

AT_ONCE = 25  # users on a page


def get_user(_actor: User, _permission: Permission, user_id: int) -> User:
    """Any user; whoever manages users reaches all of them."""
    return one_or_404(select(User).where(User.id == user_id).options(selectinload(User.suspensions)))


def suspended() -> ColumnElement[bool]:
    """The condition that a user is suspended now."""
    return select(Suspension.id).where(Suspension.user_id == User.id, Suspension.lifted_at.is_(None)).exists()


def is_last_administrator(user: User) -> bool:
    """Whether nobody else could let people in, were this user gone.

    All administrators' rows stay locked until the commit, so that two of them cannot send each other away at once;
    the count comes after the locks, in a statement of its own, and so sees what the one before has committed.
    """
    administrators = select(User.id).where(User.role == Role.ADMINISTRATOR)
    db.session.execute(administrators.order_by(User.id).with_for_update()).all()
    if user.role != Role.ADMINISTRATOR:
        return False
    is_other = (User.role == Role.ADMINISTRATOR, User.id != user.id, ~suspended())
    return db.session.scalar(select(func.count()).select_from(User).where(*is_other)) == 0


def why_not_suspend(user: User, by: User) -> str | None:
    """What stands against suspending a user, in a sentence; None when nothing does."""
    if user.id == by.id:
        return _("You cannot suspend yourself. Ask another administrator.")
    if is_last_administrator(user):
        return _("This is the last administrator. Make somebody else one first.")
    return None


def why_not_move(user: User, role: Role) -> str | None:
    """What stands against giving a user this role, in a sentence; None when nothing does."""
    if role != Role.ADMINISTRATOR and is_last_administrator(user):
        return _("This is the last administrator. Make somebody else one first.")
    return None


@dataclass(frozen=True, slots=True)
class Users:
    """A list of users in the order of their names; an empty filter narrows nothing."""

    words: str = ""
    role: Role | None = None
    office_id: int | None = None
    is_suspended: bool | None = None

    def statement(self) -> Select[User]:
        statement = select(User).options(selectinload(User.suspensions))
        if self.words:
            # SQLite folds only Latin letters, so the spellings a name can have are asked for one by one.
            spellings = {self.words, self.words.lower(), self.words.title(), self.words.upper()}
            named = [User.full_name.contains(spelling, autoescape=True) for spelling in sorted(spellings)]
            statement = statement.where(or_(*named, User.name.contains(self.words.lower(), autoescape=True)))
        if self.role:
            statement = statement.where(User.role == self.role)
        if self.office_id:
            statement = statement.where(User.office_id == self.office_id)
        if self.is_suspended is not None:
            statement = statement.where(suspended() if self.is_suspended else ~suspended())
        return statement

    def page(self, after: int | None = None, before: int | None = None) -> "Page":
        """The users after, or before, a user; a number that is nobody's leads to the beginning."""
        place = tuple_(User.full_name, User.id)
        edge = db.session.get(User, after or before) if after or before else None
        back = edge is not None and after is None
        statement = self.statement()
        if edge:
            at = tuple_(edge.full_name, edge.id)
            statement = statement.where(place < at if back else place > at)
        order = (User.full_name.desc(), User.id.desc()) if back else (User.full_name, User.id)
        found = list(db.session.scalars(statement.order_by(*order).limit(AT_ONCE + 1)))
        more, rows = len(found) > AT_ONCE, found[:AT_ONCE]
        if back:
            rows.reverse()
        has_newer, has_older = (more, True) if back else (edge is not None, more)
        return Page(rows, rows[0].id if rows and has_newer else None, rows[-1].id if rows and has_older else None)


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the users; the numbers of the outermost ones lead to the pages beside, where there are any."""

    users: list[User]
    newer: int | None
    older: int | None
