"""What is late, found by one statement for each kind: for one officer's day, or for all officers at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, bindparam, func, literal, select, union_all

from app.access.policy import Reach
from app.clients.cases import Assignment
from app.clients.reach import held_within
from app.db import db
from app.desk.held import EVERYBODYS, Held
from app.desk.late.assessments import again_coming, first_assessments, first_coming, missing_visits, reassessments
from app.desk.late.programs import (
    first_assessed,
    late_reviews,
    late_steps,
    missing_answers,
    missing_programs,
    never_submitted,
    reviews_after_assessment,
)
from app.desk.late.referrals import silent_services, starts_missing
from app.desk.late.releases import late_items, releases_not_noted, visits_not_noted
from app.desk.late.supervision import late_deadlines, people_not_reached
from app.desk.models import Late, Reminder
from app.programs.decisions.terms import ANSWER, DAY, DRAFT, REVIEW_AFTER_ASSESSMENT, last_overdue, term
from app.supervision.calendar.statements import visits_late
from app.supervision.community_work.pages import timesheets_late
from app.supervision.contacts.inspections import inspections_late

# The norms whose terms run from the day that a statement finds; of the other kinds it finds the last day itself.
TERMS = {Late.PROGRAM: DRAFT, Late.ANSWER: ANSWER, Late.REVIEW_AFTER: REVIEW_AFTER_ASSESSMENT}
MOST = 50  # lines of one kind on a page; the count beside them is exact


@dataclass(frozen=True, slots=True)
class Overdue:
    """One late thing: what, in which case, and since when."""

    kind: Late
    reference_id: int
    case_id: int
    due_on: date
    count: int = 1  # how many of a kind the line stands for
    since: date | None = None  # from when the term of its norm runs


KINDS: dict[Late, Callable[[date], Select[Any]]] = {
    Late.ASSESSMENT: first_assessments,
    Late.REASSESSMENT: reassessments,
    Late.PROGRAM: missing_programs,
    Late.ANSWER: missing_answers,
    Late.STEP: late_steps,
    Late.REVIEW: late_reviews,
    Late.REVIEW_AFTER: reviews_after_assessment,
    Late.VISIT: missing_visits,
    Late.REFERRAL: silent_services,
    Late.REFERRAL_START: starts_missing,
    Late.RELEASE_ITEM: late_items,
    Late.RELEASE: releases_not_noted,
    Late.FIRST_VISIT: visits_not_noted,
    Late.APPOINTMENT: visits_late,
    Late.DEADLINE: late_deadlines,
    Late.SILENCE: people_not_reached,
    Late.INSPECTION: inspections_late,
    Late.TIMESHEET: timesheets_late,
}


@lru_cache(maxsize=120)
def late(kind: Late, day: date, extent: Reach | None) -> Select[Any]:
    """What of one kind is late on a day, the longest first. Built once a day: building it takes as long as asking."""
    statement = KINDS[kind](day)
    due = list(statement.selected_columns)[-2]
    return statement.where(held_within(extent)).order_by(due, Assignment.case_id).limit(bindparam("most"))


@lru_cache(maxsize=120)
def coming(day: date, until: date, extent: Reach | None) -> Select[Any]:
    """First assessments and reassessments that fall due from a day to another, the earliest first."""
    kinds = first_coming(day, until), again_coming(day, until)
    both = union_all(*(kind.where(held_within(extent)) for kind in kinds)).subquery()
    case_id, _reference, due_on, *_rest = both.c
    return select(case_id, due_on).order_by(due_on, case_id).limit(MOST)


def assessments_coming(day: date, until: date, held: Held) -> list[tuple[int, date]]:
    """Cases that somebody holds, and the days to come on which they are to be assessed."""
    found = db.session.execute(coming(day, until, held.extent), held.values)
    return [(case_id, due_on) for case_id, due_on in found]


@lru_cache(maxsize=20)
def drafts_coming(first: date, last: date, extent: Reach | None) -> Select[Any]:
    assessed_on = first_assessed()
    statement = never_submitted().where(assessed_on > first, assessed_on <= last)
    return statement.where(held_within(extent)).order_by(assessed_on, Assignment.case_id).limit(MOST)


def drafts_ahead(day: date, until: date, held: Held) -> list[Overdue]:
    """Assessed cases without a submitted programme whose term ends from a day to another, the earliest first."""
    span = last_overdue(DRAFT, day), last_overdue(DRAFT, until + DAY)
    rows = db.session.execute(drafts_coming(*span, held.extent), held.values)
    return [overdue_of(Late.PROGRAM, *row) for row in rows]


@lru_cache(maxsize=120)
def counted(kind: Late, day: date, extent: Reach | None) -> Select[Any]:
    return select(func.count()).select_from(KINDS[kind](day).where(held_within(extent)).subquery())


def late_cases(kinds: tuple[Late, ...], day: date, condition: ColumnElement[bool]) -> CompoundSelect[Any]:
    """Rows of kind and case_id: what is late in the cases for which a condition on assignments holds."""
    rows = ((kind, KINDS[kind](day).where(condition).subquery()) for kind in kinds)
    return union_all(
        *(select(literal(kind.value).label("kind"), next(iter(one.c)).label("case_id")) for kind, one in rows)
    )


def overdue(kind: Late, day: date, held: Held = EVERYBODYS, most: int | None = MOST) -> list[Overdue]:
    """What of one kind is late on a day, the longest first; ``held`` narrows to somebody's assignments."""
    statement = late(kind, day, held.extent)
    if most is None:
        rows = db.session.execute(statement.limit(None), held.values).all()
    else:
        rows = db.session.execute(statement, held.values | {"most": most}).all()
    return [overdue_of(kind, *row) for row in rows]


def overdue_of(kind: Late, case_id: int, reference_id: int, found: date, count: int) -> Overdue:
    """``found`` is the last day of a thing, or the day from which the term of its norm runs."""
    if code := TERMS.get(kind):
        return Overdue(kind, reference_id, case_id, term(code, found).due_on, count, found)
    return Overdue(kind, reference_id, case_id, found, count)


def count_overdue(kind: Late, day: date, held: Held) -> int:
    """How many of one kind are late on a day: exact, however many lines the page shows."""
    return db.session.scalar(counted(kind, day, held.extent), held.values) or 0


TOLD = select(Reminder.kind, Reminder.reference_id, Reminder.raised_at).where(
    Reminder.settled_at.is_(None),
    Reminder.kind.in_(Late),  # the index begins with it
    Reminder.reference_id.in_(bindparam("references", expanding=True)),
)


def told_since(lines: list[Overdue]) -> dict[tuple[Late, int], Any]:
    """Since when the officer has been told of each line, where the clock has already found it."""
    known = db.session.execute(TOLD, {"references": [line.reference_id for line in lines]})
    return {(kind, reference): raised for kind, reference, raised in known}
