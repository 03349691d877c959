"""People on the register: who they are, how they live, and how they are reached."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from flask_babel import gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clients.alphabet import sort_key
from app.clients.naming import fold, full_name
from app.clients.vocabulary import (
    Citizenship,
    DocumentKind,
    DocumentState,
    Education,
    Employment,
    Family,
    IinUnknown,
    NameKind,
    Registration,
    Sex,
)
from app.db import Base, Code, Encrypted, Key, Line, Moment, Name, OfUser, keyed_digest, spelled
from app.web.dates import age_on
from app.web.refusals import NotPossible as NotPossible

ADULT = 18  # years; Criminal Code 226-V speaks of minors below it


def digest_of_iin(iin: str) -> str:
    """What finds an encrypted IIN again."""
    return keyed_digest(iin, "iin")


def sort_key_of(context: Any) -> str:
    """The column's default, for rows that come in bulk as well."""
    row = context.get_current_parameters()
    return sort_key(full_name(row["surname"], row["given_name"], row.get("patronymic")))


class Client(Base):
    """A person on the register. Purpose: probation (Law 38-VI); kept for the term set by the retention rules.

    The IIN is encrypted; ``iin_digest`` finds it again and keeps it unique.
    """

    __tablename__ = "clients"
    __table_args__ = (
        CheckConstraint("(iin_digest IS NULL) = (iin IS NULL)", name="iin_with_digest"),
        CheckConstraint("(iin IS NULL) <> (iin_unknown IS NULL)", name="iin_or_reason"),
        Index("ix_clients_sort_key_id", "sort_key", "id"),
    )

    id: Mapped[Key]
    surname: Mapped[Name]
    given_name: Mapped[Name]
    patronymic: Mapped[Name | None]
    sort_key: Mapped[str] = mapped_column(String(120), default=sort_key_of)  # the alphabetical place of the full name
    iin: Mapped[str | None] = mapped_column(Encrypted)
    iin_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    iin_unknown: Mapped[IinUnknown | None] = mapped_column(spelled(IinUnknown))
    born_on: Mapped[date] = mapped_column(index=True)
    sex: Mapped[Sex] = mapped_column(spelled(Sex))
    citizenship: Mapped[Citizenship] = mapped_column(spelled(Citizenship))
    language: Mapped[str] = mapped_column(String(2))  # the language to be served in
    phone: Mapped[str | None] = mapped_column(Encrypted)
    registered_at: Mapped[Moment]
    registered_by_id: Mapped[OfUser]
    version: Mapped[int] = mapped_column(default=0)

    names: Mapped[list["ClientName"]] = relationship(
        back_populates="client", cascade="all, delete-orphan", order_by="ClientName.id"
    )
    addresses: Mapped[list["Address"]] = relationship(order_by="Address.from_on")
    circumstances: Mapped[list["Circumstances"]] = relationship(order_by="Circumstances.from_on")
    representatives: Mapped[list["Representative"]] = relationship(order_by="Representative.from_on")
    documents: Mapped[list["Document"]] = relationship(order_by="Document.kind", cascade="all, delete-orphan")
    # Loaded by the room's queries; the case's own module lies beside this one.
    cases: Mapped[list["Case"]] = relationship(back_populates="client", order_by="Case.id")  # type: ignore[name-defined]  # noqa: F821

    __mapper_args__ = {"version_id_col": version}

    @property
    def full_name(self) -> str:
        return full_name(self.surname, self.given_name, self.patronymic)

    @property
    def former_names(self) -> list[str]:
        return [name.written for name in self.names if name.kind == NameKind.FORMER]

    def call(self, surname: str, given_name: str, patronymic: str | None) -> None:
        """Give the person a name; the one before it, if any, joins the former names."""
        written = full_name(surname, given_name, patronymic)
        if self.names and written == self.full_name:
            return
        for name in self.names:
            name.kind = NameKind.FORMER
        self.surname, self.given_name, self.patronymic = surname, given_name, patronymic
        self.sort_key = sort_key(written)
        self.names.append(ClientName(kind=NameKind.CURRENT, written=written, folded=fold(written)))

    def identify(self, iin: str | None, unknown: IinUnknown | None) -> None:
        """Twelve checked digits, or the reason why there are none."""
        self.iin, self.iin_digest = iin, digest_of_iin(iin) if iin else None
        self.iin_unknown = None if iin else unknown

    @property
    def about_client_id(self) -> int:
        return self.id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return tuple(holder for case in self.cases for holder in case.holders)

    @property
    def address(self) -> "Address | None":
        return next((row for row in reversed(self.addresses) if row.to_on is None), None)

    @property
    def situation(self) -> "Circumstances | None":
        return next((row for row in reversed(self.circumstances) if row.to_on is None), None)

    def is_minor_on(self, day: date) -> bool:
        return age_on(self.born_on, day) < ADULT

    def representative_on(self, day: date) -> "Representative | None":
        return next((row for row in self.representatives if row.covers(day)), None)


