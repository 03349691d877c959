"""Reports of a plan: what people wrote for them, the work of publishing, and what was published, to the byte."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.db import Base, Code, Key, Line, Moment, OfUser, Prose, spelled
from app.plan.reports.vocabulary import FileForm, ReportKind, Section

OPEN = text("settled_at IS NULL")


class Report(Base):
    """A report that is being written. Purpose: points 2.2 and 3 of the decree; kept with the plan."""

    __tablename__ = "plan_reports"
    __table_args__ = (Index("uq_plan_reports_plan_kind_period", "plan", "kind", "period", unique=True),)

    id: Mapped[Key]
    plan: Mapped[Code]  # the code of a plan's data file
    kind: Mapped[ReportKind] = mapped_column(spelled(ReportKind))
    period: Mapped[Code]  # 2026H1, 2026, or the years of the plan: 2026-2028
    begun_by_id: Mapped[OfUser]
    begun_at: Mapped[Moment]

    begun_by: Mapped[User] = relationship()
    publications: Mapped[list["PublishedReport"]] = relationship(
        back_populates="report", order_by="PublishedReport.revision.desc()"
    )


class ReportText(Base):
    """One version of a part that people write. Purpose: who said what in a report; kept with it, never changed."""

    __tablename__ = "plan_report_texts"
    __table_args__ = (Index("uq_plan_report_texts_version", "report_id", "section", "version", unique=True),)

    id: Mapped[Key]
    report_id: Mapped[int] = mapped_column(ForeignKey("plan_reports.id"))
    section: Mapped[Section] = mapped_column(spelled(Section))
    version: Mapped[int]  # 1, 2, …; the highest counts
    kk: Mapped[Prose | None]
    ru: Mapped[Prose | None]
    by_id: Mapped[OfUser]
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class PublishedReport(Base):
    """A report as it was published, once and for all. Purpose: measure 30; kept for ever, never changed.

    A new publication of the same report is its next revision.
    """

    __tablename__ = "plan_published_reports"
    __table_args__ = (
        Index("uq_plan_published_reports_revision", "report_id", "revision", unique=True),
        CheckConstraint("revision = 0 OR (because_kk IS NOT NULL AND because_ru IS NOT NULL)", name="why_again"),
    )

    id: Mapped[Key]
    report_id: Mapped[int] = mapped_column(ForeignKey("plan_reports.id"))
    revision: Mapped[int]  # 0 is the first
    number: Mapped[Code] = mapped_column(unique=True)  # as printed, on the sheets of both languages
    on: Mapped[date] = mapped_column(index=True)  # as printed
    because_kk: Mapped[Prose | None]
    because_ru: Mapped[Prose | None]
    content: Mapped[Prose] = mapped_column(deferred=True)  # all that the report says, as JSON, in its languages
    sha256: Mapped[str] = mapped_column(String(64))  # of the content
    by_id: Mapped[OfUser]
    at: Mapped[Moment]

    by: Mapped[User] = relationship()
    report: Mapped[Report] = relationship(back_populates="publications")
    files: Mapped[list["ReportFile"]] = relationship(order_by="ReportFile.id")
    sources: Mapped[list["ReportSource"]] = relationship(order_by="ReportSource.snapshot_id")
    withdrawal: Mapped["ReportWithdrawal | None"] = relationship(back_populates="publication")


class ReportSource(Base):
    """The frozen figures that a publication rests on, one row for each period.

    Purpose: that a report says when its figures were withdrawn; kept with it, never changed.
    """

    __tablename__ = "plan_report_sources"

    publication_id: Mapped[int] = mapped_column(ForeignKey("plan_published_reports.id"), primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("indicator_snapshots.id"), primary_key=True, index=True)


class ReportFile(Base):
    """One file of a publication, to the byte. Purpose: measure 30; kept with the publication, never changed."""

    __tablename__ = "plan_report_files"
    __table_args__ = (Index("uq_plan_report_files_form", "publication_id", "form", "language", unique=True),)

    id: Mapped[Key]
    publication_id: Mapped[int] = mapped_column(ForeignKey("plan_published_reports.id"))
    form: Mapped[FileForm] = mapped_column(spelled(FileForm))
    language: Mapped[str] = mapped_column(String(2))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))


class ReportWithdrawal(Base):
    """That a publication no longer holds, and why, for everybody to read. Purpose: measure 30; kept with it."""

    __tablename__ = "plan_report_withdrawals"

    publication_id: Mapped[int] = mapped_column(
        ForeignKey("plan_published_reports.id", name="fk_plan_report_withdrawals_publication_id"), primary_key=True
    )  # PostgreSQL takes 63 letters for a name
    kk: Mapped[Prose]
    ru: Mapped[Prose]
    by_id: Mapped[OfUser]
    at: Mapped[Moment]

    by: Mapped[User] = relationship()
    publication: Mapped[PublishedReport] = relationship(back_populates="withdrawal")


class Publishing(Base):
    """Somebody's order to publish a report, and what became of it. Purpose: accountability; kept with the report.

    One that is open keeps others of its report out. ``content`` is the report as it was seen when it was ordered: what
    is made is that, whatever is written meanwhile. ``claimed_until`` is until when a process may be at work on it.
    """

    __tablename__ = "plan_publishings"
    __table_args__ = (
        Index("uq_plan_publishings_open", "report_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_plan_publishings_report_id_id", "report_id", "id"),
    )

    id: Mapped[Key]
    report_id: Mapped[int] = mapped_column(ForeignKey("plan_reports.id"))
    content: Mapped[Prose | None] = mapped_column(deferred=True)  # as JSON; none once it is settled
    because_kk: Mapped[Prose | None]
    because_ru: Mapped[Prose | None]
    asked_by_id: Mapped[OfUser]
    asked_at: Mapped[Moment]
    spoken: Mapped[str] = mapped_column(String(2))  # by who asked: a refusal is said in it
    made: Mapped[int] = mapped_column(default=0)  # how many of its files
    claimed_until: Mapped[Moment | None]
    settled_at: Mapped[Moment | None]
    publication_id: Mapped[int | None] = mapped_column(ForeignKey("plan_published_reports.id"))
    refusal: Mapped[Line | None]  # why nothing was published

    asked_by: Mapped[User] = relationship()
    report: Mapped[Report] = relationship()
    publication: Mapped[PublishedReport | None] = relationship()

    @property
    def because(self) -> dict[str, str] | None:
        """Why the report is published again, in both languages."""
        return {"kk": self.because_kk, "ru": self.because_ru} if self.because_kk and self.because_ru else None
