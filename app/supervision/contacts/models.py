"""Contacts with a person or about them, inspections of a home, and group events. Every fact is a row."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.clients.cases import AboutCase
from app.db import Base, Key, Line, Moment, OfUser, Prose, spelled
from app.offices.models import Office
from app.supervision.contacts.vocabulary import (
    Attended,
    Condition,
    ContactKind,
    GroupKind,
    Means,
    Seen,
    TalkAbout,
    Whom,
)


class Contact(AboutCase, Base):
    """A talk, a call, a message, a visit: with whom, and whether they were reached. A row never changes.

    Purpose: probation control and preventive talks (Penal Execution Code art. 22, 55, 57, 69, 174); kept with the case.
    """

    __tablename__ = "contacts"
    __table_args__ = (
        CheckConstraint("(kind = 'talk') = (about IS NOT NULL)", name="about_of_a_talk"),
        CheckConstraint("(kind = 'message') = (means IS NOT NULL)", name="means_of_a_message"),
        CheckConstraint("(kind = 'workplace') = (place IS NOT NULL)", name="place_of_work"),
        CheckConstraint("minutes > 0", name="some_minutes"),
        Index("ix_contacts_case_id_on", "case_id", "on"),
    )

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))  # found by the index of days
    kind: Mapped[ContactKind] = mapped_column(spelled(ContactKind))
    on: Mapped[date]
    minutes: Mapped[int | None]  # how long it took
    whom: Mapped[Whom] = mapped_column(spelled(Whom))  # whom one was with, or tried to reach
    reached: Mapped[bool]
    about: Mapped[TalkAbout | None] = mapped_column(spelled(TalkAbout))
    means: Mapped[Means | None] = mapped_column(spelled(Means))
    place: Mapped[Line | None]  # where the person works or studies
    words: Mapped[Prose | None]
    by_id: Mapped[OfUser]
    at: Mapped[Moment]

    by: Mapped[User] = relationship()
    inspection: Mapped["Inspection | None"] = relationship(back_populates="contact")
    withdrawal: Mapped["ContactWithdrawal | None"] = relationship()

    @property
    def ends_silence(self) -> bool:
        return self.reached and self.whom is Whom.PERSON and self.withdrawal is None


class ContactWithdrawal(Base):
    """The fact that a contact was noted by mistake, with the reason. Purpose: accountability; kept with the case."""

    __tablename__ = "contact_withdrawals"

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), primary_key=True)
    reason: Mapped[Prose]
    by_id: Mapped[OfUser]
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class Inspection(Base):
    """What was found in a home that was inspected with the guardianship body; its act is printed.

    Purpose: Penal Execution Code art. 20(3), 163(4); kept with the case. A row never changes.
    """

    __tablename__ = "inspections"

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), primary_key=True)
    body: Mapped[Line]  # the guardianship body
    representative: Mapped[Line]  # who came for it: name and post
    present: Mapped[Line | None]  # who of the household was there
    condition: Mapped[Condition] = mapped_column(spelled(Condition))
    own_place: Mapped[Seen] = mapped_column(spelled(Seen))  # a place of one's own to sleep and to study
    provided_for: Mapped[Seen] = mapped_column(spelled(Seen))  # food, clothes, warmth
    cared_for: Mapped[Seen] = mapped_column(spelled(Seen))  # the adults look after the person
    safe: Mapped[Seen] = mapped_column(spelled(Seen))
    found: Mapped[Prose]
    advised: Mapped[Prose | None]

    contact: Mapped[Contact] = relationship(back_populates="inspection")

    @property
    def number(self) -> str:
        return f"I-{self.contact.on.year}-{self.contact_id:06d}"


class GroupEvent(Base):
    """An event for several people: a preventive talk, a training, a match. A row never changes; it can be cancelled.

    Purpose: probation control and assistance (Law 38-VI); kept with the cases of those who took part.
    """

    __tablename__ = "group_events"
    __table_args__ = (
        CheckConstraint("minute BETWEEN 0 AND 1439", name="minute_of_a_day"),
        CheckConstraint("minutes > 0", name="some_minutes"),
        Index("ix_group_events_office_id_on", "office_id", "on"),
        Index("ix_group_events_made_by_id_on", "made_by_id", "on"),
    )

    id: Mapped[Key]
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    kind: Mapped[GroupKind] = mapped_column(spelled(GroupKind))
    title: Mapped[Line]
    on: Mapped[date]
    minute: Mapped[int | None]  # when it begins: minutes from midnight on the clocks of the office
    minutes: Mapped[int | None]  # how long it takes
    place: Mapped[Line | None]
    words: Mapped[Prose | None]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[Moment]

    office: Mapped[Office] = relationship()
    made_by: Mapped[User] = relationship()
    cancellation: Mapped["GroupEventCancellation | None"] = relationship(lazy="joined")
    participants: Mapped[list["GroupParticipant"]] = relationship(
        order_by="GroupParticipant.id", back_populates="event"
    )

    @property
    def holders(self) -> Iterable[tuple[int | None, int | None]]:
        """Who holds it, and that office."""
        return ((self.made_by_id, self.office_id),)


class GroupEventCancellation(Base):
    """The fact that a group event did not take place, with the reason. Purpose: accountability; kept with the event."""

    __tablename__ = "group_event_cancellations"

    event_id: Mapped[int] = mapped_column(ForeignKey("group_events.id"), primary_key=True)
    reason: Mapped[Prose]
    by_id: Mapped[OfUser]
    at: Mapped[Moment]

    by: Mapped[User] = relationship()


class GroupParticipant(AboutCase, Base):
    """A person on the list of a group event, once, by one of their cases. Never changed.

    Purpose: probation control and assistance (Law 38-VI); kept with the case.
    """

    __tablename__ = "group_participants"
    __table_args__ = (UniqueConstraint("event_id", "client_id"),)

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(ForeignKey("group_events.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)  # nobody is on a list twice
    by_id: Mapped[OfUser]
    at: Mapped[Moment]

    event: Mapped[GroupEvent] = relationship(back_populates="participants")
    attendances: Mapped[list["GroupAttendance"]] = relationship(
        order_by="GroupAttendance.ordinal", back_populates="participant"
    )

    @property
    def attendance(self) -> "GroupAttendance | None":
        """What is known last."""
        return self.attendances[-1] if self.attendances else None

    @property
    def is_expected(self) -> bool:
        return self.attendance is None or self.attendance.kind is not Attended.NOT_EXPECTED


class GroupAttendance(Base):
    """Whether somebody came to a group event; the one with the highest ordinal counts. Never changed.

    Purpose: probation control; kept with the case.
    """

    __tablename__ = "group_attendances"

    participant_id: Mapped[int] = mapped_column(ForeignKey("group_participants.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Attended] = mapped_column(spelled(Attended))
    words: Mapped[Line | None]
    by_id: Mapped[OfUser]
    at: Mapped[Moment]

    participant: Mapped[GroupParticipant] = relationship(back_populates="attendances")
    by: Mapped[User] = relationship()
