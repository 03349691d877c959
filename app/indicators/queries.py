"""Which periods are frozen, which may be, and what was given out before of the same days. No person is found here."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from app.clients.cases import Case, Deregistration
from app.db import db
from app.indicators.earlier import Before
from app.indicators.models import Freezing, Snapshot
from app.indicators.periods import FIRST_YEAR, Period, half_year_of, last_over, parse
from app.indicators.tables import Release
from app.offices.models import Region, RegionName

MOST_FROZEN = 60  # periods on one page: twenty years with their half-years
MOST_WAITING = 4
MOST_REVISIONS = 50


def snapshot_of(period: Period, revision: int | None = None) -> Snapshot | None:
    """The latest revision of a frozen period, or the one with the number."""
    statement = select(Snapshot).where(Snapshot.period == period.code).options(joinedload(Snapshot.frozen_by))
    if revision is not None:
        statement = statement.where(Snapshot.revision == revision)
    return db.session.scalar(statement.order_by(Snapshot.revision.desc()).limit(1))


def revisions_of(period: Period) -> Sequence[Snapshot]:
    """Every revision of a period, the latest first."""
    statement = select(Snapshot).where(Snapshot.period == period.code).options(joinedload(Snapshot.frozen_by))
    return db.session.scalars(statement.order_by(Snapshot.revision.desc()).limit(MOST_REVISIONS)).all()


def frozen() -> Sequence[Snapshot]:
    """The latest revision of each frozen period, the latest period first; a code sorts as its time does."""
    later = select(Snapshot.period, func.max(Snapshot.revision).label("last")).group_by(Snapshot.period).subquery()
    statement = select(Snapshot).join(later, (later.c.period == Snapshot.period) & (later.c.last == Snapshot.revision))
    return db.session.scalars(statement.order_by(Snapshot.period.desc()).limit(MOST_FROZEN)).all()


def given_out_before(period: Period) -> Before:
    """What was frozen of the days of a period: its own revisions, and those of the year or the half-years it shares."""
    year = period.within() or period
    halves = [half.code for half in year.halves()]
    statement = select(Snapshot).where(Snapshot.period.in_([year.code, *halves])).order_by(Snapshot.revision)
    found: dict[str, list[Release]] = {}
    for each in db.session.scalars(statement):
        found.setdefault(each.period, []).append(each.release)
    return Before(
        revisions=found.get(period.code, []),
        year=found.get(year.code, []) if period != year else [],
        halves=[found[half] for half in halves if half != period.code and half in found],
        is_year=period == year,
    )


def open_freezing(period: Period) -> Freezing | None:
    """The order to freeze the period that is not settled yet."""
    statement = select(Freezing).where(Freezing.period == period.code, Freezing.settled_at.is_(None))
    return db.session.scalar(statement.options(joinedload(Freezing.asked_by)))


def last_freezing(period: Period) -> Freezing | None:
    """The latest order to freeze the period, whatever became of it."""
    statement = select(Freezing).where(Freezing.period == period.code).order_by(Freezing.id.desc()).limit(1)
    return db.session.scalar(statement.options(joinedload(Freezing.asked_by), joinedload(Freezing.snapshot)))


def people_in(period: Period) -> int:
    """How many people were on the register on at least one day of a period, as the records stand."""
    left_on = Deregistration.on
    statement = (
        select(func.count(Case.client_id.distinct()))
        .outerjoin(Deregistration, Deregistration.case_id == Case.id)
        .where(Case.registered_on < period.end)
        .where(or_(left_on.is_(None), (left_on > period.start) & (left_on > Case.registered_on)))
    )
    return db.session.scalar(statement) or 0


def waiting(on: date) -> list[Period]:
    """Half-years that are over, in which somebody was registered already, and not frozen; the latest first."""
    first = db.session.scalar(select(func.min(Case.registered_on)))
    if first is None or on < date(FIRST_YEAR, 7, 1):
        return []
    known = set(db.session.scalars(select(Snapshot.period)))
    period, oldest = last_over(on), max(first, date(FIRST_YEAR, 1, 1))
    found: list[Period] = []
    while period.end > oldest and len(found) < MOST_WAITING:
        if period.code not in known:
            found.append(period)
        if period <= half_year_of(oldest):
            break
        period = period.previous()
    return found


def years_waiting(on: date) -> list[Period]:
    """Years that are over, with both half-years frozen and not frozen themselves; the latest first."""
    known = set(db.session.scalars(select(Snapshot.period)))
    years = [parse(str(year)) for year in range(on.year - 1, FIRST_YEAR - 1, -1)]
    frozen_halves = (year for year in years if known.issuperset(half.code for half in year.halves()))
    return [year for year in frozen_halves if year.code not in known][:MOST_WAITING]


def open_freezings() -> Sequence[Freezing]:
    """The orders that are not settled yet, the oldest first."""
    statement = select(Freezing).where(Freezing.settled_at.is_(None)).order_by(Freezing.id).limit(MOST_FROZEN)
    return db.session.scalars(statement).all()


def regions_of(period: Period) -> list[str]:
    """The codes of the regions that existed in the period, in their order."""
    existed = Region.valid_from < period.end, or_(Region.valid_to.is_(None), Region.valid_to > period.start)
    return list(db.session.scalars(select(Region.code).where(*existed).order_by(Region.code)))


def regions_called(codes: Sequence[str], period: Period) -> dict[str, RegionName]:
    """The names that regions bore at the end of a period, by their codes and in their order."""
    found = db.session.scalars(select(Region).where(Region.code.in_(codes)).order_by(Region.code))
    return {region.code: region.name_on(period.end) for region in found}
