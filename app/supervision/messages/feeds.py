"""The secret address of an officer's calendar: making it, finding whose it is, taking it back."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.access.models import User
from app.access.policy import Permission, allows
from app.db import db, keyed_digest
from app.supervision.messages.models import CalendarFeed, FeedOpening, FeedWithdrawal

TOKEN_BYTES = 32  # some 10 ** 77 tokens: none is found by trying
LONGEST_TOKEN = 64  # characters; what is longer was never made here


def digest_of(token: str) -> str:
    return keyed_digest(token, "calendar-feed")


def make_feed(user: User, at: datetime) -> tuple[CalendarFeed, str]:
    """A new address and its token, which is nowhere kept. An earlier address stops working."""
    take_back_feeds(user, at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    feed = CalendarFeed(user_id=user.id, digest=digest_of(token), made_at=at)
    db.session.add(feed)
    return feed, token


def take_back_feeds(user: User, at: datetime) -> int:
    """Have no address of the user's work any more; how many did. The user stays locked until the commit."""
    db.session.execute(select(User.id).where(User.id == user.id).with_for_update())
    working = feeds_of(user)
    for feed in working:
        feed.withdrawal = FeedWithdrawal(at=at)
    return len(working)


def feeds_of(user: User) -> Sequence[CalendarFeed]:
    """The addresses that still work: one at most, unless two were made in the same moment."""
    own = select(CalendarFeed).where(CalendarFeed.user_id == user.id, ~CalendarFeed.withdrawal.has())
    return db.session.scalars(own.order_by(CalendarFeed.id.desc())).unique().all()


def feed_with(token: str) -> CalendarFeed | None:
    """The address that a token opens, while it works and its user may keep a calendar; otherwise None."""
    if len(token) > LONGEST_TOKEN or not token.isascii():
        return None
    statement = (
        select(CalendarFeed)
        .where(CalendarFeed.digest == digest_of(token), ~CalendarFeed.withdrawal.has())
        .options(joinedload(CalendarFeed.user).options(selectinload(User.suspensions)))
    )
    feed = db.session.scalars(statement).unique().one_or_none()
    if feed is None or feed.user.suspension is not None or not allows(feed.user, Permission.KEEP_CALENDAR):
        return None
    return feed


def note_opening(feed: CalendarFeed, on: date) -> bool:
    """Keep that the calendar was read on a day; whether that is new."""
    if db.session.get(FeedOpening, (feed.id, on)) is not None:
        return False
    db.session.add(FeedOpening(feed_id=feed.id, on=on))
    return True


def last_opened(feed: CalendarFeed) -> date | None:
    return db.session.scalar(select(func.max(FeedOpening.on)).where(FeedOpening.feed_id == feed.id))
