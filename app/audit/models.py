"""The journal's one table."""

from enum import StrEnum, auto

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import now
from app.db import Base, Code, Key, Line, Moment, spelled


class Kind(StrEnum):
    READ = auto()
    ACT = auto()


class Entry(Base):
    """One read or one act. Purpose: accountability (Law 94-V art. 22); kept as long as the record it speaks of.

    ``client_id`` is no foreign key: the journal outlives what it speaks of.
    """

    __tablename__ = "journal"
    __table_args__ = (
        Index("ix_journal_client_id_id", "client_id", "id"),
        Index("ix_journal_actor_id_id", "actor_id", "id"),
    )

    id: Mapped[Key]
    at: Mapped[Moment] = mapped_column(default=now)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # empty: the system itself
    kind: Mapped[Kind] = mapped_column(spelled(Kind))
    what: Mapped[Line]  # the endpoint, "programs.approve"
    permission: Mapped[Code]
    subject: Mapped[Code]  # the record's kind, "program"
    subject_id: Mapped[int | None]
    client_id: Mapped[int | None]
    address: Mapped[str] = mapped_column(String(45))  # where the request came from
