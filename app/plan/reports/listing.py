"""The list of a plan's reports: which are owed, and how far each has come."""

from dataclasses import dataclass
from datetime import date

from app.plan.plan import Plan
from app.plan.reports.models import PublishedReport, Report
from app.plan.reports.owed import Owed, owed_by
from app.plan.reports.queries import reports_of


@dataclass(frozen=True, slots=True)
class Listed:
    """A report that is owed. ``standing`` is the publication that holds now, if one does."""

    owed: Owed
    report: Report | None
    standing: PublishedReport | None
    may_begin: bool


def listed(plan: Plan, on: date) -> list[Listed]:
    """What is owed by the day, the latest first, and what falls due next at the head."""
    known = {(report.kind, report.period): report for report in reports_of(plan.code)}
    lines = [line(owed, known.get((owed.kind, owed.period)), on) for owed in owed_by(plan)]
    begun = [one for one in lines if one.may_begin]
    return sorted(begun, key=lambda one: (one.owed.ends_on, one.owed.half_years[0].start), reverse=True)


def line(owed: Owed, report: Report | None, on: date) -> Listed:
    holding = [one for one in report.publications if one.withdrawal is None] if report else []
    return Listed(owed, report, holding[0] if holding else None, on >= owed.half_years[0].start)
