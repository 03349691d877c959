"""Matches of a person with a volunteer or mentor, the consent they stand on, and the sessions held."""

from collections.abc import Iterable
from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.clients.cases import AboutCase, Case
from app.clients.models import Client
from app.clock import COUNTRY
from app.db import Base, Key, Line, Moment, Prose, spelled
from app.programs.models import Program
from app.sessions.vocabulary import Absence, Course, Medium, Standing


class Helper(Base):
    """What the service knows of a volunteer or mentor. Purpose: admission (Law 42-VI art. 12); kept with the user."""

    __tablename__ = "helpers"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    born_on: Mapped[date]
    undertaking_on: Mapped[date | None]  # when the undertaking of confidentiality was signed
    organisation: Mapped[Line | None]
    version: Mapped[int] = mapped_column(default=0)

    user: Mapped[User] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def id(self) -> int:
        """The journal names a record by its id."""
        return self.user_id


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
    made_by: Mapped[User] = relationship(foreign_keys=[made_by_id])
    program: Mapped[Program | None] = relationship()
    goals: Mapped[list["MatchGoal"]] = relationship(cascade="all, delete-orphan")
    consents: Mapped[list["Consent"]] = relationship(order_by="Consent.id", back_populates="match")
    ending: Mapped["MatchEnding | None"] = relationship()

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        """The case's own, and the helper; whether the door is open today is the loader's question."""
        return (*self.case.holders, (self.helper_id, None))

    @property
    def threads(self) -> set[str]:
        """The goals that the helper helps with."""
        return {goal.thread for goal in self.goals}

    def consent_on(self, day: date) -> "Consent | None":
        """The consent that the help stands on: the latest one, which takes the place of those before it."""
        latest = self.consents[-1] if self.consents else None
        return latest if latest and latest.stands_on(day) else None

    def had_consent_on(self, day: date) -> bool:
        """Whether any consent stood on a day, seen from today: what was held then may still be written down."""
        return any(consent.stood_on(day) for consent in self.consents)

    def is_open_on(self, day: date) -> bool:
        return self.course_on(day) == Course.ON

    def course_on(self, day: date) -> Course:
        """Where the help stands: the first thing that shuts the door, or that it goes on."""
        if self.ending:
            return Course.ENDED
        if not self.case.is_open:
            return Course.OFF_REGISTER
        if not self.consent_on(day):
            withdrawn = self.consents and self.consents[-1].withdrawal
            return Course.CONSENT_WITHDRAWN if withdrawn else Course.CONSENT_ENDED
        return Course.ON if self.starts_on <= day else Course.NOT_YET


class MatchGoal(Base):
    """A goal that the helper helps with, by its thread through the programme's versions."""

    __tablename__ = "match_goals"

    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"), primary_key=True)
    thread: Mapped[str] = mapped_column(String(32), primary_key=True)


class Consent(Base):
    """The person's consent to be helped and to what the helper may know. Purpose: Law 94-V art. 8; kept with it.

    Never changed: a renewal is a new row, which takes the place of the one before it.
    """

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
    recorded_by: Mapped[User] = relationship()
    withdrawal: Mapped["Withdrawal | None"] = relationship()

    def stands_on(self, day: date) -> bool:
        return self.withdrawal is None and self.given_on <= day < self.until_on

    def stood_on(self, day: date) -> bool:
        """As ``stands_on``, but a withdrawal ends it only from its own day on."""
        return self.given_on <= day < self.until_on and (
            self.withdrawal is None or day <= self.withdrawal.at.astimezone(COUNTRY).date()
        )


class Withdrawal(Base):
    """The person took the consent back; the door is closed from that moment. Never changed."""

    __tablename__ = "match_consent_withdrawals"

    consent_id: Mapped[int] = mapped_column(ForeignKey("match_consents.id"), primary_key=True)
    words: Mapped[Prose | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class MatchEnding(Base):
    """The help came to its end. Never changed."""

    __tablename__ = "match_endings"

    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"), primary_key=True)
    on: Mapped[date]
    words: Mapped[Prose | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class Session(Base):
    """A meeting of a person with a volunteer or mentor, as the helper logged it. Never changed.

    Purpose: measures 15 and 17; kept with the person.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 0 AND 720", name="minutes"),
        CheckConstraint("has_met = (minutes > 0)", name="time_when_met"),
        CheckConstraint("has_met = (absence IS NULL)", name="met_or_reason"),
        CheckConstraint("has_concern = (concern IS NOT NULL)", name="concern_in_words"),
        Index("ix_sessions_match_id_on", "match_id", "on"),
        Index("ix_sessions_logged_by_id_on", "logged_by_id", "on"),
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
    logged_by: Mapped[User] = relationship()
    confirmation: Mapped["Confirmation | None"] = relationship(back_populates="session")
    questions: Mapped[list["Question"]] = relationship(order_by="Question.id", back_populates="session")

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

    @property
    def starts(self) -> datetime:
        """On the clock of the country, which has one time."""
        return datetime.combine(self.on, self.starts_at, COUNTRY)

    @property
    def open_question(self) -> "Question | None":
        return next((row for row in self.questions if row.reply is None), None)

    @property
    def standing(self) -> Standing:
        if self.confirmation:
            return Standing.CONFIRMED
        if self.open_question:
            return Standing.ASKED
        return Standing.ANSWERED if self.questions else Standing.NEW


class Confirmation(Base):
    """The officer has seen a session and counts its time. Never changed."""

    __tablename__ = "session_confirmations"

    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    session: Mapped[Session] = relationship(back_populates="confirmation")
    by: Mapped[User] = relationship()


class Question(Base):
    """What the officer asks about a session. Never changed."""

    __tablename__ = "session_questions"

    id: Mapped[Key]
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), index=True)
    words: Mapped[Prose]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    session: Mapped[Session] = relationship(back_populates="questions")
    by: Mapped[User] = relationship()
    reply: Mapped["Reply | None"] = relationship(back_populates="question")

    @property
    def about_client_id(self) -> int:
        return self.session.about_client_id

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        return self.session.holders


class Reply(Base):
    """What the helper says to a question. Never changed."""

    __tablename__ = "session_replies"

    question_id: Mapped[int] = mapped_column(ForeignKey("session_questions.id"), primary_key=True)
    words: Mapped[Prose]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]

    question: Mapped[Question] = relationship(back_populates="reply")
    by: Mapped[User] = relationship()
