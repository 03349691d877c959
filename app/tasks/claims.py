"""Orders of which each is worked off by one process: taken for a while, so that who dies leaves it to the next one.

An order has ``claimed_until``, until when a process may be at work on it, and ``settled_at``.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update

from app.clock import now
from app.db import db

MOST_AT_ONCE = 10


def is_free(order: Any) -> ColumnElement[bool]:
    """Open, with nobody alive at work on it."""
    return and_(order.settled_at.is_(None), or_(order.claimed_until.is_(None), order.claimed_until < now()))


def claim(order: Any, order_id: int, lease: timedelta, **first: Any) -> bool:
    """Take an order for this process, and commit; False when it is settled or somebody alive is at work on it."""
    taken = update(order).where(order.id == order_id, is_free(order)).values(claimed_until=now() + lease, **first)
    found = db.session.scalar(taken.returning(order.id))
    db.session.commit()
    return found is not None


def advance(order: Any, order_id: int, lease: timedelta, **come: Any) -> None:
    """Say how far it has come, and that somebody is alive; commits."""
    still_open = order.id == order_id, order.settled_at.is_(None)
    db.session.execute(update(order).where(*still_open).values(claimed_until=now() + lease, **come))
    db.session.commit()


def left_behind(order: Any) -> list[int]:
    """The oldest orders that nobody alive is at work on."""
    return list(db.session.scalars(select(order.id).where(is_free(order)).order_by(order.id).limit(MOST_AT_ONCE)))
