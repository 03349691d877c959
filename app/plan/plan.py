"""A plan of measures as it was ordered: its measures, who answers for them, by when, and what is to be reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from app.indicators.periods import HalfYear, half_year_of
from app.offices.reading import Texts


class Every(StrEnum):
    HALF_YEAR = auto()
    YEAR = auto()


@dataclass(frozen=True, slots=True)
class Body:
    """Who answers for measures. ``reports``: whether it owes progress reports. A span is half-open, like every one."""

    code: str
    short: Texts
    name: Texts
    reports: bool = True
    by_agreement: bool = False
    valid_from: date | None = None
    valid_to: date | None = None

    def exists_in(self, period: HalfYear) -> bool:
        """Whether it was there on the last day of the half-year, when its report falls due."""
        last = period.end - timedelta(days=1)
        return (self.valid_from is None or self.valid_from <= last) and (self.valid_to is None or last < self.valid_to)


@dataclass(frozen=True, slots=True)
class Group:
    """Bodies that the plan names by one word, such as the akimats; each of them reports for itself."""

    code: str
    short: Texts
    name: Texts
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the plan. ``partners`` are codes of bodies and groups as the plan names them.

    ``bodies`` are those who answer for it one by one: the one that convenes first, groups taken apart.
    ``starts_on`` is set where the plan names a span of years rather than a term.
    """

    no: int
    lead: str
    partners: tuple[str, ...]
    bodies: tuple[str, ...]
    due_on: date
    form: Texts
    text: Texts
    starts_on: date | None = None
    indicators: tuple[str, ...] = ()

    @property
    def is_continuous(self) -> bool:
        return self.starts_on is not None


@dataclass(frozen=True, slots=True)
class Obligation:
    """What is to be told of it: again and again (``every``, by a ``day`` of the month after) or once."""

    point: str
    text: Texts
    every: Every | None = None
    day: int | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of measures, from its first day to the day after its last. ``receiver``: the body that is reported to.

    ``is_invented``: made for the demonstration, and ordered by nobody.
    """

    code: str
    short: Texts
    name: Texts
    act: Texts
    valid_from: date
    valid_to: date
    receiver: str
    bodies: Mapping[str, Body]
    groups: Mapping[str, Group]
    measures: tuple[Measure, ...]
    obligations: tuple[Obligation, ...]
    is_invented: bool = False
    note: Texts | None = None

    def measure(self, no: int) -> Measure | None:
        return next((one for one in self.measures if one.no == no), None)

    @property
    def periods(self) -> tuple[HalfYear, ...]:
        """The half-years of the plan, in their order."""
        found = [half_year_of(self.valid_from)]
        while found[-1].end < self.valid_to:
            found.append(found[-1].next())
        return tuple(found)

    def period_of(self, day: date) -> HalfYear:
        """The half-year that is reported on at a day: the last that is over by then; before that, the first."""
        over = [period for period in self.periods if period.is_over(day)]
        return over[-1] if over else self.periods[0]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({period.year for period in self.periods}))

    @property
    def reporting(self) -> Obligation | None:
        """The duty of the bodies to report on each half-year."""
        return next((one for one in self.obligations if one.every == Every.HALF_YEAR), None)

    def due_on(self, period: HalfYear) -> date:
        """The last day for the bodies' reports on the half-year: a day of the month after it, as the plan says."""
        day = self.reporting.day if self.reporting else None
        return period.end.replace(day=day) if day else period.report_due_on

    def named(self, code: str) -> Body | Group:
        """A body or a group by its code."""
        return self.bodies.get(code) or self.groups[code]

    def measures_of(self, body: str) -> tuple[Measure, ...]:
        """The measures for which a body answers, in their order."""
        return tuple(one for one in self.measures if body in one.bodies)

    def reported_in(self, body: str, period: HalfYear) -> tuple[Measure, ...]:
        """The measures of a body that a report on the half-year speaks of: begun, or to be, by its last day."""
        return tuple(one for one in self.measures_of(body) if one.starts_on is None or one.starts_on < period.end)

    def reporters(self, period: HalfYear) -> tuple[Body, ...]:
        """The bodies that owe a report on the half-year, in the order of the plan."""
        return tuple(
            body
            for body in self.bodies.values()
            if body.reports and body.exists_in(period) and self.reported_in(body.code, period)
        )
