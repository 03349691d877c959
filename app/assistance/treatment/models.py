"""Consents to hand over treatment, what was handed over, and the clinic's answer. Seen by the case's officer alone."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.clients.cases import AboutCase, Case
from app.db import Base, Encrypted, Key, Line, Moment
from app.offices.partners import Organisation


class TreatmentConsent(AboutCase, Base):
    """The person's consent that one clinic is told what is needed to go on with treatment. Never changed.

    Purpose: measure 13 with Law 94-V art. 8; kept with the case. ``what`` is readable only with the data key, and
    shown only while the consent stands.
    """

    __tablename__ = "treatment_consents"
    __table_args__ = (CheckConstraint("given_on < until_on", name="span"),)

    id: Mapped[Key]
    given_on: Mapped[date]
    until_on: Mapped[date]  # the first day on which it no longer stands
    what: Mapped[str] = mapped_column(Encrypted)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    representative: Mapped[Line | None]  # who consented for a minor
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    organisation: Mapped[Organisation] = relationship()
    by: Mapped[User] = relationship()
    withdrawal: Mapped["TreatmentWithdrawal | None"] = relationship()
    handovers: Mapped[list["Handover"]] = relationship(back_populates="consent", order_by="Handover.id")

    def stands_on(self, day: date) -> bool:
        return self.withdrawal is None and self.given_on <= day < self.until_on


class TreatmentWithdrawal(Base):
    """The person took the consent back: nothing more is handed over, and no words are shown. Never changed."""

    __tablename__ = "treatment_consent_withdrawals"

    consent_id: Mapped[int] = mapped_column(ForeignKey("treatment_consents.id"), primary_key=True)
    on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class Handover(Base):
    """What a clinic was told, until when medicine lasts, and by when the clinic answers. Never changed.

    Purpose: measure 13; kept with the case.
    """

    __tablename__ = "treatment_handovers"

    id: Mapped[Key]
    consent_id: Mapped[int] = mapped_column(ForeignKey("treatment_consents.id"), index=True)
    words: Mapped[str] = mapped_column(Encrypted)
    supplied_until: Mapped[date | None]  # the last day for which the person has medicine
    handed_on: Mapped[date]
    answer_by: Mapped[date]  # as the norm gave it
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    consent: Mapped[TreatmentConsent] = relationship(back_populates="handovers")
    by: Mapped[User] = relationship()
    answer: Mapped["HandoverAnswer | None"] = relationship(back_populates="handover")
    arrivals: Mapped[list["Arrival"]] = relationship(back_populates="handover", order_by="Arrival.id")

    @property
    def case(self) -> Case:
        return self.consent.case

    @property
    def about_client_id(self) -> int:
        return self.consent.about_client_id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return self.consent.holders

    @property
    def has_arrived(self) -> bool:
        return any(row.has_come for row in self.arrivals)


class HandoverAnswer(Base):
    """The clinic goes on with the treatment, or does not. Purpose: measure 13; kept with the case. Never changed."""

    __tablename__ = "treatment_handover_answers"

    handover_id: Mapped[int] = mapped_column(ForeignKey("treatment_handovers.id"), primary_key=True)
    is_accepted: Mapped[bool]
    on: Mapped[date]
    words: Mapped[str | None] = mapped_column(Encrypted)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    handover: Mapped[Handover] = relationship(back_populates="answer")
    by: Mapped[User] = relationship()


class Arrival(Base):
    """The person came to the clinic, or had not by a day. Purpose: measure 13; kept with the case. Never changed."""

    __tablename__ = "treatment_arrivals"

    id: Mapped[Key]
    handover_id: Mapped[int] = mapped_column(ForeignKey("treatment_handovers.id"), index=True)
    has_come: Mapped[bool]
    on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    handover: Mapped[Handover] = relationship(back_populates="arrivals")
    by: Mapped[User] = relationship()
