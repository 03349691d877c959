"""A person's consent to be reminded of visits, and its end."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.clients.models import Client
from app.db import Base, Encrypted, Key, Line, Moment, spelled
from app.supervision.messages.vocabulary import Channel


class ReminderConsent(Base):
    """A person agrees to be reminded at an address of their own. Never changed; the latest one counts.

    Purpose: reminders of visits (Law 94-V art. 8); kept with the person. ``until_on`` is the first day on which it no
    longer stands. Without ``names_service`` no text says that it comes from the probation service.
    """

    __tablename__ = "reminder_consents"
    __table_args__ = (CheckConstraint("given_on < until_on", name="span"),)

    id: Mapped[Key]
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    channel: Mapped[Channel] = mapped_column(spelled(Channel))
    address: Mapped[str] = mapped_column(Encrypted)
    names_service: Mapped[bool]
    representative: Mapped[Line | None]  # who consented for a minor
    given_on: Mapped[date]
    until_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    client: Mapped[Client] = relationship()
    by: Mapped[User] = relationship()
    withdrawal: Mapped["ReminderConsentWithdrawal | None"] = relationship(lazy="joined")

    @property
    def about_client_id(self) -> int:
        return self.client_id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return self.client.holders

    def stands_on(self, day: date) -> bool:
        return self.withdrawal is None and self.given_on <= day < self.until_on


class ReminderConsentWithdrawal(Base):
    """The person took the consent back: nothing is sent from that moment. Never changed; kept with the consent."""

    __tablename__ = "reminder_consent_withdrawals"

    consent_id: Mapped[int] = mapped_column(ForeignKey("reminder_consents.id"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()
