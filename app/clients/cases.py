"""Cases: why a person is on the register, at which stage, and who answers for the case."""

from collections.abc import Iterable
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.access.models import User
from app.clients.models import Client, Dated, NotPossible
from app.clients.vocabulary import Body, Ground, Outcome, Stage
from app.db import Base, Code, Key, Line, Moment, OfUser, Prose, spelled
from app.offices.models import Office
from app.web.refusals import WrongDay, must_have_come


class Case(Base):
    """One legal basis on which a person is on the register. Purpose: probation control; kept with the person."""

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint("term_to IS NULL OR term_from < term_to", name="term_span"),
        CheckConstraint("judged_on <= registered_on", name="judged_before_registered"),
        CheckConstraint("judged_on <= in_force_on", name="in_force_after_judgment"),
    )

    id: Mapped[Key]
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    number: Mapped[Code] = mapped_column(unique=True)
    legal_basis: Mapped[Code] = mapped_column(index=True)  # a code of the reference file
    court: Mapped[Line]
    judged_on: Mapped[date]
    in_force_on: Mapped[date | None]  # the judgment's entry into force; empty while it is not known
    act_number: Mapped[Code | None]
    erdr: Mapped[str | None] = mapped_column(String(15))
    articles: Mapped[Line]
    term_from: Mapped[date]
    term_to: Mapped[date | None]
    registered_on: Mapped[date] = mapped_column(index=True)
    registered_by_id: Mapped[OfUser]
    version: Mapped[int] = mapped_column(default=0)

    client: Mapped[Client] = relationship(back_populates="cases")
    stages: Mapped[list["CaseStage"]] = relationship(order_by="CaseStage.from_on", cascade="all, delete-orphan")
    bodies: Mapped[list["SupervisingBody"]] = relationship(
        order_by="SupervisingBody.from_on", cascade="all, delete-orphan"
    )
    assignments: Mapped[list["Assignment"]] = relationship(order_by="Assignment.id", cascade="all, delete-orphan")
    assignment: Mapped["Assignment"] = relationship(
        primaryjoin="and_(Case.id == Assignment.case_id, Assignment.to_at.is_(None))", viewonly=True, lazy="joined"
    )
    transfers: Mapped[list["Transfer"]] = relationship(back_populates="case", order_by="Transfer.id")
    deregistration: Mapped["Deregistration | None"] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}

    @property
    def about_client_id(self) -> int:
        return self.client_id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return ((self.assignment.officer_id, self.assignment.office_id),)

    @property
    def is_open(self) -> bool:
        return self.deregistration is None

    @property
    def open_transfer(self) -> "Transfer | None":
        return next((row for row in self.transfers if row.answer is None), None)

    def must_be_open(self) -> None:
        if not self.is_open:
            raise NotPossible(_("This case is off the register. It can be read, but not changed."))

    def must_cover(self, on: date, today: date) -> None:
        """Raise WrongDay for a day after today, or before the case was on the register."""
        must_have_come(on, today)
        self.must_be_registered_by(on)

    def must_be_registered_by(self, on: date) -> None:
        if on < self.registered_on:
            raise WrongDay(_("The case was not yet on the register on this day. Check the date."))

    def stage_on(self, day: date) -> Stage | None:
        return next((row.stage for row in self.stages if row.covers(day)), None)

    def body_on(self, day: date) -> Body | None:
        return next((row.body for row in self.bodies if row.covers(day)), None)

    def enter_stage(self, stage: Stage, on: date) -> None:
        """Move to a stage from a day on; the stage before ends that day."""
        self.must_be_open()
        current = self.stages[-1] if self.stages else None
        if current and current.stage == stage:
            raise NotPossible(_("The case is already at this stage."))
        if current and on <= current.from_on:
            raise NotPossible(_("A stage begins after the one before it. Enter a later date."))
        if current:
            current.to_on = on
        self.stages.append(CaseStage(stage=stage, from_on=on))

    def come_under(self, body: Body, on: date) -> None:
        """Have another body supervise from a day on; the one before ends that day."""
        self.must_be_open()
        current = self.bodies[-1] if self.bodies else None
        if current and current.body == body:
            raise NotPossible(_("This body supervises the case already."))
        if current and on <= current.from_on:
            raise NotPossible(_("A body begins to supervise after the one before it. Enter a later date."))
        if current:
            current.to_on = on
        self.bodies.append(SupervisingBody(body=body, from_on=on))

    def hand_over(self, office_id: int, officer_id: int | None, at: datetime) -> "Assignment":
        """End the assignment that goes on, and tell the one that is to begin at the same moment.

        The new one is for the caller to save after this one: the database lets only one go on.
        """
        self.assignment.to_at = at
        return Assignment(case_id=self.id, office_id=office_id, officer_id=officer_id, from_at=at)

    def deregister(self, ground: Ground, on: date, by: User, words: str | None, at: datetime) -> None:
        if self.deregistration:
            raise NotPossible(_("This case is already off the register."))
        if on < self.registered_on:
            raise NotPossible(_("A case cannot leave the register before it entered it. Check the date."))
        if self.open_transfer:
            raise NotPossible(_("A transfer of this case is waiting for an answer. Settle it first."))
        self.deregistration = Deregistration(ground=ground, on=on, by_id=by.id, at=at, words=words)


