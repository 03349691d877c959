"""Finding rhythms and visits, never beyond the actor's reach, with everything that their pages show."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.access.models import User
from app.access.policy import Permission
from app.clients.cases import Assignment, Case
from app.clients.queries import AROUND_CASE, hold
from app.clients.reach import cases_within
from app.db import db, one_or_404
from app.supervision.calendar.models import Rhythm, Visit, VisitMove, VisitOutcome
from app.supervision.calendar.statements import awaited, stands

AHEAD, BEHIND = 6, 10  # visits of a case on a person's page
PAGE = 25

WITH_HISTORY = (
    selectinload(Visit.outcomes).joinedload(VisitOutcome.by),
    joinedload(Visit.move).joinedload(VisitMove.to_visit),
    joinedload(Visit.rhythm),
    joinedload(Visit.made_by),
)


@dataclass(frozen=True, slots=True)
class Page:
    """Visits of a case, the latest day first, and before which of them the next page begins."""

    rows: Sequence[Visit]
    before: int | None


def get_visit(actor: User, permission: Permission, visit_id: int) -> Visit:
    """A visit of a case within reach, with the case, its person and all that came of it; otherwise 404."""
    return one_or_404(
        select(Visit)
        .join(Visit.case)
        .where(Visit.id == visit_id, cases_within(actor, permission))
        .options(contains_eager(Visit.case).options(*AROUND_CASE), *WITH_HISTORY)
    )


def held_before(actor: User, visit_id: int) -> bool:
    """Whether the actor answered for the case of a visit until somebody else took it over."""
    ended = select(Assignment.id).join(Visit, Visit.case_id == Assignment.case_id)
    ended = ended.where(Visit.id == visit_id, Assignment.officer_id == actor.id, Assignment.to_at.is_not(None))
    return db.session.scalar(ended.limit(1)) is not None


def hold_visit(visit: Visit) -> None:
    """Keep everybody else from acting on the visit's case until this is saved, and see the visit as it is now."""
    hold(visit.case)
    db.session.refresh(visit, ["outcomes", "move", "is_settled"])


def rhythm_of(case: Case) -> Rhythm | None:
    """The rhythm that goes on, or that is set to begin."""
    return db.session.scalar(select(Rhythm).where(Rhythm.case_id == case.id, Rhythm.to_on.is_(None)))


def rhythms_of(cases: Sequence[Case]) -> Sequence[Rhythm]:
    """The rhythms that go on in some cases, with who set them."""
    statement = select(Rhythm).where(Rhythm.case_id.in_([case.id for case in cases]), Rhythm.to_on.is_(None))
    return db.session.scalars(statement.options(joinedload(Rhythm.set_by))).all()


def visits_ahead(cases: Sequence[Case]) -> Sequence[Visit]:
    """Visits of some cases that are still awaited, the earliest first: those overdue among them."""
    return visits_in(cases, awaited(), (Visit.on, Visit.id), AHEAD)


def visits_behind(cases: Sequence[Case]) -> Sequence[Visit]:
    """Visits of some cases that have an outcome, the latest first."""
    return visits_in(cases, Visit.is_settled & stands(), (Visit.on.desc(), Visit.id.desc()), BEHIND)


def visits_in(
    cases: Sequence[Case], condition: ColumnElement[bool], order: tuple[Any, ...], most: int
) -> Sequence[Visit]:
    statement = select(Visit).where(Visit.case_id.in_([case.id for case in cases]), condition)
    return db.session.scalars(statement.options(*WITH_HISTORY).order_by(*order).limit(most * len(cases))).all()


def visits_of_day(case: Case, day: date) -> Sequence[Visit]:
    """The visits of a case that stand on a day, whatever came of them."""
    return db.session.scalars(select(Visit).where(Visit.case_id == case.id, Visit.on == day, stands())).all()


def next_of(case: Case, day: date) -> Visit | None:
    """The first visit of a case that is awaited after a day."""
    later = select(Visit).where(Visit.case_id == case.id, Visit.on > day, awaited())
    return db.session.scalar(later.order_by(Visit.on, Visit.id).limit(1))


def days_expected(case_ids: Collection[int]) -> dict[int, frozenset[date]]:
    """The days on which the person of each case is still expected."""
    rows = db.session.execute(select(Visit.case_id, Visit.on).where(Visit.case_id.in_(case_ids), awaited())).all()
    return {case_id: frozenset(row.on for row in rows if row.case_id == case_id) for case_id in case_ids}


def minutes_taken(office_id: int, day: date, other_than: Visit | None = None) -> list[int]:
    """For which minutes of a day people are called to an office."""
    statement = (
        select(Visit.minute)
        .join(Assignment, (Assignment.case_id == Visit.case_id) & Assignment.to_at.is_(None))
        .where(Assignment.office_id == office_id, Visit.on == day, Visit.minute.is_not(None), stands())
    )
    if other_than:
        statement = statement.where(Visit.id != other_than.id)
    return [minute for minute in db.session.scalars(statement) if minute is not None]


def visits_page(case: Case, before: Visit | None) -> Page:
    """All visits of a case with all that happened to them, the latest day first."""
    statement = select(Visit).where(Visit.case_id == case.id).options(*WITH_HISTORY)
    if before:
        statement = statement.where((Visit.on < before.on) | ((Visit.on == before.on) & (Visit.id < before.id)))
    rows = db.session.scalars(statement.order_by(Visit.on.desc(), Visit.id.desc()).limit(PAGE + 1)).all()
    return Page(rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None)
