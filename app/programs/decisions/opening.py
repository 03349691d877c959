"""Which submissions a head of service has opened and read: only these can be approved together."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access.models import User
from app.db import db
from app.programs.models import Opening, Submission


def note_opening(submission: Submission, by: User, at: datetime) -> None:
    """Keep the first time that somebody opened a submission, in a transaction of its own: a read commits nothing."""
    if submission.id in opened(by, [submission.id]):
        return
    with (
        suppress(IntegrityError),  # the same person in another window, a moment before
        db.engine.connect().execution_options(writes=True) as connection,
        Session(connection) as session,
        session.begin(),
    ):
        session.add(Opening(submission_id=submission.id, by_id=by.id, at=at))


def opened(by: User, submissions: Iterable[int]) -> set[int]:
    """Those of these submissions that somebody has opened, by number."""
    numbers = list(submissions)
    statement = select(Opening.submission_id).where(Opening.submission_id.in_(numbers), Opening.by_id == by.id)
    return set(db.session.scalars(statement)) if numbers else set()
