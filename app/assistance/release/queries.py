"""Upcoming releases within reach, and the records that the pages of a release name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select, tuple_
from sqlalchemy.orm import aliased, contains_eager, joinedload

from app.access.models import User
from app.access.policy import Permission
from app.assistance.release.items import items
from app.assistance.release.models import Arrangement, ItemDecision, Released, ReleaseDay, ReleaseDue
from app.clients.cases import Assignment, Case, CaseStage
from app.clients.models import Client
from app.clients.queries import AROUND_CASE
from app.clients.reach import cases_within
from app.clients.vocabulary import Stage
from app.db import db, one_or_404
from app.supervision.norms import norm
from app.web.months import months_after

PAGE = 25
MOST = 20_000  # rows of an export


@dataclass(frozen=True, slots=True)
class Sought:
    """What the list is narrowed to: releases within so many months (None: all), and only those with something late."""

    months: int | None = None
    only_late: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How the items of one clock stand: how many are settled of how many, and since when one is due that is not."""

    settled: int
    of: int
    due_on: date | None  # of the first open one


@dataclass(frozen=True, slots=True)
class Coming:
    """A release to come, with its items counted by the months of their clocks."""

    day: ReleaseDay
    counts: dict[int, Count]


def get_due(actor: User, permission: Permission, due_id: int) -> ReleaseDue:
    """An item of a plan within reach; otherwise 404."""
    return one_or_404(
        select(ReleaseDue)
        .join(ReleaseDue.day)
        .join(ReleaseDay.case)
        .where(ReleaseDue.id == due_id, cases_within(actor, permission))
        .options(contains_eager(ReleaseDue.day).contains_eager(ReleaseDay.case).options(*AROUND_CASE))
    )


def get_decision(actor: User, permission: Permission, decision_id: int) -> ItemDecision:
    """A decision about an item, within reach; otherwise 404."""
    return one_or_404(
        select(ItemDecision)
        .join(ItemDecision.case)
        .where(ItemDecision.id == decision_id, cases_within(actor, permission))
        .options(contains_eager(ItemDecision.case).options(*AROUND_CASE), joinedload(ItemDecision.by))
    )


def is_latest() -> ColumnElement[bool]:
    """A condition on expected days: no later one took its place."""
    later = aliased(ReleaseDay)
    return ~select(later.id).where(later.case_id == ReleaseDay.case_id, later.id > ReleaseDay.id).exists()


def is_open() -> ColumnElement[bool]:
    """A condition on items: nobody decided them, and no arrangement tells them."""
    told = [item.code for item in items().values() if item.is_arranged]
    decided = select(ItemDecision.id).where(
        ItemDecision.case_id == ReleaseDay.case_id,
        ItemDecision.item_code == ReleaseDue.item_code,
        ~ItemDecision.withdrawal.has(),
    )
    arranged = select(Arrangement.id).where(Arrangement.case_id == ReleaseDay.case_id)
    return ~decided.exists() & ~and_(ReleaseDue.item_code.in_(told), arranged.exists())


def to_come(actor: User, sought: Sought, today: date) -> Select[ReleaseDay]:
    """Expected releases of open cases within reach that nobody noted yet, those that have passed too, in no order."""
    released = select(Released.id).where(Released.case_id == ReleaseDay.case_id)
    statement = (
        select(ReleaseDay)
        .join(ReleaseDay.case)
        .join(Case.client)
        .outerjoin(Case.deregistration)
        .where(
            cases_within(actor, Permission.PLAN_RELEASE),
            ~Case.deregistration.has(),
            is_latest(),
            ~released.exists(),
        )
        .options(
            contains_eager(ReleaseDay.case).options(
                contains_eager(Case.client).load_only(Client.surname, Client.given_name, Client.patronymic),
                contains_eager(Case.deregistration),
                joinedload(Case.assignment).joinedload(Assignment.officer),
            )
        )
    )
    if sought.months:
        statement = statement.where(ReleaseDay.on <= months_after(today, sought.months))
    if sought.only_late:
        late = select(ReleaseDue.id).where(ReleaseDue.day_id == ReleaseDay.id, ReleaseDue.due_on < today, is_open())
        statement = statement.where(late.correlate(ReleaseDay).exists())
    return statement


def page_of(
    actor: User, sought: Sought, today: date, after: tuple[date, int] | None = None, most: int = PAGE + 1
) -> list[Coming]:
    """Releases to come, the soonest first; ``after`` is the day and number of the last one on the page before."""
    statement = to_come(actor, sought, today)
    place: Any = tuple_(ReleaseDay.on, ReleaseDay.id)
    if after:
        statement = statement.where(place > tuple_(*after))
    days = db.session.scalars(statement.order_by(ReleaseDay.on, ReleaseDay.id).limit(most)).unique().all()
    counts = counts_of([day.id for day in days], today)
    return [Coming(day, counts.get(day.id, {})) for day in days]


def counts_of(days: Sequence[int], today: date) -> dict[int, dict[int, Count]]:
    """How the items stand, by expected day and by the months of their clock."""
    months = {item.clock: norm(item.clock, today).count for item in items().values()}
    span = case(months, value=ReleaseDue.clock, else_=0).label("months")
    opened = case((is_open(), 1), else_=0)
    rows = db.session.execute(
        select(
            ReleaseDue.day_id,
            span,
            func.count(),
            func.sum(opened),
            func.min(case((is_open(), ReleaseDue.due_on))),
        )
        .join(ReleaseDay, ReleaseDay.id == ReleaseDue.day_id)
        .where(ReleaseDue.day_id.in_(days))
        .group_by(ReleaseDue.day_id, span)
    )
    found: dict[int, dict[int, Count]] = {}
    for day_id, months_before, of, left, due_on in rows:
        found.setdefault(day_id, {})[months_before] = Count(of - left, of, due_on)
    return found


def without_day(actor: User, today: date, most: int = PAGE) -> tuple[Sequence[Case], int]:
    """Open cases at the penitentiary stage for which nobody set an expected day, and how many there are."""
    stage = select(CaseStage.case_id).where(
        CaseStage.stage == Stage.PENITENTIARY,
        CaseStage.from_on <= today,
        (CaseStage.to_on.is_(None)) | (CaseStage.to_on > today),
    )
    missing = (
        select(Case)
        .where(
            Case.id.in_(stage),
            cases_within(actor, Permission.PLAN_RELEASE),
            ~Case.deregistration.has(),
            ~select(ReleaseDay.id).where(ReleaseDay.case_id == Case.id).exists(),
        )
    )  # fmt: skip
    shown = missing.options(joinedload(Case.client)).order_by(Case.term_to, Case.id).limit(most)
    count = db.session.scalar(select(func.count()).select_from(missing.with_only_columns(Case.id).subquery()))
    return db.session.scalars(shown).unique().all(), count or 0
