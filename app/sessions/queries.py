"""Finding matches and sessions within the actor's reach, with what their pages show."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.access.models import User
from app.access.policy import Permission
from app.clients.cases import Case
from app.clients.queries import AROUND_CASE
from app.clients.reach import cases_within
from app.db import one_or_404
from app.sessions.models import Consent, Match, Question, Session

# What a page of the officer about a match shows: the helper, the consents with their ends, the case.
AROUND_MATCH = (
    joinedload(Match.helper),
    joinedload(Match.ending),
    joinedload(Match.case).options(*AROUND_CASE),
    selectinload(Match.goals),
    selectinload(Match.consents).joinedload(Consent.withdrawal),
)
AROUND_SESSION = (
    joinedload(Session.confirmation),
    selectinload(Session.questions).joinedload(Question.reply),
)


def get_match(actor: User, permission: Permission, match_id: int) -> Match:
    """A match in a case within reach, for the officer; otherwise 404."""
    return one_or_404(
        select(Match)
        .join(Match.case)
        .where(Match.id == match_id, cases_within(actor, permission))
        .options(*AROUND_MATCH, joinedload(Match.made_by))
    )


def get_session(actor: User, permission: Permission, session_id: int) -> Session:
    """A session of a case within reach, for the officer; otherwise 404."""
    return one_or_404(
        select(Session)
        .join(Session.match)
        .join(Match.case)
        .where(Session.id == session_id, cases_within(actor, permission))
        .options(*AROUND_SESSION, joinedload(Session.logged_by), joinedload(Session.match).options(*AROUND_MATCH))
    )
