"""Agreements with partner organisations: signed on a day, in force for a time, ended early or entered by mistake."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum, auto

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.db import Base, Key, Line, Moment, Prose, spelled
from app.offices.partners import Organisation


class AgreementKind(StrEnum):
    """The form in which the plan of measures asks for agreements (measures 22, 25, 27)."""

    MEMORANDUM = auto()
    CONTRACT = auto()
    SOCIAL_ORDER = auto()

    @property
    def label(self) -> LazyString:
        return AGREEMENT_LABELS[self]


class AgreementSubject(StrEnum):
    """What an agreement is about; each is one measure of the plan."""

    MINORS = auto()
    EMPLOYMENT = auto()
    PROJECTS = auto()

    @property
    def label(self) -> LazyString:
        return SUBJECT_LABELS[self]

    @property
    def measure(self) -> int:
        """The number of the measure in the plan (Decree No. 912)."""
        return {AgreementSubject.MINORS: 22, AgreementSubject.EMPLOYMENT: 25, AgreementSubject.PROJECTS: 27}[self]


AGREEMENT_LABELS = {
    AgreementKind.MEMORANDUM: _l("memorandum"),
    AgreementKind.CONTRACT: _l("contract"),
    AgreementKind.SOCIAL_ORDER: _l("state social order"),
}
SUBJECT_LABELS = {
    AgreementSubject.MINORS: _l("rehabilitation of minors"),
    AgreementSubject.EMPLOYMENT: _l("work for convicted and released people"),
    AgreementSubject.PROJECTS: _l("projects of resocialisation"),
}


class PartnerAgreement(Base):
    """An agreement of the service with an organisation. Never changed: a slip is withdrawn and entered again.

    ``last_on`` is the last day on which it is in force; empty while none is set.
    """

    __tablename__ = "agreements"
    __table_args__ = (
        CheckConstraint("last_on IS NULL OR signed_on <= last_on", name="span"),
        Index("ix_agreements_signed_on_id", "signed_on", "id"),
    )

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    number: Mapped[Line]
    kind: Mapped[AgreementKind] = mapped_column(spelled(AgreementKind))
    subject: Mapped[AgreementSubject] = mapped_column(spelled(AgreementSubject))
    signed_on: Mapped[date]
    last_on: Mapped[date | None]
    words: Mapped[Prose | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    organisation: Mapped[Organisation] = relationship()
    by: Mapped[User] = relationship()
    ending: Mapped["AgreementEnding | None"] = relationship(lazy="joined")
    withdrawal: Mapped["AgreementWithdrawal | None"] = relationship(lazy="joined")

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        """Nobody's own: whoever reads the catalogue reads it."""
        return ()

    def is_in_force_on(self, day: date) -> bool:
        ended = self.ending is not None and self.ending.on <= day
        return (
            self.withdrawal is None
            and not ended
            and self.signed_on <= day
            and (self.last_on is None or day <= self.last_on)
        )


class AgreementEnding(Base):
    """An agreement was ended early: from ``on`` it is not in force any more. Never changed."""

    __tablename__ = "agreement_endings"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id"), primary_key=True)
    on: Mapped[date]
    because: Mapped[Prose]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class AgreementWithdrawal(Base):
    """An agreement was entered by mistake: it counts nowhere. Never changed."""

    __tablename__ = "agreement_withdrawals"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id"), primary_key=True)
    reason: Mapped[Prose]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()
