"""Who was on the register in the period, and where they stood on their reference day; the rules of decision 9.

Who counts: a person with a case that was on the register on at least one day of the period, once. The *reference
day* is the last such day. Days are half-open: ``until`` is the day after the reference day, so "on or before the
reference day" reads "before ``until``".
"""

from typing import Any

from sqlalchemy import CTE, ColumnElement, Date, Select, and_, case, func, literal, or_, select

from app.clients.cases import Assignment, Case, CaseStage, Deregistration
from app.clients.models import Client
from app.indicators.facts.asking import AGES, FIRST, Ask, calendar, following, text_of
from app.offices.models import Office


def spans(ask: Ask) -> CTE:
    """The cases with a day on the register in the period. On the day of deregistration a case is off it."""
    left_on, period = Deregistration.on, ask.period
    until = case((left_on < period.end, left_on), else_=literal(period.end, Date))
    return (
        select(Case.id, Case.client_id, Case.registered_on, Case.legal_basis, until.label("until"))
        .outerjoin(Deregistration, Deregistration.case_id == Case.id)
        .where(Case.registered_on < period.end)
        .where(or_(left_on.is_(None), and_(left_on > period.start, left_on > Case.registered_on)))
        .where(*ask.only(Case.client_id))
        .cte("spans")
    )


def reference(ask: Ask) -> CTE:
    """One row for each person: the day and the case by which they count.

    Of the cases on the register on the reference day it is the one registered last (ties: entered last).
    ``first_registered_on`` is the earliest registration of those cases.
    """
    span, days = ask.once(spans), ask.once(calendar)
    latest_first = span.c.until.desc(), span.c.registered_on.desc(), span.c.id.desc()
    ranked = select(
        span,
        func.row_number().over(partition_by=span.c.client_id, order_by=latest_first).label("place"),
        func.min(span.c.registered_on).over(partition_by=[span.c.client_id, span.c.until]).label("first_registered_on"),
    ).subquery("ranked")
    born = [days.c[f"born_{age}"] for _code, age in AGES if age]
    return (
        select(
            ranked.c.client_id, ranked.c.id.label("case_id"), ranked.c.legal_basis, ranked.c.until,
            ranked.c.first_registered_on, days.c.midnight, days.c.reference_day, *born,
        )
        .join(days, days.c.until == ranked.c.until)
        .where(ranked.c.place <= FIRST)
        .cte("reference")
    )  # fmt: skip


def cases_of_people(ask: Ask) -> CTE:
    """Every case of everybody who counts, on the register in the period or not, beside the person's reference day."""
    person = ask.once(reference)
    return (
        select(
            Case.id.label("case_id"),
            person.c.client_id,
            person.c.until,
            person.c.midnight,
            person.c.first_registered_on,
        )
        .join(person, person.c.client_id == Case.client_id)
        .cte("cases_of_people")
    )


def people(ask: Ask) -> CTE:
    """Everybody who counts, each in one cell."""
    person = ask.once(reference)
    held, stood = ask.once(tiles_of_offices), stages_of(ask.once(spans).c.id)
    return (
        select(
            person.c.client_id,
            person.c.case_id,
            person.c.until,
            person.c.reference_day,
            person.c.midnight,
            person.c.first_registered_on,
            held.c.office_id,
            Office.region_code.label("region"),
            stood.c.stage,
            text_of(Client.sex).label("sex"),
            age_group(Client.born_on, person).label("age"),
            person.c.legal_basis.label("basis"),
        )
        .join(Client, Client.id == person.c.client_id)
        .join(held, and_(held.c.case_id == person.c.case_id, covers(held, person.c.midnight)))
        .join(stood, and_(stood.c.case_id == person.c.case_id, covers(stood, person.c.until)))
        .join(Office, Office.id == held.c.office_id)
        .cte("people")
    )


def tiles_of_offices(ask: Ask) -> CTE:
    """The offices of the cases with a day on the register in the period."""
    return offices_of(ask.once(spans).c.id)


def offices_of(case_ids: Any) -> CTE:
    """Which office answered for a case from a moment until the next one took it over.

    An offer that was not accepted moves nothing: it leaves no row here.
    """
    row = Assignment
    return tiled(case_ids, row.case_id, row.office_id.label("office_id"), (row.from_at, row.id))


def stages_of(case_ids: Any) -> CTE:
    """At which stage a case was from a day until the next stage began."""
    row = CaseStage
    return tiled(case_ids, row.case_id, text_of(row.stage).label("stage"), (row.from_on, row.id))


def tiled(case_ids: Any, case_id: Any, value: Any, order: tuple[Any, Any]) -> CTE:
    """A history of each case without gaps, in the order of its beginnings: each entry lasts until the next.

    ``is_first`` also holds before it began, for what is entered later than it was so.
    """
    begins = order[0]
    return (
        select(
            case_id,
            value,
            begins.label("begins"),
            following(begins, case_id, *order).label("ends"),
            (func.row_number().over(partition_by=case_id, order_by=list(order)) == 1).label("is_first"),
        )
        .join(case_ids.table, case_ids == case_id)
        .cte(f"{value.name}_of_{case_ids.table.name}")
    )


def covers(tile: CTE, until: Any) -> ColumnElement[bool]:
    """Whether an entry is the one that held just before a moment or day."""
    return and_(or_(tile.c.begins < until, tile.c.is_first), or_(tile.c.ends.is_(None), tile.c.ends >= until))


def age_group(born_on: Any, person: CTE) -> ColumnElement[str]:
    """The age group on the reference day."""
    younger = [(born_on > person.c[f"born_{age}"], code) for code, age in AGES if age]
    return case(*younger, else_=AGES[-1][0])


def with_flags(ask: Ask, flags: Any) -> Select[Any]:
    """The people with what was asked about each of them."""
    person = ask.once(people)
    lines: Select[Any] = select(
        person.c.client_id, person.c.case_id, person.c.office_id, person.c.region, person.c.stage, person.c.sex,
        person.c.age, person.c.basis, literal(1).label("register"),
    )  # fmt: skip
    for flag in (each for each in flags if ask.wants(each.columns)):
        asked = ask.once(flag.of)
        lines = lines.outerjoin(asked, asked.c.client_id == person.c.client_id)
        told = [func.coalesce(asked.c[name], empty).label(name) for name, empty in flag.columns.items()]
        lines = lines.add_columns(*told)
    return lines
