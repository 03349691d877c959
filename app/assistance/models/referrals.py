"""Referrals to services, what happened to them, and how the providers were reminded. Every fact is a row."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.assistance.models.catalogue import Service
from app.assistance.referrals.course import Fact, next_events, standing
from app.assistance.referrals.vocabulary import (
    REASONS,
    Awaited,
    DeclineReason,
    DropReason,
    Event,
    Means,
    Result,
    Standing,
)
from app.clients.cases import AboutCase
from app.db import Base, Code, Key, Moment, Prose, spelled

IS_END = "kind IN ('declined', 'done', 'dropped', 'withdrawn')"
HAPPENS_ONCE = "kind <> 'attended'"


class Referral(AboutCase, Base):
    """A person referred to a service, and why. Purpose: measure 21, assistance; kept with the case. Never changed.

    ``answer_by`` is the last day on which the service answers in time. ``shares_contact`` says that the person
    agreed to have their telephone and address named in the letter.
    """

    __tablename__ = "referrals"

    id: Mapped[Key]
    number: Mapped[Code] = mapped_column(unique=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"), index=True)
    need_code: Mapped[Code | None]
    step_thread: Mapped[str | None] = mapped_column(String(32), index=True)  # of the programme's step, if one asks
    why: Mapped[Prose]
    shares_contact: Mapped[bool]
    made_on: Mapped[date]
    answer_by: Mapped[date]
    made_at: Mapped[Moment]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))

    service: Mapped[Service] = relationship()
    made_by: Mapped[User] = relationship()
    events: Mapped[list["ReferralEvent"]] = relationship(order_by="ReferralEvent.id", back_populates="referral")
    reminders: Mapped[list["ReferralReminder"]] = relationship(
        order_by="ReferralReminder.id", back_populates="referral"
    )

    @property
    def facts(self) -> list[Fact]:
        return [Fact(row.kind, row.on) for row in self.events]

    @property
    def standing(self) -> Standing:
        return standing(self.facts)

    @property
    def is_open(self) -> bool:
        return self.standing.is_open

    @property
    def next_events(self) -> tuple[Event, ...]:
        return next_events(self.facts)

    def event(self, kind: Event) -> "ReferralEvent | None":
        return next((row for row in self.events if row.kind == kind), None)

    @property
    def end(self) -> "ReferralEvent | None":
        """What ended it; None while it is open."""
        return next((row for row in self.events if row.ends), None)

    @property
    def result(self) -> Result | None:
        return next((row.result for row in self.events if row.result), None)

    @property
    def attended(self) -> list[date]:
        """The days on which the person attended, in order."""
        return sorted(row.on for row in self.events if row.kind == Event.ATTENDED)


class ReferralEvent(Base):
    """Something that happened to a referral, told by the office or by the provider. Never changed.

    Purpose: measure 21; kept with the case. ``start_by`` is the day by which help starts after an acceptance.
    """

    __tablename__ = "referral_events"
    __table_args__ = (
        CheckConstraint("(kind = 'done') = (result IS NOT NULL)", name="result_when_done"),
        CheckConstraint("(kind IN ('declined', 'dropped')) = (reason IS NOT NULL)", name="reason_when_refused"),
        CheckConstraint("(kind = 'accepted') = (start_by IS NOT NULL)", name="clock_when_accepted"),
        CheckConstraint(
            "words IS NOT NULL OR (kind <> 'withdrawn' AND coalesce(reason, '') <> 'other' "
            "AND coalesce(result, '') <> 'other')",
            name="other_in_words",
        ),
        CheckConstraint("by_id IS NOT NULL OR by_provider", name="by_somebody"),
        Index("uq_referral_events_end", "referral_id", unique=True,
              sqlite_where=text(IS_END), postgresql_where=text(IS_END)),
        Index("uq_referral_events_once", "referral_id", "kind", unique=True,
              sqlite_where=text(HAPPENS_ONCE), postgresql_where=text(HAPPENS_ONCE)),
        Index("uq_referral_events_day", "referral_id", "kind", "on", unique=True),
    )  # fmt: skip

    id: Mapped[Key]
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id"))  # found by the index of days
    kind: Mapped[Event] = mapped_column(spelled(Event))
    on: Mapped[date]
    reason: Mapped[Code | None]  # of a service declined, or of help that stopped
    result: Mapped[Result | None] = mapped_column(spelled(Result))
    words: Mapped[Prose | None]
    start_by: Mapped[date | None]
    by_provider: Mapped[bool]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    referral: Mapped[Referral] = relationship(back_populates="events")
    by: Mapped[User | None] = relationship()

    @property
    def ends(self) -> bool:
        return self.kind in {Event.DECLINED, Event.DONE, Event.DROPPED, Event.WITHDRAWN}

    @property
    def coded_reason(self) -> DeclineReason | DropReason | None:
        return REASONS[self.kind](self.reason) if self.reason else None


class ReferralReminder(Base):
    """The fact that an officer reminded a provider. Never changed. Purpose: measure 21; kept with the case.

    ``next_on`` is the day on which the provider is late again.
    """

    __tablename__ = "referral_reminders"
    __table_args__ = (
        CheckConstraint('"on" < next_on', name="next_is_later"),
        Index("ix_referral_reminders_referral_id_about", "referral_id", "about", "next_on"),
    )

    id: Mapped[Key]
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id"))
    about: Mapped[Awaited] = mapped_column(spelled(Awaited))
    how: Mapped[Means] = mapped_column(spelled(Means))
    on: Mapped[date]
    words: Mapped[Prose | None]
    next_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    referral: Mapped[Referral] = relationship(back_populates="reminders")
    by: Mapped[User] = relationship()
