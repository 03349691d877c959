"""The people behind a figure, for those who may see their cases: the same lines that were counted, within reach.

A line may say what stands in another case of the person (an offence, an assessment, a programme). Of people who also
have a case out of reach such lines are left out, whether there are any or not: only how many such people there are is
told. So neither a list nor its number says anything of a case that one may not see.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Subquery, case, func, or_, select, tuple_
from sqlalchemy.orm import joinedload

from app.access.models import User
from app.access.policy import Permission, allows
from app.clients.cases import Case, Deregistration
from app.clients.models import Client
from app.clients.reach import cases_within
from app.db import db
from app.indicators.definitions.book import Book, Counted
from app.indicators.definitions.reading import book
from app.indicators.facts.asking import Ask
from app.indicators.facts.gathering import behind
from app.indicators.facts.sources import OF_PEOPLE, SOURCES
from app.indicators.periods import Period

PAGE = 25
LIST = Permission.VIEW_FIGURE_LIST
# To stand in such a list tells of a person's treatment, which is open to the officer of the case alone (decision 22).
APART = {"I-10.needing": Permission.HAND_OVER_TREATMENT, "I-10": Permission.HAND_OVER_TREATMENT}
# What is known of the case that stands in the line, or of the person: all of it, and the groups that are so, too.
OF_THE_CASE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("register", "I-03.able", "I-03", "M-19.outside"), (*OF_PEOPLE, "outside")),
    **dict.fromkeys(("I-05.due", "I-05", "I-06.offered", "I-06", "I-06.not_needed"), ("region", "direction")),
    **dict.fromkeys(("I-13", "I-13.warnings", "I-13.representations"), ()),
}


def permission_for(quantity: str) -> Permission:
    """What it takes to look behind a quantity."""
    return APART.get(quantity, LIST)


def open_to(actor: User, quantities: Iterable[Counted]) -> list[Counted]:
    """Those of the quantities that somebody may look behind."""
    return [each for each in quantities if is_about_people(each) and allows(actor, permission_for(each.code))]


def is_about_people(quantity: Counted) -> bool:
    """Agreements are about none."""
    return bool(SOURCES[quantity.source].contributors)


def is_of_the_case(quantity: str, cell: Iterable[str] = ()) -> bool:
    """Whether a line says nothing of another case than its own, however it is grouped."""
    return quantity in OF_THE_CASE and set(cell) <= set(OF_THE_CASE[quantity])


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
        left_out = lines.c.client_id.in_(in_part(actor, permission))
        sums = [
            func.sum(number if is_of_the_case(each) else case((left_out, 0), else_=number))
            for each in quantities
            for number in (lines.c[SOURCES[code].counts[each]],)
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


def in_part(actor: User, permission: Permission) -> Select[Any]:
    """The people with a case within reach and another one out of it."""
    reached = cases_within(actor, permission)
    return select(Case.client_id).where(~reached, Case.client_id.in_(select(Case.client_id).where(reached)))


def seen_in_part(actor: User, permission: Permission, period: Period) -> int:
    """Of how many people with a case within reach that was on the register in the period another case is out of it."""
    left_on = Deregistration.on
    statement = (
        select(func.count(Case.client_id.distinct()))
        .outerjoin(Deregistration, Deregistration.case_id == Case.id)
        .where(cases_within(actor, permission), Case.client_id.in_(in_part(actor, permission)))
        .where(Case.registered_on < period.end, or_(left_on.is_(None), left_on > period.start))
    )
    return db.session.scalar(statement) or 0


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
    def is_whole(self) -> bool:
        """Whether everybody within reach is told of who is counted."""
        return is_of_the_case(self.quantity, self.cell)

    @property
    def lines(self) -> Subquery:
        found = behind(asked(self.actor, self.permission, self.period), self.quantity, self.cell).subquery()
        if self.is_whole:
            return found
        told = found.c.client_id.not_in(in_part(self.actor, self.permission))
        return select(found).where(told).subquery()

    @property
    def untold(self) -> int:
        """How many people are left out, whether they are counted or not."""
        return 0 if self.is_whole else seen_in_part(self.actor, self.permission, self.period)


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
