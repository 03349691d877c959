"""The releases that were given out, with their files to the byte, and those that were withdrawn."""

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.db import Base, Code, Key, Moment, OfUser, Prose
from app.indicators.models import Snapshot


class Publication(Base):
    """A frozen period's figures, given out to everybody. Never changed, never deleted; it can be withdrawn.

    Purpose: measures 4 and 30, and who gave out what; it speaks of groups, and is kept for ever.
    ``issue`` counts how often the same figures were given out: again only after a withdrawal. Its files are written in
    the background, all at once; until then there are none.
    """

    __tablename__ = "publications"
    __table_args__ = (UniqueConstraint("snapshot_id", "issue", name="uq_publications_snapshot_id"),)

    id: Mapped[Key]
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("indicator_snapshots.id"))
    issue: Mapped[int]
    name: Mapped[Code]  # as in its address: 2026H1, or 2026H1-r1 for a revision
    released_by_id: Mapped[OfUser]
    released_at: Mapped[Moment]

    snapshot: Mapped[Snapshot] = relationship()
    released_by: Mapped[User] = relationship()
    files: Mapped[list["PublishedFile"]] = relationship(back_populates="publication", order_by="PublishedFile.id")
    withdrawal: Mapped["PublicationWithdrawal | None"] = relationship(back_populates="publication")


class PublishedFile(Base):
    """One file of a release, to the byte as it was given out. Purpose: as the release; kept with it."""

    __tablename__ = "publication_files"
    __table_args__ = (UniqueConstraint("publication_id", "path", name="uq_publication_files_publication_id"),)

    id: Mapped[Key]
    publication_id: Mapped[int] = mapped_column(ForeignKey("publications.id"))
    path: Mapped[str] = mapped_column(String(120))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))

    publication: Mapped[Publication] = relationship(back_populates="files")

    @property
    def saved_as(self) -> str:
        """Its name away from its directory."""
        return f"{self.publication.name}-{self.path.replace('/', '-')}"


class PublicationWithdrawal(Base):
    """That a release is given out no longer, and why. It stays in the list, with the reason; its files do not.

    Purpose: that who has read the figures learns that they do not hold; kept with the release, never changed.
    """

    __tablename__ = "publication_withdrawals"

    id: Mapped[Key]
    publication_id: Mapped[int] = mapped_column(ForeignKey("publications.id"), unique=True)
    reason: Mapped[Prose]
    withdrawn_by_id: Mapped[OfUser]
    withdrawn_at: Mapped[Moment]

    publication: Mapped[Publication] = relationship(back_populates="withdrawal")
    withdrawn_by: Mapped[User] = relationship()
