"""When the clocks of some cases stood still: from the beginning of a search to its end."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, or_, select

from app.db import db
from app.supervision.norms import Span
from app.supervision.searches.models import Search, SearchEnd
from app.supervision.searches.vocabulary import Ending


def standstills() -> Select[int, date, date]:
    """Rows of case, first day and the day on which the clocks run again; a search opened by mistake stops none."""
    return (
        select(Search.case_id, Search.started_on, SearchEnd.on)
        .outerjoin(SearchEnd, SearchEnd.search_id == Search.id)
        .where(or_(SearchEnd.ending.is_(None), SearchEnd.ending != Ending.MISTAKE))
    )


def suspensions_of(case_ids: Collection[int]) -> dict[int, tuple[Span, ...]]:
    """The spans in which the clocks of each case stood still, in their order; cases without any are left out.

    A span ends on the day on which the person was found or came, and the clocks count that day; a search that goes
    on has no end. One that ended on its first day stopped nothing.
    """
    if not case_ids:
        return {}
    found: dict[int, list[Span]] = defaultdict(list)
    rows = db.session.execute(standstills().where(Search.case_id.in_(case_ids)).order_by(Search.started_on, Search.id))
    for case_id, start, end in rows:
        if end is None or start < end:
            found[case_id].append(Span(start, end))
    return {case_id: tuple(spans) for case_id, spans in found.items()}
