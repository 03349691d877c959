"""The people behind a figure, for those who may see their cases: the same lines that were counted, within reach."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, Subquery, func, select, tuple_
from sqlalchemy.orm import joinedload

from app.access.models import User
from app.access.policy import Permission, allows
from app.clients.cases import Case
from app.clients.models import Client
from app.clients.reach import cases_within
from app.db import db
from app.indicators.definitions.book import Book, Counted
from app.indicators.definitions.reading import book
from app.indicators.facts.asking import Ask
from app.indicators.facts.gathering import behind
from app.indicators.facts.sources import SOURCES
from app.indicators.periods import Period

PAGE = 25
LIST = Permission.VIEW_FIGURE_LIST
# To stand in such a list tells of a person's treatment, which is open to the officer of the case alone (decision 22).
APART = {"I-10.needing": Permission.HAND_OVER_TREATMENT, "I-10": Permission.HAND_OVER_TREATMENT}


def permission_for(quantity: str) -> Permission:
    """What it takes to look behind a quantity."""
    return APART.get(quantity, LIST)


def open_to(actor: User, quantities: Iterable[Counted]) -> list[Counted]:
    """Those of the quantities that somebody may look behind."""
    return [each for each in quantities if allows(actor, permission_for(each.code))]


@dataclass(frozen=True, slots=True)
class InCase:
    """A case behind a figure, and how much of the figure is its own: 1, or so many events or minutes."""

    case: Case
    number: int

    @property
    def client(self) -> Client:
        return self.case.client


def asked(actor: User, permission: Permission, period: Period) -> Ask:
    """The period, narrowed to the people with a case within reach today."""
    within = select(Case.client_id).where(cases_within(actor, permission))
    return Ask(period, book(), within)


def numbers_within(actor: User, period: Period) -> dict[str, int]:
    """Every quantity counted over the cases within reach, by one statement for each source and each reach."""
    found: dict[str, int] = {}
    for (code, permission), quantities in by_source(actor, book().valid_on(period.start)).items():
        ask = asked(actor, permission, period)
        lines = SOURCES[code].lines(ask).cte(f"lines_of_{code}")
        sums = [
            func.sum(lines.c[SOURCES[code].counts[each]]).label(f"n{place}") for place, each in enumerate(quantities)
        ]
        row = db.session.execute(
            within_reach(select(*sums).select_from(lines), lines.c.case_id, actor, permission)
        ).one()
        found |= {each: int(number or 0) for each, number in zip(quantities, row, strict=True)}
    return found


def by_source(actor: User, defined: Book) -> dict[tuple[str, Permission], list[str]]:
    """The quantities that somebody may look behind, by the source of their lines and the permission that it takes."""
    found: dict[tuple[str, Permission], list[str]] = {}
    for each in open_to(actor, defined.used):
        found.setdefault((each.source, permission_for(each.code)), []).append(each.code)
    return found


def within_reach(statement: Select, case_id: object, actor: User, permission: Permission) -> Select:  # type: ignore[type-arg]
    return statement.join(Case, Case.id == case_id).where(cases_within(actor, permission))


@dataclass(frozen=True, slots=True)
class Behind:
    """A figure of a period: a quantity in a group, for whoever asks as far as its permission reaches."""

    actor: User
    period: Period
    quantity: str
    cell: Mapping[str, str]

    @property
    def permission(self) -> Permission:
        return permission_for(self.quantity)

    @property
    def lines(self) -> Subquery:
        return behind(asked(self.actor, self.permission, self.period), self.quantity, self.cell).subquery()


def cases_behind(figure: Behind, after: tuple[int, int] | None = None) -> Sequence[InCase]:
    """The cases within reach that make up a figure, by person and case; one more than a page shows."""
    lines = figure.lines
    number = func.sum(lines.c.number)
    counted = select(Case.client_id, Case.id, number).select_from(lines)
    statement = (
        within_reach(counted, lines.c.case_id, figure.actor, figure.permission)
        .group_by(Case.client_id, Case.id)
        .order_by(Case.client_id, Case.id)
        .limit(PAGE + 1)
    )
    if after is not None:
        statement = statement.where(tuple_(Case.client_id, Case.id) > after)
    rows = db.session.execute(statement).all()
    named = select(Case).where(Case.id.in_([case_id for _client, case_id, _number in rows]))
    cases = {case.id: case for case in db.session.scalars(named.options(joinedload(Case.client))).unique()}
    return [InCase(cases[case_id], int(amount)) for _client, case_id, amount in rows]


def number_behind(figure: Behind) -> int:
    """What the whole list adds up to."""
    lines = figure.lines
    whole = select(func.sum(lines.c.number)).select_from(lines)
    return int(db.session.scalar(within_reach(whole, lines.c.case_id, figure.actor, figure.permission)) or 0)


def people_behind(found: Sequence[InCase]) -> list[Client]:
    """Whose records a page of the list shows something of, each once."""
    return list({each.client.id: each.client for each in found}.values())
