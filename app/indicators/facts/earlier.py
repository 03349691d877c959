"""What the database knows of a half-year, counted by one statement; the rules stand beside each part of it.

Who counts: a person with a case that was on the register on at least one day of the half-year, once. The *reference
day* is the last such day. Days are half-open here as everywhere: ``until`` is the day after the reference day, so "on
or before the reference day" reads "before ``until``".
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Integer,
    Row,
    Select,
    and_,
    case,
    column,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
    values,
)

from app.assessments.models import Assessment, Completion
from app.clients.cases import Assignment, Case, CaseStage, Deregistration
from app.clients.models import Client
from app.clock import COUNTRY
from app.db import db
from app.db.columns import UtcMoment
from app.indicators.calculation import Fact
from app.indicators.periods import HalfYear
from app.indicators.sensitivity import Contribution
from app.offices.models import Office
from app.programs.models import Approval, Closure, Program, Version
from app.sessions.models import Confirmation, Match, Session

COVERED, ON_TIME, MET = "I-04", "I-07", "I-11"
DAY = timedelta(days=1)


def gather(period: HalfYear, first_days: int) -> tuple[list[Fact], list[Contribution]]:
    """The facts of each cell that has somebody in it, and the minutes behind the sessions, by person and helper.

    ``first_days`` is the term of the first assessment, in days from registration. It is one statement, so that all
    of it is seen at one moment, whoever saves something meanwhile.
    """
    register = register_of(period, first_days)
    rows = db.session.execute(union_all(counts(register), minutes(register, period))).all()
    given = [
        Contribution((row.office, row.sex.value, row.stage), row.person, row.helper, row.minutes)
        for row in rows
        if row.person is not None
    ]
    return list(facts((row for row in rows if row.person is None), given)), given


def facts(rows: Iterable[Row[Any]], given: list[Contribution]) -> Iterable[Fact]:
    met: dict[tuple[str, ...], set[int]] = {}
    for each in given:
        met.setdefault(each.cell, set()).add(each.person)
    for row in rows:
        cell = row.office, row.sex.value, row.stage
        numerators = {COVERED: row.covered, ON_TIME: row.on_time, MET: len(met.get(cell, ()))}
        for indicator, number in numerators.items():
            yield Fact(indicator, *cell, number, row.people)


def counts(register: CTE) -> Select[Any]:
    """Each cell: how many people, how many covered, how many assessed on time."""
    return select(
        register.c.office,
        register.c.sex,
        register.c.stage,
        literal(None, Integer).label("person"),
        literal(None, Integer).label("helper"),
        func.count().label("people"),
        number_of(register.c.is_covered).label("covered"),
        number_of(register.c.is_on_time).label("on_time"),
        literal(None, Integer).label("minutes"),
    ).group_by(register.c.office, register.c.sex, register.c.stage)


def minutes(register: CTE, period: HalfYear) -> Select[Any]:
    """Sessions that took place, were confirmed, and were held in the half-year on a day on the register."""
    other, gone = Case.__table__.alias("other"), Deregistration.__table__.alias("gone")
    was_on_register = exists(
        select(other.c.id)
        .outerjoin(gone, gone.c.case_id == other.c.id)
        .where(other.c.client_id == Case.client_id, other.c.registered_on <= Session.on)
        .where(or_(gone.c.on.is_(None), gone.c.on > Session.on))
    )
    cell = register.c.office, register.c.sex, register.c.stage
    nothing = [literal(None, Integer).label(name) for name in ("people", "covered", "on_time")]
    return (
        select(*cell, Case.client_id, Match.helper_id, *nothing, func.sum(Session.minutes))
        .join(Case, Case.client_id == register.c.client_id)
        .join(Match, Match.case_id == Case.id)
        .join(Session, Session.match_id == Match.id)
        .join(Confirmation, Confirmation.session_id == Session.id)
        .where(Session.has_met, Session.on >= period.start, Session.on < period.end, was_on_register)
        .group_by(*cell, Case.client_id, Match.helper_id)
    )


def register_of(period: HalfYear, first_days: int) -> CTE:
    """Everybody who counts, each in one cell, with what the indicators ask about them."""
    person = reference_days(period, first_days)
    return (
        select(
            person.c.client_id,
            Office.code.label("office"),
            Client.sex,
            stage_on_the_day(person).label("stage"),
            is_covered(person).label("is_covered"),
            case(
                (person.c.reassess_by.is_(None), person.c.first_registered_on >= person.c.registered_since),
                else_=person.c.reassess_by >= person.c.reference_day,
            ).label("is_on_time"),
        )
        .join(Client, Client.id == person.c.client_id)
        .join(Office, Office.id == person.c.office_id)
        .cte("register")
    )


def reference_days(period: HalfYear, first_days: int) -> CTE:
    """One row for each person: the day and the case by which they count.

    Of the cases on the register on the reference day it is the one registered last. A second case does not give the
    first assessment more time: ``first_registered_on`` is the earliest registration of those cases.
    """
    spans = case_spans(period)
    latest_first = spans.c.until.desc(), spans.c.registered_on.desc(), spans.c.id.desc()
    ranked = select(
        spans,
        func.row_number().over(partition_by=spans.c.client_id, order_by=latest_first).label("place"),
        func.min(spans.c.registered_on)
        .over(partition_by=[spans.c.client_id, spans.c.until])
        .label("first_registered_on"),
    ).cte("ranked")
    days = calendar(period, first_days)
    return (
        select(
            ranked,
            days.c.reference_day,
            days.c.registered_since,
            office_on_the_day(ranked, days).label("office_id"),
            latest_term(ranked).label("reassess_by"),
        )
        .join(days, days.c.until == ranked.c.until)
        .where(ranked.c.place == 1)
        .cte("reference_days")
    )


def case_spans(period: HalfYear) -> CTE:
    """The cases with a day on the register in the half-year. On the day of deregistration a case is off it."""
    left_on = Deregistration.on
    until = case((left_on < period.end, left_on), else_=literal(period.end, Date))
    return (
        select(Case.id, Case.client_id, Case.registered_on, until.label("until"))
        .outerjoin(Deregistration, Deregistration.case_id == Case.id)
        .where(Case.registered_on < period.end)
        .where(or_(left_on.is_(None), and_(left_on > period.start, left_on > Case.registered_on)))
        .cte("spans")
    )


def calendar(period: HalfYear, first_days: int) -> CTE:
    """What follows from each possible ``until``, worked out here because each engine reckons with days in its own way.

    ``midnight`` is the moment at which the reference day ends; who was registered on ``registered_since`` or later
    need not have been assessed yet.
    """
    untils = [period.start + number * DAY for number in range(1, (period.end - period.start).days + 1)]
    named = (
        column("until", Date),
        column("midnight", UtcMoment),
        column("reference_day", Date),
        column("registered_since", Date),
    )
    return (
        values(*named, name="days")
        .data([(until, midnight(until), until - DAY, until - DAY - first_days * DAY) for until in untils])
        .cte("calendar")
    )


def midnight(until: date) -> datetime:
    return datetime.combine(until, time(), COUNTRY)


def office_on_the_day(person: CTE, days: CTE) -> ColumnElement[Any]:
    """Who answered for the case when the day ended; for a case entered later, who did so first."""
    held = select(Assignment.office_id).where(Assignment.case_id == person.c.id).limit(1)
    then = held.where(Assignment.from_at < days.c.midnight).order_by(Assignment.from_at.desc(), Assignment.id.desc())
    first = held.order_by(Assignment.from_at, Assignment.id)
    return func.coalesce(
        then.correlate(person, days).scalar_subquery(),
        first.correlate(person, days).scalar_subquery(),
    )


def stage_on_the_day(person: CTE) -> ColumnElement[Any]:
    """The stage of the case on the reference day; the first one where the entries begin later."""
    passed = select(CaseStage.stage).where(CaseStage.case_id == person.c.id).limit(1)
    then = passed.where(CaseStage.from_on < person.c.until).order_by(CaseStage.from_on.desc())
    first = passed.order_by(CaseStage.from_on)
    return func.coalesce(then.correlate(person).scalar_subquery(), first.correlate(person).scalar_subquery())


def is_covered(person: CTE) -> ColumnElement[bool]:
    """A programme in any of the person's cases, approved by the reference day and not closed by then."""
    closed = exists(select(Closure.program_id).where(Closure.program_id == Program.id, Closure.on < person.c.until))
    return exists(
        select(Program.id)
        .join(Case, Case.id == Program.case_id)
        .join(Version, Version.program_id == Program.id)
        .join(Approval, Approval.version_id == Version.id)
        .where(Case.client_id == person.c.client_id, Approval.on < person.c.until, ~closed.correlate(Program, person))
        .correlate(person)
    )


def latest_term(person: CTE) -> ColumnElement[Any]:
    """By when the person must be assessed again, by the assessment completed last, in whichever case."""
    return (
        select(Completion.reassess_by)
        .join(Assessment, Assessment.id == Completion.assessment_id)
        .join(Case, Case.id == Assessment.case_id)
        .where(Case.client_id == person.c.client_id, Completion.on < person.c.until)
        .order_by(Completion.on.desc(), Completion.assessment_id.desc())
        .limit(1)
        .correlate(person)
        .scalar_subquery()
    )


def number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
