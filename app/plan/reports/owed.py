"""Which reports a plan owes: one of each half-year, one of each year, and one of all of it."""

from dataclasses import dataclass
from datetime import date

from app.indicators.periods import Period
from app.plan.plan import Plan
from app.plan.reports.vocabulary import ReportKind


@dataclass(frozen=True, slots=True)
class Owed:
    """One report that a plan owes. ``due_on`` is None where the plan names no day (a year: point 3.1 of the decree)."""

    kind: ReportKind
    period: str
    half_years: tuple[Period, ...]
    due_on: date | None

    @property
    def ends_on(self) -> date:
        """The day after the last of its period."""
        return self.half_years[-1].end

    def is_over(self, on: date) -> bool:
        return on >= self.ends_on


def owed_by(plan: Plan) -> list[Owed]:
    """All reports of the plan in the order in which they fall due: a year follows its half-years."""
    found: list[Owed] = []
    for year in plan.years:
        halves = tuple(period for period in plan.periods if period.year == year)
        found += [Owed(ReportKind.HALF_YEAR, half.code, (half,), plan.due_on(half)) for half in halves]
        found.append(Owed(ReportKind.YEAR, str(year), halves, None))
    whole = f"{plan.years[0]}-{plan.years[-1]}"
    return [*found, Owed(ReportKind.CONSOLIDATED, whole, plan.periods, last_day_of(plan))]


def last_day_of(plan: Plan) -> date | None:
    """By when the consolidated report is due: point 3.2 of the decree for its own plan."""
    return next((one.due_on for one in plan.obligations if one.due_on), None)


def find(plan: Plan, kind: str, period: str) -> Owed | None:
    return next((one for one in owed_by(plan) if (one.kind, one.period) == (kind, period)), None)
