"""The secret addresses at which officers' own calendars are read by other programmes."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.models import User
from app.db import Base, Key, Moment


class CalendarFeed(Base):
    """An address at which an officer's calendar is read, without names in it. Never changed.

    Purpose: the officer's own work; kept with the user. Only a keyed digest of the token is here: whoever reads the
    database cannot read the calendar.
    """

    __tablename__ = "calendar_feeds"

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[Moment]

    user: Mapped[User] = relationship()
    withdrawal: Mapped["FeedWithdrawal | None"] = relationship(lazy="joined")


class FeedWithdrawal(Base):
    """The fact that an address was taken back, or replaced by a newer one. Never changed; kept with it."""

    __tablename__ = "calendar_feed_withdrawals"

    feed_id: Mapped[int] = mapped_column(ForeignKey("calendar_feeds.id"), primary_key=True)
    at: Mapped[Moment]


class FeedOpening(Base):
    """A day on which a calendar was read. Purpose: the officer sees whether it is in use; kept with the address."""

    __tablename__ = "calendar_feed_openings"

    feed_id: Mapped[int] = mapped_column(ForeignKey("calendar_feeds.id"), primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
