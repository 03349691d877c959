"""How an office calls itself in a reminder."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.db import Base, Key, Moment
from app.offices.models import Office


class OfficeSignature(Base):
    """A neutral name and a telephone under an office's reminders. Never changed; the latest one counts.

    Purpose: a text that others may see tells them nothing; kept with the office.
    """

    __tablename__ = "office_signatures"

    id: Mapped[Key]
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), index=True)
    kk: Mapped[str] = mapped_column(String(40))
    ru: Mapped[str] = mapped_column(String(40))
    en: Mapped[str] = mapped_column(String(40))
    phone: Mapped[str | None] = mapped_column(String(20))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    office: Mapped[Office] = relationship()
    by: Mapped[User] = relationship()
