"""Who speaks for a body, its progress reports with their answers, and what the ministry itself records of a measure.

The plans themselves are data (app/plan/plans); rows name a plan, a measure and a body by their codes there.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.db import Base, Code, Encrypted, Key, Line, Moment, Prose, spelled
from app.plan.vocabulary import AnswerKind, EntryKind, Notice, Progress, Standing


class BodyMember(Base):
    """A user speaks for a responsible body. Never changed; it stands until it is ended.

    Purpose: who may report in the body's name; kept with its reports. ``email`` is an address at work, for reminders.
    """

    __tablename__ = "plan_body_members"

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    body: Mapped[Code] = mapped_column(index=True)
    email: Mapped[str | None] = mapped_column(Encrypted)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    by: Mapped[User] = relationship(foreign_keys=[by_id])
    end: Mapped["BodyMemberEnd | None"] = relationship(lazy="joined")


class BodyMemberEnd(Base):
    """A user speaks for a body no more. Never changed; kept with it. Purpose: accountability."""

    __tablename__ = "plan_body_member_ends"

    member_id: Mapped[int] = mapped_column(ForeignKey("plan_body_members.id"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]


class MeasureEntry(Base):
    """What the ministry records of a measure: evidence, its completion, that it is open again. Never changed.

    Purpose: points 2 and 3 of the decree; it names documents and no person, and is kept with the plan.
    """

    __tablename__ = "plan_measure_entries"
    __table_args__ = (Index("ix_plan_measure_entries_plan_measure", "plan", "measure"),)

    id: Mapped[Key]
    plan: Mapped[Code]
    measure: Mapped[int]
    kind: Mapped[EntryKind] = mapped_column(spelled(EntryKind))
    on: Mapped[date]
    kk: Mapped[Prose | None]
    ru: Mapped[Prose | None]
    document: Mapped[Line | None]  # what it is and its number, such as "Order No. 12 of 3 February 2026"
    address: Mapped[Line | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class ProgressReport(Base):
    """A body's report on a half-year, from the moment that it is begun. Never changed: what it says is its versions.

    Purpose: point 2.2 of the decree; kept with the plan.
    """

    __tablename__ = "progress_reports"
    __table_args__ = (UniqueConstraint("plan", "period", "body"),)

    id: Mapped[Key]
    plan: Mapped[Code]
    period: Mapped[Code]
    body: Mapped[Code]
    begun_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    begun_at: Mapped[Moment]

    members: Mapped[list[BodyMember]] = relationship(
        primaryjoin="foreign(BodyMember.body) == ProgressReport.body", viewonly=True
    )
    drafts: Mapped[list["DraftLine"]] = relationship(back_populates="report", order_by="DraftLine.measure")
    versions: Mapped[list["ProgressVersion"]] = relationship(
        back_populates="report", order_by="ProgressVersion.ordinal"
    )

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        """Those who speak for the body today."""
        return [(member.user_id, None) for member in self.members if member.end is None]

    @property
    def latest(self) -> "ProgressVersion | None":
        """What was submitted last."""
        return self.versions[-1] if self.versions else None

    @property
    def accepted(self) -> "ProgressVersion | None":
        return next((one for one in self.versions if one.answer and one.answer.kind == AnswerKind.ACCEPTED), None)

    @property
    def standing(self) -> Standing:
        if self.latest is None:
            return Standing.DRAFT
        if self.latest.answer is None:
            return Standing.SUBMITTED
        return Standing.ACCEPTED if self.latest.answer.kind == AnswerKind.ACCEPTED else Standing.RETURNED


class DraftLine(Base):
    """What is being written of one measure. It may change until it is submitted; a version keeps it then.

    Purpose: that a report can be written in several sittings; kept with the report.
    """

    __tablename__ = "progress_drafts"
    __table_args__ = (UniqueConstraint("report_id", "measure"),)

    id: Mapped[Key]
    report_id: Mapped[int] = mapped_column(ForeignKey("progress_reports.id"))
    measure: Mapped[int]
    state: Mapped[Progress | None] = mapped_column(spelled(Progress))
    done_on: Mapped[date | None]
    kk: Mapped[Prose | None]
    ru: Mapped[Prose | None]
    evidence: Mapped[Prose | None]
    version: Mapped[int] = mapped_column(default=0)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    report: Mapped[ProgressReport] = relationship(back_populates="drafts")
    by: Mapped[User] = relationship()

    __mapper_args__ = {"version_id_col": version}


class ProgressVersion(Base):
    """A report as it was submitted, once or again after a return. Purpose: who said what, and when; kept with it."""

    __tablename__ = "progress_versions"
    __table_args__ = (
        UniqueConstraint("report_id", "ordinal"),
        CheckConstraint("ordinal > 0", name="ordinal"),
    )

    id: Mapped[Key]
    report_id: Mapped[int] = mapped_column(ForeignKey("progress_reports.id"))
    ordinal: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    report: Mapped[ProgressReport] = relationship(back_populates="versions")
    by: Mapped[User] = relationship()
    lines: Mapped[list["ProgressLine"]] = relationship(back_populates="version", order_by="ProgressLine.measure")
    answer: Mapped["ProgressAnswer | None"] = relationship(back_populates="version", lazy="joined")

    def line(self, measure: int) -> "ProgressLine | None":
        return next((one for one in self.lines if one.measure == measure), None)


class ProgressLine(Base):
    """What a submitted report says of one measure. Never changed. ``evidence`` names documents, one on each line.

    Purpose: point 2.2 of the decree; it names no person, and is kept with the report.
    """

    __tablename__ = "progress_lines"
    __table_args__ = (
        UniqueConstraint("version_id", "measure"),
        CheckConstraint("kk IS NOT NULL OR ru IS NOT NULL", name="says_something"),
        CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="day_when_done"),
    )

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("progress_versions.id"))
    measure: Mapped[int]
    state: Mapped[Progress] = mapped_column(spelled(Progress))
    done_on: Mapped[date | None]
    kk: Mapped[Prose | None]
    ru: Mapped[Prose | None]
    evidence: Mapped[Prose | None]

    version: Mapped[ProgressVersion] = relationship(back_populates="lines")


class ProgressAnswer(Base):
    """The ministry accepted or returned what was submitted: one answer to a version, never changed.

    Purpose: accountability; kept with the report.
    ``measures`` are those that are to be mended, by their numbers; none named: the report as a whole.
    """

    __tablename__ = "progress_answers"
    __table_args__ = (CheckConstraint("kind = 'accepted' OR words IS NOT NULL", name="words_when_returned"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("progress_versions.id"), primary_key=True)
    kind: Mapped[AnswerKind] = mapped_column(spelled(AnswerKind))
    words: Mapped[Prose | None]
    measures: Mapped[list[int]] = mapped_column(JSON)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    version: Mapped[ProgressVersion] = relationship(back_populates="answer")
    by: Mapped[User] = relationship()


class ProgressReminder(Base):
    """An e-mail to somebody who speaks for a body is about to be handed over. Never changed; at most one of a kind.

    Purpose: that a report is not forgotten; kept with the reports. The address is the member's.
    """

    __tablename__ = "progress_reminders"
    __table_args__ = (UniqueConstraint("member_id", "plan", "period", "notice"),)

    id: Mapped[Key]
    member_id: Mapped[int] = mapped_column(ForeignKey("plan_body_members.id"))
    plan: Mapped[Code]
    period: Mapped[Code]
    notice: Mapped[Notice] = mapped_column(spelled(Notice))
    gateway: Mapped[Code]
    reference: Mapped[str] = mapped_column(String(40), unique=True)
    at: Mapped[Moment]

    member: Mapped[BodyMember] = relationship()
    result: Mapped["ProgressReminderResult | None"] = relationship(lazy="joined")


class ProgressReminderResult(Base):
    """What the gateway said of an e-mail. Purpose: that one that failed is seen; never changed, kept with it."""

    __tablename__ = "progress_reminder_results"

    reminder_id: Mapped[int] = mapped_column(ForeignKey("progress_reminders.id"), primary_key=True)
    taken: Mapped[bool]
    why: Mapped[Code | None]
    at: Mapped[Moment]
