"""The sheets that were issued for a version."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.db import Base, Moment


class Sheet(Base):
    """The bytes of an issued sheet, one language each, as they were printed first. Never changed."""

    __tablename__ = "program_sheets"

    version_id: Mapped[int] = mapped_column(ForeignKey("program_versions.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    issued_at: Mapped[Moment]

    issued_by: Mapped[User] = relationship()
