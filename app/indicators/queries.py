"""Which half-years are frozen, which may be, and the offices that the figures speak of. No person is found here."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from app.clients.cases import Case
from app.db import db
from app.indicators.models import Snapshot
from app.indicators.periods import FIRST_YEAR, HalfYear, half_year_of, last_over
from app.offices.models import Office

MOST_FROZEN = 40  # half-years on one page: twenty years
MOST_WAITING = 4


def snapshot_of(period: HalfYear) -> Snapshot | None:
    statement = select(Snapshot).where(Snapshot.period == period.code).options(joinedload(Snapshot.frozen_by))
    return db.session.scalar(statement)


def frozen() -> Sequence[Snapshot]:
    """The latest half-year first; a code sorts as its time does."""
    return db.session.scalars(select(Snapshot).order_by(Snapshot.period.desc()).limit(MOST_FROZEN)).all()


def waiting(on: date) -> list[HalfYear]:
    """Half-years that are over, in which somebody was registered already, and not frozen; the latest first."""
    first = db.session.scalar(select(func.min(Case.registered_on)))
    if first is None or on < date(FIRST_YEAR, 7, 1):
        return []
    known = set(db.session.scalars(select(Snapshot.period)))
    period, oldest = last_over(on), max(first, date(FIRST_YEAR, 1, 1))
    found: list[HalfYear] = []
    while period.end > oldest and len(found) < MOST_WAITING:
        if period.code not in known:
            found.append(period)
        if period <= half_year_of(oldest):
            break
        period = period.previous()
    return found


def offices_in(period: HalfYear) -> list[str]:
    """The codes of the offices that existed in the half-year, those with nobody in them included."""
    existed = Office.valid_from < period.end, or_(Office.valid_to.is_(None), Office.valid_to > period.start)
    return list(db.session.scalars(select(Office.code).where(*existed)))


def offices_named(codes: Sequence[str]) -> dict[str, Office]:
    """Offices by their codes."""
    return {office.code: office for office in db.session.scalars(select(Office).where(Office.code.in_(codes)))}
