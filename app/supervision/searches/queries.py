"""Finding searches, never beyond the actor's reach."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import contains_eager, joinedload, lazyload, selectinload

from app.access.models import User
from app.access.policy import Permission
from app.clients.cases import Case
from app.clients.queries import AROUND_CASE, hold
from app.clients.reach import cases_within
from app.db import db, one_or_404
from app.supervision.searches.models import Search, SearchDeclaration, SearchEnd, SearchStep

MOST = 20  # searches of some cases


def get_search(actor: User, permission: Permission, search_id: int, language: str = "") -> Search:
    """A search in a case within reach, with all that was done; otherwise 404. A language narrows nothing."""
    return one_or_404(whole(search_id).where(cases_within(actor, permission)))


def search_for_note(search_id: int) -> Search:
    """A search for its note; whoever asks has looked after the reach."""
    return one_or_404(whole(search_id))


def whole(search_id: int) -> Select[Any]:
    return (
        select(Search)
        .join(Search.case)
        .where(Search.id == search_id)
        .options(
            contains_eager(Search.case).options(*AROUND_CASE),
            joinedload(Search.by),
            selectinload(Search.steps).joinedload(SearchStep.by),
            joinedload(Search.declaration).joinedload(SearchDeclaration.by),
            joinedload(Search.end).joinedload(SearchEnd.by),
        )
    )


def searches_of(cases: Collection[Case]) -> Sequence[Search]:
    """The searches in some cases, the newest first; the cases themselves are loaded."""
    statement = (
        select(Search)
        .where(Search.case_id.in_([case.id for case in cases]))
        .options(lazyload(Search.case), selectinload(Search.steps))
    )
    return db.session.scalars(statement.order_by(Search.started_on.desc(), Search.id.desc()).limit(MOST)).all()


def searched_for(case_id: Any) -> ColumnElement[bool]:
    """A search goes on in the case that a column names."""
    return select(Search.id).where(Search.case_id == case_id, ~Search.end.has()).exists()


def hold_search(search: Search) -> None:
    """Keep everybody else from the search's case until this is saved, and see the search as it is now."""
    hold(search.case)
    db.session.refresh(search, ["steps", "declaration", "end"])
