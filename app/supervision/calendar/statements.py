"""Visits as statements: what the desk, the reminders and the early warnings ask of many cases at once."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.orm import aliased

from app.access.policy import Reach
from app.clients.cases import Assignment
from app.clients.reach import GONE, held_within
from app.supervision.calendar.models import Visit, VisitMove, VisitOutcome
from app.supervision.calendar.vocabulary import Came

ONE = literal(1)


def stands() -> ColumnElement[bool]:
    """The visit has neither moved nor fallen away; it may have an outcome."""
    return ~select(VisitMove.visit_id).where(VisitMove.visit_id == Visit.id).exists()


def awaited() -> ColumnElement[bool]:
    """Nobody has said yet what came of the visit, and it has not moved."""
    return ~Visit.is_settled


def latest_outcome() -> ColumnElement[bool]:
    """Of the outcomes of a visit the one that counts."""
    later = aliased(VisitOutcome)
    return (
        ~select(later.id).where(later.visit_id == VisitOutcome.visit_id, later.ordinal > VisitOutcome.ordinal).exists()
    )


def awaited_visits(*columns: Any) -> Select[Any]:
    """Awaited visits of open cases, by the assignment that goes on."""
    return (
        select(*columns)
        .select_from(Assignment)
        .join(Visit, Visit.case_id == Assignment.case_id)
        .where(Assignment.to_at.is_(None), ~GONE, awaited())
    )


LINE = (Assignment.case_id, Visit.id, Visit.on, ONE)  # as the desk reads what is late: case, reference, day, count


def visits_late(day: date) -> Select[Any]:
    """Visits whose day is over and of which nobody has said what came of them."""
    return awaited_visits(*LINE).where(Visit.on < day)


def visits_due(day: date, extent: Reach | None) -> Select[Any]:
    """Visits of a day within reach, with their time and kind; those of one time first, of any time last."""
    columns = (Assignment.case_id, Visit.id, Visit.on, Visit.minute, Visit.kind)
    return (
        awaited_visits(*columns)
        .where(Visit.on == day, held_within(extent))
        .order_by(Visit.minute.is_(None), Visit.minute, Assignment.case_id)
    )


def next_visit() -> Any:
    """The next awaited visit of a case, as a column of a statement on assignments."""
    return (
        select(func.min(Visit.on))
        .where(Visit.case_id == Assignment.case_id, awaited())
        .correlate(Assignment)
        .scalar_subquery()
    )


def missed(kind: Came = Came.DID_NOT_COME) -> ColumnElement[bool]:
    """The outcome that counts says so."""
    return (VisitOutcome.kind == kind) & latest_outcome()
