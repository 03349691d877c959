"""The half-years of a plan as a body sees them: what it owes, by when, and what became of it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.db import db
from app.indicators.periods import HalfYear
from app.plan.measures.queries import rows_of_plan
from app.plan.models import ProgressReport
from app.plan.plan import Measure, Plan
from app.plan.progress.queries import WHOLE, BoardRow, owing, row_of
from app.plan.progress.reporting import Owed

REMINDED = 30  # days before the last one on which the first page begins to say so


@dataclass(frozen=True, slots=True)
class OwnHalf:
    """One half-year: whether it has begun and is over, and where the body's report on it stands."""

    period: HalfYear
    due_on: date
    is_over: bool
    measures: tuple[Measure, ...]
    row: BoardRow

    def is_pressing(self, on: date) -> bool:
        """It waits for the body, and the last day is near or past."""
        near = (self.due_on - on).days <= REMINDED
        return self.row.standing.waits_for_body and (
            near or self.row.report is not None and bool(self.row.report.versions)
        )


def halves_of(plan: Plan, body: str, on: date) -> list[OwnHalf]:
    """The half-years that have begun, what presses first, then the latest."""
    statement = select(ProgressReport).where(ProgressReport.plan == plan.code, ProgressReport.body == body)
    known = {one.period: one for one in db.session.scalars(statement.options(*WHOLE))}
    found, rows = [], rows_of_plan(plan)
    for period in reversed(plan.periods):
        measures = owing(plan, period, rows).get(body, ())
        report = known.get(period.code)
        if period.start <= on and (measures or report):
            row = row_of(Owed(plan, period, body, measures), report, on)
            found.append(OwnHalf(period, plan.due_on(period), period.is_over(on), measures, row))
    return sorted(found, key=lambda one: not one.is_pressing(on))
