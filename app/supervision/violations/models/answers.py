"""Answers: drafted by an officer, signed or returned by the head, handed over, and decided by the court."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.clients.cases import AboutCase
from app.db import Base, Code, Key, Line, Moment, Prose, spelled
from app.supervision.violations.models.violations import Violation
from app.supervision.violations.vocabulary import Addressee, AnswerKind, AnswerStanding, CourtOutcome, Means

answer_violations = Table(
    "answer_violations",
    Base.metadata,
    Column("answer_id", ForeignKey("answers.id"), primary_key=True),
    Column("violation_id", ForeignKey("violations.id"), primary_key=True, index=True),
)


class Answer(AboutCase, Base):
    """What the service answers to violations, or to how well things go. Never changed; kept with the case.

    ``measure`` is an entry of answers.yaml, and ``rule`` the one that proposed it; empty when the officer chose it
    without a proposal. Purpose: probation control (Penal Execution Code 234-V).
    """

    __tablename__ = "answers"

    id: Mapped[Key]
    number: Mapped[Code] = mapped_column(unique=True)
    kind: Mapped[AnswerKind] = mapped_column(spelled(AnswerKind))
    measure: Mapped[Code]
    rule: Mapped[Code | None]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[Moment]

    made_by: Mapped[User] = relationship()
    violations: Mapped[list[Violation]] = relationship(secondary=answer_violations, order_by=Violation.on)
    drafts: Mapped[list["AnswerDraft"]] = relationship(back_populates="answer", order_by="AnswerDraft.ordinal")
    signature: Mapped["AnswerSignature | None"] = relationship(back_populates="answer", lazy="joined")
    withdrawal: Mapped["AnswerWithdrawal | None"] = relationship(back_populates="answer", lazy="joined")
    deliveries: Mapped[list["AnswerDelivery"]] = relationship(back_populates="answer", order_by="AnswerDelivery.at")
    decision: Mapped["CourtDecision | None"] = relationship(back_populates="answer", lazy="joined")

    @property
    def draft(self) -> "AnswerDraft":
        """What counts: the last that was saved."""
        return self.drafts[-1]

    def delivery(self, to: Addressee) -> "AnswerDelivery | None":
        return next((row for row in self.deliveries if row.to == to), None)

    @property
    def goes_to_court(self) -> bool:
        return self.kind == AnswerKind.REPRESENTATION

    @property
    def is_delivered(self) -> bool:
        """Whoever it is for has it."""
        return self.delivery(Addressee.COURT if self.goes_to_court else Addressee.PERSON) is not None

    @property
    def standing(self) -> AnswerStanding:
        if self.withdrawal:
            return AnswerStanding.WITHDRAWN
        if self.decision:
            return AnswerStanding.DECIDED
        if self.signature:
            return AnswerStanding.DELIVERED if self.is_delivered else AnswerStanding.SIGNED
        if self.draft.submission is None:
            returned = any(one.submission and one.submission.answer_back for one in self.drafts)
            return AnswerStanding.RETURNED if returned else AnswerStanding.DRAFT
        return AnswerStanding.RETURNED if self.draft.submission.answer_back else AnswerStanding.SUBMITTED


class OfAnswer:
    """Mixin for facts about an answer: guarded as its case is."""

    answer: Mapped[Answer]

    @property
    def about_client_id(self) -> int:
        return self.answer.about_client_id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return self.answer.holders


class AnswerDraft(OfAnswer, Base):
    """The text of an answer as it was saved, in both languages. Never changed: what is mended is the next draft.

    ``months`` is how much longer the term is to be, where the answer asks for that. Purpose: as of the answer's;
    kept with the case.
    """

    __tablename__ = "answer_drafts"
    __table_args__ = (
        Index("uq_answer_drafts_answer_id_ordinal", "answer_id", "ordinal", unique=True),
        CheckConstraint("ordinal > 0", name="ordinal"),
        CheckConstraint("months > 0", name="months"),
    )

    id: Mapped[Key]
    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"))
    ordinal: Mapped[int]
    kk: Mapped[Prose]
    ru: Mapped[Prose]
    months: Mapped[int | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    answer: Mapped[Answer] = relationship(back_populates="drafts")
    by: Mapped[User] = relationship()
    submission: Mapped["AnswerSubmission | None"] = relationship(back_populates="draft")

    @property
    def version(self) -> int:
        """Which text two people who mend it at the same time have seen."""
        return self.ordinal


class AnswerSubmission(Base):
    """A draft was handed to the head. Never changed; kept with the case. Purpose: accountability."""

    __tablename__ = "answer_submissions"

    draft_id: Mapped[int] = mapped_column(ForeignKey("answer_drafts.id"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    draft: Mapped[AnswerDraft] = relationship(back_populates="submission")
    by: Mapped[User] = relationship()
    answer_back: Mapped["AnswerReturn | None"] = relationship(back_populates="submission")


class AnswerReturn(Base):
    """The head gave a draft back, and said why. Never changed; kept with the case. Purpose: accountability."""

    __tablename__ = "answer_returns"

    draft_id: Mapped[int] = mapped_column(ForeignKey("answer_submissions.draft_id"), primary_key=True)
    words: Mapped[Prose]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    submission: Mapped[AnswerSubmission] = relationship(back_populates="answer_back")
    by: Mapped[User] = relationship()


class AnswerSignature(OfAnswer, Base):
    """The head signed a draft: from that day the answer is given. Never changed; kept with the case.

    Purpose: the answer is a person's, never the system's.
    """

    __tablename__ = "answer_signatures"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("answer_submissions.draft_id"), unique=True)
    on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    answer: Mapped[Answer] = relationship(back_populates="signature")
    draft: Mapped[AnswerDraft] = relationship(
        primaryjoin="AnswerSignature.draft_id == foreign(AnswerDraft.id)", viewonly=True, uselist=False
    )
    by: Mapped[User] = relationship()


class AnswerWithdrawal(OfAnswer, Base):
    """An answer was taken back, before or after the signature: it counts no more. Never changed; kept with the case.

    Purpose: accountability.
    """

    __tablename__ = "answer_withdrawals"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    reason: Mapped[Prose]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    answer: Mapped[Answer] = relationship(back_populates="withdrawal")
    by: Mapped[User] = relationship()


class AnswerDelivery(OfAnswer, Base):
    """A signed answer was handed over, to the person or to the court. Never changed; kept with the case.

    Purpose: the person knows what is held against them, or what is said well of them.
    """

    __tablename__ = "answer_deliveries"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    to: Mapped[Addressee] = mapped_column(spelled(Addressee), primary_key=True)
    on: Mapped[date]
    means: Mapped[Means] = mapped_column(spelled(Means))
    words: Mapped[Prose | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    answer: Mapped[Answer] = relationship(back_populates="deliveries")
    by: Mapped[User] = relationship()


class CourtDecision(OfAnswer, Base):
    """What the court decided on a representation. Never changed; kept with the case. Purpose: probation control.

    ``months`` is how much longer the court made the term, where it did.
    """

    __tablename__ = "court_decisions"
    __table_args__ = (CheckConstraint("months > 0", name="months"),)

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    on: Mapped[date]
    outcome: Mapped[CourtOutcome] = mapped_column(spelled(CourtOutcome))
    act: Mapped[Line]
    months: Mapped[int | None]
    words: Mapped[Prose | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    answer: Mapped[Answer] = relationship(back_populates="decision")
    by: Mapped[User] = relationship()


class Dismissal(AboutCase, Base):
    """An officer looked at a proposal and does not follow it, and says why. Never changed; kept with the case.

    ``again_on`` is the day from which it is proposed again, if the officer wants to look once more.
    Purpose: the proposal is the system's, the decision a person's.
    """

    __tablename__ = "dismissals"

    id: Mapped[Key]
    rule: Mapped[Code]
    violation_id: Mapped[int | None] = mapped_column(ForeignKey("violations.id"), index=True)
    words: Mapped[Prose]
    again_on: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()