class ClientName(Base):
    """A name in the folded spelling that the search compares. Purpose: finding a person; kept with the person.

    A former name also keeps the words as they were written.
    """

    __tablename__ = "client_names"

    id: Mapped[Key]
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    kind: Mapped[NameKind] = mapped_column(spelled(NameKind))
    written: Mapped[str] = mapped_column(String(310))  # three parts of 100 letters
    folded: Mapped[str] = mapped_column(String(1000), index=True)  # a letter folds into three at most

    client: Mapped[Client] = relationship(back_populates="names")


class Dated:
    """Mixin for what lasts: from a day (inclusive) to a day (exclusive, empty while it goes on)."""

    from_on: Mapped[date]
    to_on: Mapped[date | None]

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day < self.to_on)


Row = TypeVar("Row", bound=Dated)


def follow(history: list[Row], newcomer: Row) -> None:
    """What begins ends what went on before it; nothing begins before what it follows."""
    if history:
        latest = history[-1]
        if newcomer.from_on < latest.from_on:
            raise NotPossible(_("This begins before the entry that it follows. Enter a later date."))
        latest.to_on = newcomer.from_on
    history.append(newcomer)


class Address(Dated, Base):
    """Where a person lives, and how they are registered there. Purpose: probation control; kept with the person."""

    __tablename__ = "client_addresses"
    __table_args__ = (CheckConstraint("to_on IS NULL OR from_on <= to_on", name="span"),)

    id: Mapped[Key]
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    region_code: Mapped[Code] = mapped_column(ForeignKey("regions.code"))
    text: Mapped[str] = mapped_column(Encrypted)
    registration: Mapped[Registration] = mapped_column(spelled(Registration))


class Circumstances(Dated, Base):
    """How a person lives: education, work, family. Purpose: assistance (Law 38-VI); kept with the person."""

    __tablename__ = "client_circumstances"
    __table_args__ = (CheckConstraint("to_on IS NULL OR from_on <= to_on", name="span"),)

    id: Mapped[Key]
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    education: Mapped[Education] = mapped_column(spelled(Education))
    employment: Mapped[Employment] = mapped_column(spelled(Employment))
    workplace: Mapped[Line | None]
    family: Mapped[Family] = mapped_column(spelled(Family))
    dependants: Mapped[int] = mapped_column(default=0)


class Representative(Dated, Base):
    """Who speaks for a minor. Purpose: Penal Execution Code art. 20; kept with the person."""

    __tablename__ = "client_representatives"
    __table_args__ = (CheckConstraint("to_on IS NULL OR from_on <= to_on", name="span"),)

    id: Mapped[Key]
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    full_name: Mapped[Line]
    relation: Mapped[Line]
    phone: Mapped[str | None] = mapped_column(Encrypted)


class Document(Base):
    """A document that a person holds or lacks; never a copy of it (Law 94-V art. 7(10)).

    Purpose: assistance with documents; kept with the person.
    """

    __tablename__ = "client_documents"
    __table_args__ = (Index("uq_client_documents_client_id_kind", "client_id", "kind", unique=True),)

    id: Mapped[Key]
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    kind: Mapped[DocumentKind] = mapped_column(spelled(DocumentKind))
    state: Mapped[DocumentState] = mapped_column(spelled(DocumentState))
    noted_on: Mapped[date]
