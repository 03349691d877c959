"""The caseload's one statement: the cases within reach, narrowed; pages, counts and exports begin with it."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, func, literal, or_, select

from app.access.policy import Reach
from app.assessments.models import Assessment, Completion
from app.assessments.queries import final_level_of, overtaken
from app.clients.cases import Assignment, Case, CaseStage
from app.clients.models import Client
from app.clients.reach import GONE, held_within
from app.desk.caseload.sought import NOBODY, Assessed, Lateness, NextVisit, Order, Sought, Warned, level_of
from app.desk.models import Late
from app.desk.overdue import late_cases
from app.signals.models import Signal
from app.signals.queries import CLOSED, PUT_OFF, SEEN
from app.supervision.calendar.models import Visit
from app.supervision.calendar.statements import awaited, next_visit
from app.supervision.contacts.silence import is_silent, silent_since

WEEK, DAY = timedelta(days=7), timedelta(days=1)
NEVER = literal(date.max, Date)


def key_of(order: Order) -> tuple[Any, bool]:
    """The column by which the list is ordered, and whether the greatest comes first."""
    match order:
        case Order.NAME:
            return Client.sort_key, False
        case Order.VISIT:
            return func.coalesce(next_visit(), NEVER), False
        case Order.CONTACT:
            return silent_since(), False
        case Order.TERM:
            return func.coalesce(Case.term_to, NEVER), False
        case Order.REGISTERED:
            return Case.registered_on, True


@lru_cache(maxsize=200)
def found(sought: Sought, day: date, extent: Reach | None) -> Select[Any]:
    """Rows of case_id and key, unordered: the open cases within reach that have all that is asked for."""
    return (
        select(Assignment.case_id.label("case_id"), key_of(sought.order)[0].label("key"))
        .select_from(Assignment)
        .join(Case, Case.id == Assignment.case_id)
        .join(Client, Client.id == Case.client_id)
        .where(held_within(extent), ~GONE, *narrowed(sought, day, extent))
    )


def narrowed(sought: Sought, day: date, extent: Reach | None) -> list[ColumnElement[bool]]:
    """A condition for each thing that is asked for, on a statement with Assignment, Case and Client."""
    conditions: list[ColumnElement[bool]] = []
    if sought.stage:
        conditions.append(select(CaseStage.id).where(stage_on(day), CaseStage.stage == sought.stage).exists())
    if sought.basis:
        conditions.append(Case.legal_basis == sought.basis)
    if sought.level:
        conditions.append(at_level(sought.level))
    if sought.visit:
        conditions.append(expected(sought.visit, day))
    if sought.silent:
        conditions.append(is_silent(day - timedelta(days=sought.silent)))
    if sought.late:
        conditions.append(is_late(sought.late, day, extent))
    if sought.signals:
        conditions.append(warned(sought.signals))
    if sought.term:
        conditions.append(Case.term_to.between(day, day + timedelta(days=sought.term)))
    if sought.officer is not None:
        nobody = sought.officer == NOBODY
        conditions.append(Assignment.officer_id.is_(None) if nobody else Assignment.officer_id == sought.officer)
    return conditions


def stage_on(day: date) -> ColumnElement[bool]:
    runs = and_(CaseStage.from_on <= day, or_(CaseStage.to_on.is_(None), CaseStage.to_on > day))
    return and_(CaseStage.case_id == Assignment.case_id, runs)


def latest(*columns: Any) -> Select[Any]:
    """Of the latest assessment of a case that is complete."""
    return (
        select(*columns)
        .select_from(Assessment)
        .join(Completion, Completion.assessment_id == Assessment.id)
        .where(Assessment.case_id == Assignment.case_id, ~overtaken())
        .correlate(Assignment)
    )


def at_level(assessed: Assessed) -> ColumnElement[bool]:
    if assessed is Assessed.NEVER:
        return ~latest(Assessment.id).exists()
    level = level_of(assessed)
    is_it = final_level_of() == level.value if level else final_level_of().is_(None)
    return latest(Assessment.id).where(is_it).exists()


def expected(visit: NextVisit, day: date) -> ColumnElement[bool]:
    """Whether a visit is awaited on such a day."""
    waits = select(Visit.id).where(Visit.case_id == Assignment.case_id, awaited())
    match visit:
        case NextVisit.PASSED:
            return waits.where(Visit.on < day).exists()
        case NextVisit.TODAY:
            return waits.where(Visit.on == day).exists()
        case NextVisit.WEEK:
            return waits.where(Visit.on.between(day, day + WEEK - DAY)).exists()
        case NextVisit.NONE:
            return ~waits.where(Visit.on >= day).exists()


def is_late(late: Lateness | Late, day: date, extent: Reach | None) -> ColumnElement[bool]:
    """Whether something is late, or something of one kind; the same statements as on the day."""
    kinds = (late,) if isinstance(late, Late) else tuple(Late)
    inside = Assignment.case_id.in_(select(late_cases(kinds, day, held_within(extent)).subquery().c.case_id))
    return ~inside if late is Lateness.NOTHING else inside


def warned(signals: Warned) -> ColumnElement[bool]:
    """Whether there are open signals, those put off left aside."""
    waits = select(Signal.id).where(Signal.case_id == Assignment.case_id, ~CLOSED, ~PUT_OFF)
    match signals:
        case Warned.ANY:
            return waits.exists()
        case Warned.UNSEEN:
            return waits.where(~SEEN).exists()
        case Warned.NONE:
            return ~waits.exists()
