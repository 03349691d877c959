"""Signals and their life: raised once, grown, acknowledged, acted on, put off, and closed. Every fact is a row."""

from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.clients.cases import AboutCase
from app.clients.models import NotPossible
from app.clock import COUNTRY
from app.db import Base, Code, Key, Line, Moment, Prose, spelled
from app.signals.rules import Rule, find
from app.signals.vocabulary import FALSE_REASONS, Reason, Severity, Verdict


class Signal(AboutCase, Base):
    """A rule that holds in a case. Purpose: measure 14, risk prevention; kept with the case.

    ``episode`` is the key of the first evidence: what happened once is raised once. ``urgency`` is the rank of the
    rule's severity, for the order of lists. ``due_on`` is the last day on which it is acknowledged in time.
    """

    __tablename__ = "signals"
    __table_args__ = (
        UniqueConstraint("case_id", "rule_code", "episode", name="uq_signals_episode"),
        Index("ix_signals_urgency_id", "urgency", "id"),
        Index("ix_signals_rule_code", "rule_code"),
    )

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))  # found by the index of the episodes
    rule_code: Mapped[Code]
    rule_version: Mapped[int]
    episode: Mapped[Line]
    urgency: Mapped[int]
    raised_on: Mapped[date]  # the day of which the evaluation spoke
    raised_at: Mapped[Moment]
    due_on: Mapped[date]

    evidence: Mapped[list["Evidence"]] = relationship(order_by="Evidence.id", back_populates="signal")
    acknowledgement: Mapped["Acknowledgement | None"] = relationship()
    actions: Mapped[list["Action"]] = relationship(order_by="Action.id")
    snoozes: Mapped[list["Snooze"]] = relationship(order_by="Snooze.id")
    closure: Mapped["SignalClosure | None"] = relationship()

    @property
    def rule(self) -> Rule:
        return find(self.rule_code, self.rule_version)

    @property
    def severity(self) -> Severity:
        return tuple(Severity)[self.urgency]

    @property
    def newest(self) -> "Evidence":
        return self.evidence[-1]

    @property
    def has_grown(self) -> bool:
        """Whether evidence came after somebody last looked at it, or after it was raised."""
        seen = self.acknowledgement.at if self.acknowledgement else self.raised_at
        return self.newest.added_at > seen

    def snooze_on(self, day: date) -> "Snooze | None":
        """The putting off that holds on a day; new evidence ends it."""
        latest = self.snoozes[-1] if self.snoozes else None
        return latest if latest and day < latest.until_on and self.newest.added_at <= latest.at else None

    def must_be_open(self) -> None:
        if self.closure:
            raise NotPossible(_("This signal is closed. It can be read, but not changed."))

    def acknowledge(self, by: User, at: datetime) -> None:
        self.must_be_open()
        if self.acknowledgement:
            raise NotPossible(_("This signal was acknowledged already."))
        self.acknowledgement = Acknowledgement(by=by, at=at)

    def note_action(self, words: str, by: User, at: datetime) -> None:
        """What was done; whoever does something has seen the signal."""
        self.must_be_open()
        self.actions.append(Action(words=words, by=by, at=at))
        self.see(by, at)

    def put_off(self, until_on: date, reason: str, by: User, at: datetime) -> None:
        self.must_be_open()
        if until_on <= at.astimezone(COUNTRY).date():
            raise NotPossible(_("Put it off until a day after today."))
        self.snoozes.append(Snooze(until_on=until_on, reason=reason, by=by, at=at))
        self.see(by, at)

    def close(self, reason: Reason, words: str | None, by: User, at: datetime) -> None:
        """The end: a reason of a false alarm makes it one, any other says that it was handled."""
        self.must_be_open()
        verdict = Verdict.FALSE_ALARM if reason in FALSE_REASONS else Verdict.HANDLED
        self.closure = SignalClosure(verdict=verdict, reason=reason, words=words, by=by, at=at)
        self.see(by, at)

    def see(self, by: User, at: datetime) -> None:
        if not self.acknowledgement:
            self.acknowledgement = Acknowledgement(by=by, at=at)


class Evidence(Base):
    """One reason of a signal: the fact's key, and the values that its words need. Never changed.

    A fact speaks for a rule in a case once, whatever signals there were and will be. Kept with the signal.
    """

    __tablename__ = "signal_evidence"
    __table_args__ = (
        UniqueConstraint("case_id", "rule_code", "key", name="uq_signal_evidence_key"),
        Index("ix_signal_evidence_signal_id", "signal_id"),
    )

    id: Mapped[Key]
    signal_id: Mapped[int] = mapped_column(ForeignKey("signals.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    rule_code: Mapped[Code]
    key: Mapped[Line]
    on: Mapped[date]
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    source: Mapped[Code]  # the record that tells it: "event:12"
    added_at: Mapped[Moment]

    signal: Mapped[Signal] = relationship(back_populates="evidence")


class Acknowledgement(Base):
    """The fact that somebody saw a signal first. Never changed; kept with the signal."""

    __tablename__ = "signal_acknowledgements"

    signal_id: Mapped[int] = mapped_column(ForeignKey("signals.id"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class Action(Base):
    """What was done about a signal. Never changed; kept with the signal."""

    __tablename__ = "signal_actions"

    id: Mapped[Key]
    signal_id: Mapped[int] = mapped_column(ForeignKey("signals.id"), index=True)
    words: Mapped[Prose]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class Snooze(Base):
    """A signal put off until a day, with the reason; the latest counts. Never changed; kept with the signal."""

    __tablename__ = "signal_snoozes"

    id: Mapped[Key]
    signal_id: Mapped[int] = mapped_column(ForeignKey("signals.id"), index=True)
    until_on: Mapped[date]  # the first day on which it is back
    reason: Mapped[Line]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class SignalClosure(Base):
    """The end of a signal: by a person with a reason, or by the system when it no longer holds. Never changed."""

    __tablename__ = "signal_closures"
    __table_args__ = (CheckConstraint("(verdict = 'settled') = (by_id IS NULL)", name="by_whom"),)

    signal_id: Mapped[int] = mapped_column(ForeignKey("signals.id"), primary_key=True)
    verdict: Mapped[Verdict] = mapped_column(spelled(Verdict))
    reason: Mapped[Reason] = mapped_column(spelled(Reason))
    words: Mapped[Prose | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User | None] = relationship()
