"""The people who work here, how they came in, and what they have already sent."""

from datetime import datetime
from enum import StrEnum, auto

from flask_babel import LazyString, lazy_gettext
from flask_login import UserMixin
from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now, today
from app.db import Base, Key, Line, Moment, Name, spelled


class Role(StrEnum):
    OFFICER = auto()
    SUPERVISOR = auto()
    VOLUNTEER = auto()
    MENTOR = auto()
    ANALYST = auto()
    ADMINISTRATOR = auto()
    BODY = auto()
    MINISTRY = auto()

    @property
    def label(self) -> LazyString:
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.OFFICER: lazy_gettext("Probation officer"),
    Role.SUPERVISOR: lazy_gettext("Head of service"),
    Role.VOLUNTEER: lazy_gettext("Volunteer"),
    Role.MENTOR: lazy_gettext("Mentor"),
    Role.ANALYST: lazy_gettext("Analyst"),
    Role.ADMINISTRATOR: lazy_gettext("Administrator"),
    Role.BODY: lazy_gettext("Responsible body"),
    Role.MINISTRY: lazy_gettext("Ministry"),
}


class User(UserMixin, Base):
    """Somebody who signs in. Purpose: access and accountability; kept while the journal names them."""

    __tablename__ = "users"
    __table_args__ = (Index("ix_users_office_id_role", "office_id", "role"),)

    id: Mapped[Key]
    name: Mapped[Name] = mapped_column(unique=True)  # the sign-in name
    full_name: Mapped[Line]
    role: Mapped[Role] = mapped_column(spelled(Role))
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    language: Mapped[str] = mapped_column(String(2))
    password_hash: Mapped[str] = mapped_column(String(200))
    password_changed_at: Mapped[Moment | None]  # empty: given by the administrator, must be changed at sign-in
    sign_in_epoch: Mapped[int] = mapped_column(default=0)  # raised to sign out everywhere
    version: Mapped[int] = mapped_column(default=0)

    suspensions: Mapped[list["Suspension"]] = relationship(
        back_populates="user", order_by="Suspension.id", foreign_keys="Suspension.user_id"
    )
    # Where the user stands in for somebody; the module of these lies beside this one.
    substitutions: Mapped[list["Substitution"]] = relationship(  # type: ignore[name-defined]  # noqa: F821
        back_populates="substitute", order_by="Substitution.id", foreign_keys="Substitution.substitute_id"
    )

    __mapper_args__ = {"version_id_col": version}

    def get_id(self) -> str:
        return f"{self.id}.{self.sign_in_epoch}"

    @property
    def suspension(self) -> "Suspension | None":
        return next((row for row in self.suspensions if row.lifted_at is None), None)

    @property
    def standing_in(self) -> "list[Substitution]":  # type: ignore[name-defined]  # noqa: F821
        """The substitutions of this very day; asked anew each time, so that none outlives its last day."""
        day = today()
        return [row for row in self.substitutions if row.counts_on(day)]

    @property
    def stands_for(self) -> frozenset[int]:
        """The officers whose cases are as the user's own today, one step far: not those whom they stand in for."""
        return frozenset(row.absent_id for row in self.standing_in)

    def take_password(self, password_hash: str, at: datetime | None) -> None:
        """Another password, chosen by the user, or given by somebody else (``at`` empty); signed out everywhere."""
        self.password_hash, self.password_changed_at = password_hash, at
        self.sign_in_epoch += 1

    def move(self, role: Role, office_id: int) -> None:
        """Another role or office: whatever is open in a browser was opened under the old one, so it is signed out."""
        if (self.role, self.office_id) != (role, office_id):
            self.role, self.office_id = role, office_id
            self.sign_in_epoch += 1

    def suspend(self, by: "User", at: datetime) -> None:
        if self.suspension is None:
            self.suspensions.append(Suspension(by_id=by.id, at=at))
            self.sign_in_epoch += 1

    def restore(self, by: "User", at: datetime) -> None:
        if row := self.suspension:
            row.lifted_at, row.lifted_by_id = at, by.id


class Suspension(Base):
    """A time in which a user may not sign in. Purpose: access; kept with the user."""

    __tablename__ = "user_suspensions"

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]
    lifted_at: Mapped[Moment | None]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    user: Mapped[User] = relationship(back_populates="suspensions", foreign_keys=[user_id])


class SignInAttempt(Base):
    """A try to sign in, under a fingerprint of the name that was typed. Purpose: lock-out; kept 90 days."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index("ix_sign_in_attempts_name_digest_id", "name_digest", "id"),)

    id: Mapped[Key]
    at: Mapped[Moment] = mapped_column(default=now)
    name_digest: Mapped[str] = mapped_column(String(64))
    succeeded: Mapped[bool]
    address: Mapped[str] = mapped_column(String(45))


class Receipt(Base):
    """A form that has already been taken in. Purpose: a second press of the button does nothing; kept 30 days."""

    __tablename__ = "receipts"

    token: Mapped[str] = mapped_column(String(40), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment] = mapped_column(default=now, index=True)
    location: Mapped[Line | None]
