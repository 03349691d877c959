"""What was sent to remind a person of a visit, each attempt, and what the gateway said of it."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clients.cases import AboutCase
from app.db import Base, Code, Encrypted, Key, Moment, spelled
from app.supervision.calendar.models import Visit
from app.supervision.messages.models.consents import ReminderConsent
from app.supervision.messages.vocabulary import Result, Why


class Message(AboutCase, Base):
    """The one reminder of a visit. Never changed: the database takes one for a visit, so that none goes out twice.

    Purpose: that nobody is late for want of a reminder; kept with the case. The address is the consent's.
    """

    __tablename__ = "messages"

    id: Mapped[Key]
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), unique=True)
    consent_id: Mapped[int] = mapped_column(ForeignKey("reminder_consents.id"), index=True)
    language: Mapped[Code]
    text: Mapped[str] = mapped_column(Encrypted)
    made_at: Mapped[Moment] = mapped_column(index=True)  # what failed is looked for among the latest

    visit: Mapped[Visit] = relationship()
    consent: Mapped[ReminderConsent] = relationship()
    attempts: Mapped[list["MessageAttempt"]] = relationship(order_by="MessageAttempt.ordinal", back_populates="message")
    report: Mapped["MessageReport | None"] = relationship(lazy="joined")


class MessageAttempt(Base):
    """The moment at which a message is about to be handed to a gateway, written down before it is. Never changed.

    Purpose: at most one delivery; kept with the message. An attempt without a result is one of which nobody knows what
    came, and it is never repeated.
    """

    __tablename__ = "message_attempts"
    __table_args__ = (UniqueConstraint("message_id", "ordinal"),)

    id: Mapped[Key]
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    ordinal: Mapped[int]
    gateway: Mapped[Code]
    reference: Mapped[str] = mapped_column(String(40), unique=True)  # ours, by chance: what a gateway reports about
    at: Mapped[Moment]

    message: Mapped[Message] = relationship(back_populates="attempts")
    result: Mapped["MessageResult | None"] = relationship(lazy="joined")


class MessageResult(Base):
    """What a gateway said of an attempt. Never changed; kept with the message.

    ``code`` is the number of its answer: its words are not kept, they may repeat the address.
    """

    __tablename__ = "message_results"
    __table_args__ = (CheckConstraint("(kind IN ('failed', 'refused')) = (why IS NOT NULL)", name="why_not_taken"),)

    attempt_id: Mapped[int] = mapped_column(ForeignKey("message_attempts.id"), primary_key=True)
    kind: Mapped[Result] = mapped_column(spelled(Result))
    why: Mapped[Why | None] = mapped_column(spelled(Why))
    code: Mapped[int | None]
    at: Mapped[Moment]


class MessageReport(Base):
    """What a gateway told later: whether the message reached the person's device. Never changed; kept with it."""

    __tablename__ = "message_reports"

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), primary_key=True)
    has_arrived: Mapped[bool]
    at: Mapped[Moment]
