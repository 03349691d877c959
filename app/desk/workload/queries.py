"""What the open cases of an office are like, counted by officer and one by one."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Select, String, and_, bindparam, func, literal, or_, select, type_coerce
from sqlalchemy.orm import joinedload, lazyload

from app.access.models import User
from app.access.policy import Permission
from app.assessments.due.statements import Now, now_on
from app.assessments.models import Assessment, Completion
from app.assessments.queries import final_level_of, overtaken
from app.clients.cases import Assignment, Case
from app.clients.models import ADULT, Client
from app.clients.queries import NAMED
from app.clients.reach import GONE
from app.db import db, one_or_404
from app.desk.workload.models import ReassignedCase, Reassignment
from app.desk.workload.points import Features, Weight, points
from app.offices.models import Office
from app.supervision.calendar.models import Rhythm
from app.web.months import months_after

MONTHS = 12  # in a year of age
MOST = 100  # cases given at once; what a page of them shows
HISTORY = 50  # reassignments in the list
OFFICE = bindparam("office", type_=Integer)
NOBODY = 0  # in place of an officer's number: the office has yet to name one


@dataclass(frozen=True, slots=True)
class Held:
    """One open case as somebody holds it now."""

    case: Case
    assignment_id: int
    officer_id: int | None
    features: Features


@dataclass(slots=True)
class Load:
    """What lies on one officer: how many cases, how many of each kind, and the points of all."""

    cases: int = 0
    points: int = 0
    by_weight: Counter[str] = field(default_factory=Counter)


def like(day: date) -> tuple[Any, ...]:
    """The columns that tell what a case is like; for statements with Case, Client, Office and Now."""
    level = (
        select(type_coerce(final_level_of(), String))
        .select_from(Completion)
        .join(Assessment, Assessment.id == Completion.assessment_id)
        .where(Assessment.case_id == Case.id, ~overtaken())
        .order_by(Completion.assessment_id.desc())
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )
    runs = and_(Rhythm.from_on <= day, or_(Rhythm.to_on.is_(None), Rhythm.to_on > day))
    rhythm = select(Rhythm.is_rural).where(Rhythm.case_id == Case.id, runs).order_by(Rhythm.id.desc()).limit(1)
    grown_up = literal(months_after(day, -ADULT * MONTHS))
    return (
        type_coerce(Now.stage, String).label("stage"),
        Case.legal_basis.label("basis"),
        level.label("level"),
        (Client.born_on > grown_up).label("is_minor"),
        func.coalesce(rhythm.correlate(Case).scalar_subquery(), Office.is_rural).label("is_rural"),
    )


def open_in_office(day: date, *columns: Any) -> Select[Any]:
    """The open cases that an office holds."""
    return (
        select(*columns)
        .select_from(Assignment)
        .join(Case, Case.id == Assignment.case_id)
        .join(Client, Client.id == Case.client_id)
        .join(Office, Office.id == Assignment.office_id)
        .outerjoin(Now, now_on(day))
        .where(Assignment.to_at.is_(None), Assignment.office_id == OFFICE, ~GONE)
    )


@lru_cache(maxsize=4)
def counted(day: date) -> Select[Any]:
    """How many cases of each likeness each officer of an office has. Built once a day."""
    alike = open_in_office(day, Assignment.officer_id.label("officer_id"), *like(day)).subquery()
    return select(*alike.c, func.count()).group_by(*alike.c)


@lru_cache(maxsize=4)
def one_by_one(day: date) -> Select[Any]:
    """The cases of an office with what they are like, some of them or those of one officer."""
    return open_in_office(day, Case, Assignment.id, Assignment.officer_id, *like(day)).options(*NAMED)


def loads(office_id: int, weights: Sequence[Weight], day: date) -> dict[int | None, Load]:
    """What lies on each officer of an office who has an open case; under None what nobody answers for by name."""
    found: dict[int | None, Load] = {}
    for officer_id, stage, basis, level, is_minor, is_rural, count in db.session.execute(
        counted(day), {"office": office_id}
    ):
        features = Features(stage, basis, level, bool(is_minor), bool(is_rural))
        load = found.setdefault(officer_id, Load())
        load.cases += count
        load.points += points(features, weights) * count
        load.by_weight.update({weight.code: count for weight in weights if weight.fits(features)})
    return found


def held_by_officer(office_id: int, officer_id: int | None, day: date) -> list[Held]:
    """The open cases of one officer, or of nobody yet, in the order of the people's names; a page of them and one."""
    of = Assignment.officer_id.is_(None) if officer_id is None else Assignment.officer_id == officer_id
    statement = one_by_one(day).where(of).order_by(Client.sort_key, Case.id).limit(MOST + 1)
    return [held(row) for row in db.session.execute(statement, {"office": office_id}).unique()]


def held_among(office_id: int, cases: Collection[int], day: date) -> list[Held]:
    """Those of some cases that the office still holds open, in the order of the people's names."""
    statement = one_by_one(day).where(Assignment.case_id.in_(cases)).order_by(Client.sort_key, Case.id)
    return [held(row) for row in db.session.execute(statement, {"office": office_id}).unique()]


def held(row: Any) -> Held:
    case, assignment_id, officer_id, stage, basis, level, is_minor, is_rural = row
    return Held(case, assignment_id, officer_id, Features(stage, basis, level, bool(is_minor), bool(is_rural)))


def get_reassignment(actor: User, _permission: Permission, reassignment_id: int) -> Reassignment:
    """A reassignment in the actor's office; otherwise 404."""
    mine = (Reassignment.id == reassignment_id, Reassignment.office_id == actor.office_id)
    return one_or_404(select(Reassignment).where(*mine).options(joinedload(Reassignment.by)))


def lines_of(reassignment: Reassignment) -> Sequence[ReassignedCase]:
    """What became of each case, with its person and who answers for it now."""
    case = joinedload(ReassignedCase.case)
    statement = (
        select(ReassignedCase)
        .where(ReassignedCase.reassignment_id == reassignment.id)
        .options(
            case.joinedload(Case.client).load_only(Client.surname, Client.given_name, Client.patronymic),
            case.joinedload(Case.assignment),
            case.options(lazyload(Case.deregistration)),
            joinedload(ReassignedCase.from_officer),
            joinedload(ReassignedCase.to_officer),
        )
        .order_by(ReassignedCase.id)
    )
    return db.session.scalars(statement).unique().all()


def reassignments_of(office_id: int) -> Sequence[tuple[Reassignment, int, int]]:
    """The latest of an office, each with how many cases were given and how many were not."""
    of = ReassignedCase.reassignment_id == Reassignment.id
    done = select(func.count()).where(of, ReassignedCase.skipped.is_(None)).scalar_subquery()
    left = select(func.count()).where(of, ReassignedCase.skipped.is_not(None)).scalar_subquery()
    statement = (
        select(Reassignment, done, left)
        .where(Reassignment.office_id == office_id)
        .order_by(Reassignment.id.desc())
        .limit(HISTORY)
        .options(joinedload(Reassignment.by))
    )
    return [(row, given, skipped) for row, given, skipped in db.session.execute(statement)]
