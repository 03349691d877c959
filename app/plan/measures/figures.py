"""The figures of the indicators that a measure names: as they are frozen, protected, one for each half-year."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.indicators.definitions import Definition
from app.indicators.models import Snapshot
from app.indicators.periods import HalfYear
from app.indicators.queries import frozen
from app.indicators.rows import Row, rows_of
from app.plan.plan import Measure, Plan


@dataclass(frozen=True, slots=True)
class Point:
    """A half-year and the total of an indicator in it; what is hidden there is hidden here."""

    period: HalfYear
    revision: int
    definition: Definition
    row: Row


def figures_of(plan: Plan, measure: Measure) -> list[tuple[Definition, list[Point]]]:
    """Of each indicator that the measure names the frozen half-years of the plan, the earliest first."""
    if not measure.indicators:
        return []
    within = {period.code for period in plan.periods}
    snapshots = [one for one in reversed(frozen()) if one.period in within]
    found = [(code, points_of(code, snapshots)) for code in measure.indicators]
    return [(points[-1].definition, points) for _code, points in found if points]


def points_of(code: str, snapshots: Sequence[Snapshot]) -> list[Point]:
    points = []
    for snapshot in snapshots:
        definition = next((one for one in snapshot.defined if one.code == code), None)
        if definition:
            total = rows_of(snapshot.release, definition, ())[-1]
            points.append(Point(snapshot.half_year, snapshot.revision, definition, total))
    return points
