"""The papers that were issued."""

from datetime import date

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.db import Base, Key, Moment, OfUser, spelled
from app.printing.vocabulary import PaperKind


class IssuedPaper(Base):
    """A paper in one language, to the byte as it was handed out. Purpose: proof of what was issued; kept with the case.

    Never changed. A paper of the same kind and series with a higher ordinal takes its place.
    """

    __tablename__ = "issued_papers"
    __table_args__ = (
        Index("uq_issued_papers_series", "kind", "series", "ordinal", "language", unique=True),
        Index("ix_issued_papers_kind_record_id", "kind", "record_id"),
    )

    id: Mapped[Key]
    kind: Mapped[PaperKind] = mapped_column(spelled(PaperKind))
    record_id: Mapped[int]  # of the record that it prints: a version, a referral, …
    series: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(40))  # as printed
    ordinal: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    code: Mapped[str] = mapped_column(String(12), unique=True)
    on: Mapped[date]  # the date on the paper
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    is_sealed: Mapped[bool] = mapped_column(default=False)
    issued_by_id: Mapped[OfUser]
    issued_at: Mapped[Moment]

    issued_by: Mapped[User] = relationship()

    @property
    def about_client_id(self) -> int:
        return self.client_id

    @property
    def file_name(self) -> str:
        """For saving; it says nothing about a person."""
        return f"{self.kind}-{self.number}-{self.language}.pdf".replace("/", "-").replace("_", "-")
