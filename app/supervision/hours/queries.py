"""The hours of offices as the rules want them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.clients.working_days import calendar
from app.db import db
from app.offices.models import Office
from app.supervision.hours.models import Timetable
from app.supervision.hours.slots import Hours, Span, Week

SHOWN = 20  # weeks on the page of an office


def hours_of(office_id: int) -> Hours:
    """When an office receives people."""
    return hours_of_all([office_id])[office_id]


def hours_of_all(office_ids: Iterable[int]) -> Mapping[int, Hours]:
    """The same of several offices, by one statement and one more for their spans."""
    wanted = set(office_ids)
    statement = (
        select(Timetable)
        .where(Timetable.office_id.in_(wanted))
        .options(selectinload(Timetable.hours))
        .order_by(Timetable.office_id, Timetable.from_on, Timetable.id)
    )
    weeks = defaultdict(list)
    for row in db.session.scalars(statement):
        weeks[row.office_id].append(week_of(row))
    return {office_id: Hours(tuple(weeks[office_id]), calendar().is_working) for office_id in wanted}


def week_of(timetable: Timetable) -> Week:
    spans: dict[int, tuple[Span, ...]] = {}
    for row in timetable.hours:
        spans[row.weekday] = (*spans.get(row.weekday, ()), Span(row.opens, row.closes))
    return Week(timetable.from_on, timetable.slot_minutes, timetable.capacity, spans)


def timetables_of(office_id: int) -> Sequence[Timetable]:
    """The weeks of an office with who set them, the latest first."""
    statement = (
        select(Timetable)
        .where(Timetable.office_id == office_id)
        .options(selectinload(Timetable.hours), joinedload(Timetable.set_by))
        .order_by(Timetable.from_on.desc(), Timetable.id.desc())
        .limit(SHOWN)
    )
    return db.session.scalars(statement).all()


def hold_office(office_id: int) -> None:
    """Keep everybody else from taking a place in this office until this one is saved."""
    db.session.execute(select(Office.id).where(Office.id == office_id).with_for_update())


def week_on(timetables: Sequence[Timetable], day: date) -> Timetable | None:
    """The week that holds on a day, of weeks with the latest first."""
    return next((row for row in timetables if row.from_on <= day), None)
