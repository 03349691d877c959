"""A release plan as it stands: the expected day, each item with its decision, arrangements, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.assistance.release.items import Item, items
from app.assistance.release.models import (
    Arrangement,
    FirstVisit,
    ItemDecision,
    Released,
    ReleaseDay,
    ReleaseDue,
)
from app.assistance.release.vocabulary import ItemState
from app.clients.cases import Case
from app.db import db

MOST = 50  # days that a release was expected on, newest first
Row = TypeVar("Row", ReleaseDay, Arrangement, Released, FirstVisit)


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of a plan: what it asks, by when, and what became of it."""

    due: ReleaseDue
    item: Item
    decision: ItemDecision | None
    arrangement: Arrangement | None  # which told it, for an item that the arrangements tell

    @property
    def state(self) -> ItemState | None:
        if self.arrangement:
            return ItemState.DONE
        return self.decision.state if self.decision else None

    @property
    def is_open(self) -> bool:
        return self.state is None

    @property
    def is_unmet(self) -> bool:
        """Whether something is still to be done about it: nobody decided it, or it was not possible so far."""
        return self.state in {None, ItemState.NOT_POSSIBLE}

    @property
    def on(self) -> date | None:
        return self.decision.on if self.decision else None

    @property
    def who(self) -> str:
        row = self.arrangement or self.decision
        return row.by.full_name if row else ""

    @property
    def at(self) -> datetime | None:
        row = self.arrangement or self.decision
        return row.at if row else None


@dataclass(frozen=True, slots=True)
class Plan:
    """The release plan of a case; without an expected day it is yet to begin."""

    case: Case
    days: Sequence[ReleaseDay]  # newest first
    lines: tuple[ItemLine, ...]
    decisions: dict[str, ItemDecision]
    arrangement: Arrangement | None
    released: Released | None
    visit: FirstVisit | None

    @property
    def day(self) -> ReleaseDay | None:
        return self.days[0] if self.days else None

    @property
    def stamp(self) -> str:
        """What changes with every change of the day or the arrangements: two people must not mix theirs."""
        return f"{self.day.id if self.day else 0}.{self.arrangement.id if self.arrangement else 0}"

    def decision_on(self, code: str) -> ItemDecision | None:
        return self.decisions.get(code)

    def line(self, code: str) -> ItemLine | None:
        return next((line for line in self.lines if line.item.code == code), None)

    @property
    def unmet(self) -> tuple[ItemLine, ...]:
        return tuple(line for line in self.lines if line.is_unmet)

    @property
    def settled(self) -> int:
        return sum(not line.is_open for line in self.lines)


def plan_of(case: Case) -> Plan:
    """The release plan of a case, by seven statements at most."""
    days = of_case(ReleaseDay, case, joinedload(ReleaseDay.by))
    arrangements = of_case(Arrangement, case, joinedload(Arrangement.by), selectinload(Arrangement.days), most=1)
    arrangement = arrangements[0] if arrangements else None
    decisions = standing(case)
    released = of_case(Released, case, joinedload(Released.by), most=1)
    visits = of_case(FirstVisit, case, joinedload(FirstVisit.by), most=1)
    return Plan(
        case=case,
        days=days,
        lines=tuple(lines_of(days[0], decisions, arrangement)) if days else (),
        decisions=decisions,
        arrangement=arrangement,
        released=released[0] if released else None,
        visit=visits[0] if visits else None,
    )


def lines_of(day: ReleaseDay, decisions: dict[str, ItemDecision], arrangement: Arrangement | None) -> list[ItemLine]:
    """The items of a day in the order of the checklist; one that left the checklist since is left out."""
    known = items()
    dues = db.session.scalars(select(ReleaseDue).where(ReleaseDue.day_id == day.id).order_by(ReleaseDue.id))
    return [
        ItemLine(due, item, decisions.get(item.code), arrangement if item.is_arranged else None)
        for due in dues
        if (item := known.get(due.item_code))
    ]


def standing(case: Case) -> dict[str, ItemDecision]:
    """What was decided and not withdrawn, by item."""
    found = db.session.scalars(
        select(ItemDecision)
        .where(ItemDecision.case_id == case.id, ~ItemDecision.withdrawal.has())
        .options(joinedload(ItemDecision.by))
    )
    return {row.item_code: row for row in found.unique()}


def of_case(model: type[Row], case: Case, *options: ORMOption, most: int = MOST) -> Sequence[Row]:
    """The rows of a case, newest first."""
    statement = select(model).where(model.case_id == case.id).order_by(model.id.desc()).limit(most)
    return db.session.scalars(statement.options(*options)).unique().all()