class AboutCase:
    """Mixin for records in a person's case: they are guarded exactly as the case is."""

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)

    @declared_attr
    def case(cls) -> Mapped[Case]:
        return relationship(Case)

    @property
    def client(self) -> Client:
        return self.case.client

    @property
    def about_client_id(self) -> int:
        return self.case.client_id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return self.case.holders


class CaseStage(Dated, Base):
    __tablename__ = "case_stages"
    __table_args__ = (CheckConstraint("to_on IS NULL OR from_on < to_on", name="span"),)

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    stage: Mapped[Stage] = mapped_column(spelled(Stage))


class SupervisingBody(Dated, Base):
    """Who controls the person: the probation service or the police; the law has moved this, so it is dated."""

    __tablename__ = "case_bodies"
    __table_args__ = (CheckConstraint("to_on IS NULL OR from_on < to_on", name="span"),)

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    body: Mapped[Body] = mapped_column(spelled(Body))


class Assignment(Base):
    """Who answers for a case, from a moment to a moment; exactly one goes on. Purpose: reach and accountability."""

    __tablename__ = "case_assignments"
    __table_args__ = (
        Index("uq_case_assignments_open", "case_id", unique=True,
              sqlite_where=text("to_at IS NULL"), postgresql_where=text("to_at IS NULL")),
        Index("ix_case_assignments_officer_open", "officer_id", "case_id",
              sqlite_where=text("to_at IS NULL"), postgresql_where=text("to_at IS NULL")),
        Index("ix_case_assignments_office_open", "office_id", "case_id",
              sqlite_where=text("to_at IS NULL"), postgresql_where=text("to_at IS NULL")),
        Index("ix_case_assignments_case_id", "case_id"),
    )  # fmt: skip

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # empty: the office has yet to name one
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    from_at: Mapped[Moment]
    to_at: Mapped[Moment | None]

    officer: Mapped[User | None] = relationship()
    office: Mapped[Office] = relationship()


class Transfer(Base):
    """A case offered to another officer or office. Purpose: accountability; kept with the case."""

    __tablename__ = "case_transfers"

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    from_office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    to_office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), index=True)
    to_officer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    reason: Mapped[Prose]
    offered_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    offered_at: Mapped[Moment]

    case: Mapped[Case] = relationship(back_populates="transfers")
    answer: Mapped["TransferAnswer | None"] = relationship(lazy="joined")
    from_office: Mapped[Office] = relationship(foreign_keys=[from_office_id])
    to_office: Mapped[Office] = relationship(foreign_keys=[to_office_id])
    to_officer: Mapped[User | None] = relationship(foreign_keys=[to_officer_id])
    offered_by: Mapped[User] = relationship(foreign_keys=[offered_by_id])

    @property
    def about_client_id(self) -> int:
        return self.case.client_id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        """Those who may answer: the officer it is offered to, and that office; apart, for it is nobody's case yet.

        So who stands in for the officer does not answer: the head of service does.
        """
        return ((self.to_officer_id, None), (None, self.to_office_id))


class TransferAnswer(Base):
    """The answer to an offered transfer; there is one, and it stays."""

    __tablename__ = "case_transfer_answers"

    transfer_id: Mapped[int] = mapped_column(ForeignKey("case_transfers.id"), primary_key=True)
    is_accepted: Mapped[bool]
    words: Mapped[Prose | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()

    @property
    def outcome(self) -> Outcome:
        """A declining without words is the offering side taking its offer back."""
        if self.is_accepted:
            return Outcome.ACCEPTED
        return Outcome.DECLINED if self.words else Outcome.WITHDRAWN


class Deregistration(Base):
    """The fact that a case left the register. Never changed, never deleted."""

    __tablename__ = "case_deregistrations"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    ground: Mapped[Ground] = mapped_column(spelled(Ground))
    on: Mapped[date]
    words: Mapped[Prose | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()
