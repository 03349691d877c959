"""What became of the people who were assessed, counted by the database: no person leaves these statements.

Who counts: everybody with a completed assessment under one version of an instrument, once, by the first of them, until
``until`` (exclusive). Whoever had the event within a year of it, or was watched for the whole year, is *followed*.
Each person is watched until the case leaves the register, so that an end of the term, a death or a departure ends the
watch, and at most for ``LONGEST`` days.
"""

from collections.abc import Collection
from enum import StrEnum, auto
from typing import Any

from sqlalchemy import CTE, ColumnElement, Integer, Row, Select, and_, case, func, literal, null, or_, select, union_all
from sqlalchemy.orm import aliased

from app.assessments.models import Assessment, Completion
from app.assessments.queries import final_level_of
from app.assessments.validation.question import Cut, Event, Question
from app.clients.cases import Assignment, Case, Deregistration
from app.clients.events import CaseEvent, EventKind, EventWithdrawal
from app.clients.models import ADULT, Client
from app.clients.vocabulary import Ground
from app.db import db
from app.db.days import days_after, days_between, months_after
from app.offices.models import Office
from app.web.months import MONTHS

YEAR, LONGEST = 365, 730  # days
KEYS = ("group", "window", "points", "level", "final_level", "days")
YOUNG = (ADULT, 25, 35, 50)  # the first full year of each band of age but the first


class Kind(StrEnum):
    """What is counted of the people."""

    OUTCOMES = auto()
    LIVES = auto()
    DRIFT = auto()


def follow(question: Question) -> dict[Kind, list[Row[Any]]]:
    """All counts by kind, in one statement: all of it is seen at one moment, and people are looked up once."""
    watched = watch(question)
    found: dict[Kind, list[Row[Any]]] = {kind: [] for kind in Kind}
    for row in db.session.execute(union_all(outcomes(watched), lives(watched), drift(watched))):
        found[Kind(row.kind)].append(row)
    return found


def counted(watched: CTE, kind: Kind, keys: Collection[str], events: Any) -> Select[Any]:
    """People, those of them who were followed, and events, by these keys; the other keys are left empty."""
    columns = [watched.c[key] if key in keys else null().cast(watched.c[key].type).label(key) for key in KEYS]
    counts = (
        func.count().label("people"),
        number_of(watched.c.is_followed).label("followed"),
        number_of(events).label("events"),
    )
    return select(literal(kind.value).label("kind"), *columns, *counts).group_by(*(watched.c[key] for key in keys))


def outcomes(watched: CTE) -> Select[Any]:
    """People who were followed, by group, points, raw and final level, and who had the event within the year."""
    keys = "group", "points", "level", "final_level"
    return counted(watched, Kind.OUTCOMES, keys, watched.c.within_year).where(watched.c.is_followed)


def lives(watched: CTE) -> Select[Any]:
    """Everybody, by group, level and the day on which the watch ended, and whose watch the event ended."""
    return counted(watched, Kind.LIVES, ("group", "level", "days"), watched.c.happened)


def drift(watched: CTE) -> Select[Any]:
    """Everybody, by window, points and level, and who was followed and had the event within the year."""
    events = and_(watched.c.is_followed, watched.c.within_year)
    return counted(watched, Kind.DRIFT, ("window", "points", "level"), events).where(watched.c.window.is_not(None))


def completed(question: Question, *columns: Any) -> Select[Any]:
    """Completed assessments under the instrument, with the office that answered for the case on that day."""
    return (
        select(*columns)
        .select_from(Completion)
        .join(Assessment, Assessment.id == Completion.assessment_id)
        .outerjoin(Assignment, held_then())
        .outerjoin(Office, Office.id == Assignment.office_id)
        .where(
            Assessment.instrument_code == question.code,
            Assessment.instrument_version == str(question.version),
            Completion.on < question.until,
        )
    )


def held_then() -> ColumnElement[bool]:
    going_on = or_(Assignment.to_at.is_(None), Assignment.to_at > Completion.at)
    return and_(Assignment.case_id == Assessment.case_id, Assignment.from_at <= Completion.at, going_on)


def watch(question: Question) -> CTE:
    """One row for each person: from the first assessment to the event or the end of the watch."""
    first = first_assessments(question)
    seen = select(first, happened_on(first, question).label("event_on")).cte("seen")
    end = func.coalesce(seen.c.left_on, literal(question.until))
    last = case((end < days_after(seen.c.on, LONGEST), end), else_=days_after(seen.c.on, LONGEST))
    year = days_after(seen.c.on, YEAR)
    happened = and_(seen.c.event_on.is_not(None), seen.c.event_on <= last)
    within_year = and_(happened, seen.c.event_on <= year)
    return select(
        seen.c.group,
        seen.c.points,
        seen.c.level,
        seen.c.final_level,
        seen.c.window,
        happened.label("happened"),
        within_year.label("within_year"),
        # Of the last year nobody counts as followed: only those with the event could be known by now.
        and_(year <= question.until, or_(within_year, year <= end)).label("is_followed"),
        days_between(seen.c.on, case((happened, seen.c.event_on), else_=last)).label("days"),
    ).cte("watched")


def first_assessments(question: Question) -> CTE:
    """The first completed assessment of each person, with its group and the day on which the case left the register."""
    left_on = case((Deregistration.on < question.until, Deregistration.on))
    columns = (
        Case.client_id,
        Completion.on,
        Completion.points,
        Completion.level,
        final_level_of().label("final_level"),
        left_on.label("left_on"),
        Deregistration.ground,
        group_of(question.cut).label("group"),
        window_of(question).label("window"),
        func.row_number()
        .over(partition_by=Case.client_id, order_by=(Completion.at, Completion.assessment_id))
        .label("place"),
    )
    ranked = (
        completed(question, *columns)
        .join(Case, Case.id == Assessment.case_id)
        .join(Client, Client.id == Case.client_id)
        .outerjoin(Deregistration, Deregistration.case_id == Case.id)
        .cte("ranked")
    )
    return select(ranked).where(ranked.c.place == 1).cte("first")


def happened_on(first: CTE, question: Question) -> ColumnElement[Any]:
    """The first day after the assessment on which the event is known to have happened, in any case of the person."""
    if question.event is Event.CUSTODY:
        return case((first.c.ground == Ground.REPLACED_BY_CUSTODY, first.c.left_on), else_=null())
    held = aliased(Case)
    withdrawn = select(EventWithdrawal.event_id).where(EventWithdrawal.event_id == CaseEvent.id).exists()
    return (
        select(func.min(CaseEvent.on))
        .join(held, held.id == CaseEvent.case_id)
        .where(held.client_id == first.c.client_id, CaseEvent.kind == EventKind(question.event.value))
        .where(CaseEvent.on > first.c.on, CaseEvent.on < question.until, ~withdrawn)
        .correlate(first)
        .scalar_subquery()
    )


def group_of(cut: Cut) -> Any:
    match cut:
        case Cut.SEX:
            return Client.sex
        case Cut.REGION:
            return Office.region_code
        case Cut.AGE:
            bands = [
                (months_after(Client.born_on, MONTHS * age) > Completion.on, place) for place, age in enumerate(YOUNG)
            ]
            return case(*bands, else_=len(YOUNG))


def window_of(question: Question) -> ColumnElement[Any]:
    return case(*((Completion.on >= start, literal(place)) for place, (start, _end) in enumerate(question.windows)))


def number_of(condition: Any) -> ColumnElement[int]:
    """How many rows fulfil it; nought where there is no row."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0).cast(Integer)


def rows_of(statement: Any) -> list[Row[Any]]:
    return list(db.session.execute(statement))
