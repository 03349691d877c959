"""Matches of a person with a volunteer or mentor, the consent they stand on, and the sessions held."""

from collections.abc import Iterable
from datetime import date, time
from enum import auto

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.clients.cases import AboutCase, Case
from app.clients.models import Client
from app.clients.vocabulary import LABELS, Worded
from app.db import Base, Key, Line, Moment, Prose, spelled
from app.programs.models import Program


class Medium(Worded):
    IN_PERSON = auto()
    PHONE = auto()
    VIDEO = auto()
    MESSAGES = auto()


class Absence(Worded):
    """Why a session did not take place."""

    DID_NOT_COME = auto()
    WARNED = auto()
    ILLNESS = auto()
    HELPER_COULD_NOT = auto()


LABELS[Medium] = {
    Medium.IN_PERSON: _l("in person"),
    Medium.PHONE: _l("by telephone"),
    Medium.VIDEO: _l("by video call"),
    Medium.MESSAGES: _l("by messages"),
}
LABELS[Absence] = {
    Absence.DID_NOT_COME: _l("did not come"),
    Absence.WARNED: _l("said beforehand that they could not come"),
    Absence.ILLNESS: _l("illness"),
    Absence.HELPER_COULD_NOT: _l("the volunteer or mentor could not come"),
}


class Helper(Base):
    """What the service knows of a volunteer or mentor. Purpose: admission (Law 42-VI art. 12); kept with the user."""

    __tablename__ = "helpers"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    born_on: Mapped[date]
    undertaking_on: Mapped[date | None]  # when the undertaking of confidentiality was signed
    organisation: Mapped[Line | None]

    user: Mapped[User] = relationship()


class Match(AboutCase, Base):
    """A person and the volunteer or mentor who helps them. Purpose: measures 15 and 17; kept with the person."""

    __tablename__ = "matches"

    id: Mapped[Key]
    helper_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    program_id: Mapped[int | None] = mapped_column(ForeignKey("programs.id"))
    starts_on: Mapped[date]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[Moment]

    helper: Mapped[User] = relationship(foreign_keys=[helper_id])
    program: Mapped[Program | None] = relationship()
    goals: Mapped[list["MatchGoal"]] = relationship(cascade="all, delete-orphan")
    consents: Mapped[list["Consent"]] = relationship(order_by="Consent.id", back_populates="match")
    ending: Mapped["MatchEnding | None"] = relationship()

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        """The case's own, and the helper; whether the door is open today is the loader's question."""
        return (*self.case.holders, (self.helper_id, None))

    def consent_on(self, day: date) -> "Consent | None":
        return next((row for row in reversed(self.consents) if row.stands_on(day)), None)

    def is_open_on(self, day: date) -> bool:
        return self.ending is None and self.starts_on <= day and self.consent_on(day) is not None


class MatchGoal(Base):
    """A goal that the helper helps with, by its thread through the programme's versions."""

    __tablename__ = "match_goals"

    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"), primary_key=True)
    thread: Mapped[str] = mapped_column(String(32), primary_key=True)


class Consent(Base):
    """The person's consent to be helped and to what the helper may know. Purpose: Law 94-V art. 8; kept with it."""

    __tablename__ = "match_consents"
    __table_args__ = (CheckConstraint("given_on < until_on", name="span"),)

    id: Mapped[Key]
    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"), index=True)
    given_on: Mapped[date]
    until_on: Mapped[date]  # the first day on which it no longer stands
    names_phone: Mapped[bool]
    names_address: Mapped[bool]
    representative: Mapped[Line | None]  # who consented for a minor
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    recorded_at: Mapped[Moment]

    match: Mapped[Match] = relationship(back_populates="consents")
    withdrawal: Mapped["Withdrawal | None"] = relationship()

    def stands_on(self, day: date) -> bool:
        return self.withdrawal is None and self.given_on <= day < self.until_on


class Withdrawal(Base):
    """The person took the consent back; the door is closed from that moment."""

    __tablename__ = "match_consent_withdrawals"

    consent_id: Mapped[int] = mapped_column(ForeignKey("match_consents.id"), primary_key=True)
    words: Mapped[Prose | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]


class MatchEnding(Base):
    __tablename__ = "match_endings"

    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"), primary_key=True)
    on: Mapped[date]
    words: Mapped[Prose | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]


class Session(Base):
    """A meeting of a person with a volunteer or mentor, as the helper logged it. Never changed.

    Purpose: measures 15 and 17; kept with the person.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 0 AND 720", name="minutes"),
        Index("ix_sessions_match_id_on", "match_id", "on"),
    )

    id: Mapped[Key]
    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"))
    on: Mapped[date] = mapped_column(index=True)
    starts_at: Mapped[time]
    minutes: Mapped[int]
    medium: Mapped[Medium] = mapped_column(spelled(Medium))
    place: Mapped[Line | None]
    has_met: Mapped[bool]
    absence: Mapped[Absence | None] = mapped_column(spelled(Absence))
    done: Mapped[Prose | None]
    goal_thread: Mapped[str | None] = mapped_column(String(32))
    has_concern: Mapped[bool]
    concern: Mapped[Prose | None]
    logged_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    logged_at: Mapped[Moment]

    match: Mapped[Match] = relationship()
    confirmation: Mapped["Confirmation | None"] = relationship()
    questions: Mapped[list["Question"]] = relationship(order_by="Question.id")

    @property
    def case(self) -> Case:
        return self.match.case

    @property
    def client(self) -> Client:
        return self.match.case.client

    @property
    def about_client_id(self) -> int:
        return self.match.about_client_id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return self.match.holders


class Confirmation(Base):
    """The officer has seen a session and counts its time. Never changed."""

    __tablename__ = "session_confirmations"

    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]


class Question(Base):
    """What the officer asks about a session, and what the helper answers."""

    __tablename__ = "session_questions"

    id: Mapped[Key]
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), index=True)
    words: Mapped[Prose]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]
    answer: Mapped[Prose | None]
    answered_at: Mapped[Moment | None]
