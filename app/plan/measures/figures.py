"""The figures of the indicators that a measure names: as they are frozen, protected, one for each half-year."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.indicators.definitions.book import Definition
from app.indicators.models import Snapshot
from app.indicators.periods import Period
from app.indicators.queries import frozen
from app.indicators.tables import TOTAL
from app.indicators.wording import Column, Value, columns_of, value_of
from app.plan.plan import Measure, Plan


@dataclass(frozen=True, slots=True)
class Point:
    """A half-year and the totals of an indicator in it; what is hidden there is hidden here, and says so."""

    period: Period
    revision: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """An indicator over the frozen half-years of a plan, the earliest first."""

    definition: Definition
    columns: tuple[Column, ...]
    points: tuple[Point, ...]

    @property
    def hides_something(self) -> bool:
        return any(value.is_hidden for point in self.points for value in point.values)


def figures_of(plan: Plan, measure: Measure) -> list[Figures]:
    """Of each indicator that the measure names the frozen half-years of the plan."""
    if not measure.indicators:
        return []
    within = {period.code for period in plan.periods}
    snapshots = [one for one in reversed(frozen()) if one.period in within]
    found = (one_of(code, snapshots) for code in measure.indicators)
    return [one for one in found if one]


def one_of(code: str, snapshots: Sequence[Snapshot]) -> Figures | None:
    """One indicator, its columns as it was defined last."""
    known = [(one, each) for one in snapshots for each in one.defined if each.code == code]
    if not known:
        return None
    definition = known[-1][1]
    columns = tuple(columns_of(definition))
    return Figures(definition, columns, tuple(point_of(snapshot, columns) for snapshot, _own in known))


def point_of(snapshot: Snapshot, columns: Sequence[Column]) -> Point:
    release = snapshot.release
    shown, everybody = release.values(), tuple(TOTAL for _each in release.dimensions)
    values = tuple(value_of(column, everybody, release, shown) for column in columns)
    return Point(snapshot.half_year, snapshot.revision, values)
