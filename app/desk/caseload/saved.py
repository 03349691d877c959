"""Keeping, finding and removing the filters that a user saved."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, select

from app.access.models import User
from app.clients.models import NotPossible
from app.db import db
from app.desk.caseload.models import SavedFilter

MOST = 20  # filters of one user: more is no longer a choice but a search


def saved_by(user: User) -> Sequence[SavedFilter]:
    """The user's own filters, by name."""
    own = select(SavedFilter).where(SavedFilter.user_id == user.id)
    return db.session.scalars(own.order_by(SavedFilter.name, SavedFilter.id).limit(MOST)).all()


def keep(name: str, query: str, by: User, at: datetime) -> None:
    """Keep a filter under a name; the same name again means the new one.

    Raises NotPossible when there are as many as a user may keep.
    """
    db.session.execute(select(User.id).where(User.id == by.id).with_for_update())
    own = select(SavedFilter).where(SavedFilter.user_id == by.id)
    if known := db.session.scalar(own.where(SavedFilter.name == name)):
        known.query, known.saved_at = query, at
        return
    if (db.session.scalar(select(func.count()).select_from(own.subquery())) or 0) >= MOST:
        raise NotPossible(_("You have %(most)d saved filters. Remove one that you no longer need first.", most=MOST))
    db.session.add(SavedFilter(user_id=by.id, name=name, query=query, saved_at=at))


def remove(number: int, by: User) -> str | None:
    """Remove one of the user's own filters and tell its name; None when there is no such one (any more)."""
    found = db.session.scalar(select(SavedFilter).where(SavedFilter.id == number, SavedFilter.user_id == by.id))
    if found is None:
        return None
    db.session.delete(found)
    return found.name
