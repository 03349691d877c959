"""What helpers held for a person since a day, told to the review of the programme."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from app.clients.cases import Case
from app.db import db
from app.programs.progress.reviewing import Delivered, delivered
from app.sessions.models import Match, Session


def held_since(case: Case, since: date) -> Sequence[Delivered]:
    """How many sessions took place in the case from a day on, and their minutes, by goal."""
    statement = (
        select(Session.goal_thread, func.count(Session.id), func.sum(Session.minutes))
        .join(Match, Match.id == Session.match_id)
        .where(Match.case_id == case.id, Session.has_met, Session.on >= since)
        .group_by(Session.goal_thread)
    )
    return [Delivered(thread, count, int(minutes)) for thread, count, minutes in db.session.execute(statement)]


delivered.append(held_since)
