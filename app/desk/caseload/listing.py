"""A page of the caseload with what its lines show, and all of it for a spreadsheet: both from the same statement."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Integer, Row, Select, and_, bindparam, func, select

from app.access.models import User
from app.access.policy import Permission, Reach, reach
from app.assessments.models import Assessment
from app.assessments.queries import final_level_of
from app.clients.cases import Assignment, Case, CaseStage
from app.clients.models import Client
from app.clients.naming import full_name
from app.clients.reach import held_within, whose
from app.clients.vocabulary import Stage
from app.db import db
from app.desk.caseload.sought import Sought
from app.desk.caseload.statements import found, key_of, latest, stage_on
from app.desk.models import Late
from app.desk.overdue import late_cases
from app.signals.models import Signal
from app.signals.queries import CLOSED, PUT_OFF
from app.supervision.calendar.statements import next_visit
from app.supervision.contacts.silence import silent_since

AT_ONCE = 25  # lines of a page


@dataclass(frozen=True, slots=True)
class Line:
    """A case of the list, with what an officer wants to know at a glance."""

    case_id: int
    client_id: int
    person: str
    number: str
    basis: str
    stage: Stage | None
    is_assessed: bool
    level: str | None
    next_visit: date | None
    reached_on: date
    registered_on: date
    term_to: date | None
    signals: int
    officer: str
    late: tuple[Late, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Lines of the list; the outermost cases lead to the pages beside, where there are any."""

    lines: list[Line]
    newer: int | None = None
    older: int | None = None


def count(actor: User, sought: Sought, day: date) -> int:
    """How many cases the list has: exact, whatever page is shown."""
    rows = found(sought, day, extent_of(actor)).with_only_columns(Assignment.case_id).subquery()
    return db.session.scalar(select(func.count()).select_from(rows), values(actor, day)) or 0


def extent_of(actor: User) -> Reach | None:
    return reach(actor, Permission.VIEW_CLIENT)


def values(actor: User, day: date) -> dict[str, Any]:
    return whose(actor) | {"day": day}


def page_of(actor: User, sought: Sought, day: date, after: int | None = None, before: int | None = None) -> Page:
    """The cases after, or before, a case of this list; a number that is not in it leads to the beginning."""
    extent, known = extent_of(actor), values(actor, day)
    start = after or before
    mark = db.session.execute(place(sought, day, extent), known | {"mark": start}).first() if start else None
    back = bool(mark and not after)
    statement = turned(sought, day, extent, back=back, from_start=mark is None)
    beside = {"key": mark.key, "number": mark.case_id} if mark else {}
    rows = db.session.execute(statement, known | beside).all()
    more, rows = len(rows) > AT_ONCE, rows[:AT_ONCE]
    if back:
        rows = rows[::-1]
    cases = [row.case_id for row in rows]
    late = by_case(db.session.execute(lateness(day), {"cases": cases})) if cases else {}
    has_newer, has_older = (more, True) if back else (mark is not None, more)
    return Page(
        list(lines_of(rows, late)),
        cases[0] if cases and has_newer else None,
        cases[-1] if cases and has_older else None,
    )


@lru_cache(maxsize=200)
def place(sought: Sought, day: date, extent: Reach | None) -> Select[Any]:
    """Where a case stands in the list."""
    return found(sought, day, extent).where(Assignment.case_id == bindparam("mark", type_=Integer))


@lru_cache(maxsize=400)
def turned(sought: Sought, day: date, extent: Reach | None, back: bool, from_start: bool) -> Select[Any]:
    """A page and one more, from the beginning or from beside a place, forwards or back."""
    key, greatest_first = key_of(sought.order)
    down = greatest_first != back
    order = (key.desc() if down else key, Assignment.case_id.desc() if back else Assignment.case_id)
    statement = found(sought, day, extent).order_by(*order).limit(AT_ONCE + 1)
    if not from_start:
        here, number = bindparam("key", type_=key.type), bindparam("number", type_=Integer)
        beyond = key < here if down else key > here
        beside = Assignment.case_id < number if back else Assignment.case_id > number
        statement = statement.where(beyond | ((key == here) & beside))
    return told(statement, day, down, back)


@lru_cache(maxsize=50)
def everything(sought: Sought, day: date, extent: Reach | None) -> Select[Any]:
    """The whole list in its order."""
    return told(found(sought, day, extent), day, key_of(sought.order)[1], back=False)


def told(statement: Select[Any], day: date, down: bool, back: bool) -> Select[Any]:
    """What the lines show of the cases that a statement finds, in its order; of those cases and of no others."""
    rows = statement.subquery("rows")
    waiting = select(func.count(Signal.id)).where(Signal.case_id == Assignment.case_id, ~CLOSED, ~PUT_OFF)
    return (
        select(
            rows.c.case_id,
            Case.client_id,
            Client.surname,
            Client.given_name,
            Client.patronymic,
            Case.number,
            Case.legal_basis,
            CaseStage.stage,
            latest(Assessment.id).limit(1).scalar_subquery().label("assessment_id"),
            latest(final_level_of()).limit(1).scalar_subquery().label("level"),
            next_visit().label("next_visit"),
            silent_since().label("reached_on"),
            Case.registered_on,
            Case.term_to,
            waiting.correlate(Assignment).scalar_subquery().label("signals"),
            User.full_name,
        )
        .select_from(rows)
        .join(Assignment, and_(Assignment.case_id == rows.c.case_id, Assignment.to_at.is_(None)))
        .join(Case, Case.id == rows.c.case_id)
        .join(Client, Client.id == Case.client_id)
        .outerjoin(CaseStage, stage_on(day))
        .outerjoin(User, User.id == Assignment.officer_id)
        .order_by(rows.c.key.desc() if down else rows.c.key, rows.c.case_id.desc() if back else rows.c.case_id)
    )


@lru_cache(maxsize=2)
def lateness(day: date) -> CompoundSelect[Any]:
    """What is late in some cases."""
    return late_cases(tuple(Late), day, Assignment.case_id.in_(bindparam("cases", expanding=True, type_=Integer)))


@lru_cache(maxsize=10)
def lateness_within(day: date, extent: Reach | None) -> CompoundSelect[Any]:
    """What is late in all cases within reach."""
    return late_cases(tuple(Late), day, held_within(extent))


def by_case(rows: Iterable[Any]) -> dict[int, set[Late]]:
    known: dict[int, set[Late]] = {}
    for kind, case_id in rows:
        known.setdefault(case_id, set()).add(Late(kind))
    return known


def lines_of(rows: Iterable[Row[Any]], late: dict[int, set[Late]]) -> Iterator[Line]:
    for row in rows:
        kinds = late.get(row.case_id, set())
        yield Line(
            case_id=row.case_id,
            client_id=row.client_id,
            person=full_name(row.surname, row.given_name, row.patronymic),
            number=row.number,
            basis=row.legal_basis,
            stage=row.stage,
            is_assessed=row.assessment_id is not None,
            level=row.level,
            next_visit=row.next_visit,
            reached_on=row.reached_on,
            registered_on=row.registered_on,
            term_to=row.term_to,
            signals=row.signals,
            officer=row.full_name or "",
            late=tuple(kind for kind in Late if kind in kinds),
        )


def all_lines(actor: User, sought: Sought, day: date) -> Iterator[Line]:
    """The whole list, for a spreadsheet."""
    extent, known = extent_of(actor), values(actor, day)
    late = by_case(db.session.execute(lateness_within(day, extent), whose(actor)))
    return lines_of(db.session.execute(everything(sought, day, extent), known), late)
