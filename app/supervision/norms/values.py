"""What a norm may set: a term, a rhythm, a limit, hours, a part, a span, an answer, or nothing that can be counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction as Part

from app.clients.working_days import Calendar, calendar
from app.web.months import months_after

DAY = timedelta(days=1)


class ClockStands(ValueError):
    """The term cannot end: a suspension began before its end, and goes on."""


class Unit(StrEnum):
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


class Per(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Answers(StrEnum):
    """How the norms answer a violation, as a proposal to a person who decides."""

    WARNING = "warning"
    EXTEND = "extend"
    CANCEL = "cancel"
    REPLACE = "replace"
    SEARCH = "search"
    BRING = "bring"


@dataclass(frozen=True, slots=True)
class Span:
    """Days on which clocks stand: from the first one to the day on which they go again (None: they still stand)."""

    from_on: date
    to_on: date | None = None

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day < self.to_on)


@dataclass(frozen=True, slots=True)
class Term:
    """So many days, working days or months after an event, or before one; all of them are local days."""

    count: int
    unit: Unit
    ends_before_rest_day: bool = False  # what ends on a day off ends the working day before (234-V, art. 165(2))

    def after(self, day: date, suspended: Iterable[Span] = (), working: Calendar | None = None) -> date:
        """The last day of a term that begins with an event of ``day``; that day itself is not counted.

        Days on which the clock stood are not counted either. Raises ClockStands while it stands and the term
        is not over.
        """
        end = self.end(day, suspended, working)
        if end is None:
            raise ClockStands(f"a term from {day}")
        return end

    def end(self, day: date, suspended: Iterable[Span] = (), working: Calendar | None = None) -> date | None:
        """As ``after``, but None while the clock stands and the term is not over."""
        working, stood = working or calendar(), tuple(span for span in suspended if not is_over(span, day))
        if self.unit is Unit.WORKING_DAYS:
            return self.count_through(day, stood, working)
        end, standing = day, self.plain(day)
        while end != standing:
            end = standing
            if any(span.to_on is None and span.from_on <= end for span in stood):
                return None
            standing = self.plain(day + DAY * days_stood(stood, day, end))
        return before_rest(end, working) if self.ends_before_rest_day else end

    def plain(self, day: date) -> date:
        """The last day where no clock stands: so many days or months on."""
        return months_after(day, self.count) if self.unit is Unit.MONTHS else day + DAY * self.count

    def count_through(self, day: date, stood: tuple[Span, ...], working: Calendar) -> date | None:
        """The working day that is the last of so many on which the clock went."""
        left = self.count
        while left:
            day += DAY
            if any(span.to_on is None and span.from_on <= day for span in stood):
                return None
            left -= working.is_working(day) and not any(span.covers(day) for span in stood)
        return day

    def before(self, day: date) -> date:
        """The last day on which something may be done that is due so long before an event of ``day``.

        Raises ValueError for working days: no act counts them backwards.
        """
        if self.unit is Unit.WORKING_DAYS:
            raise ValueError(f"{self.count} working days, which no act counts backwards")
        return Term(-self.count, self.unit).plain(day)


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """The last working day of the month in which something was done."""

    def after(self, day: date, working: Calendar | None = None) -> date:
        first = day.replace(day=1)
        return before_rest(months_after(first, 1) - DAY, working or calendar())


@dataclass(frozen=True, slots=True)
class Rhythm:
    """So many times in a week, a month or a quarter."""

    times: int
    per: Per


@dataclass(frozen=True, slots=True)
class SetByService:
    """No act sets it: the service does, person by person."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many, in a stretch of time or altogether; one more is too many."""

    most: int
    per: Per | None = None

    def is_passed(self, count: int) -> bool:
        return count > self.most


@dataclass(frozen=True, slots=True)
class Hours:
    """At most so many hours in a stretch of time."""

    most: int
    per: Per


@dataclass(frozen=True, slots=True)
class Fraction:
    """A part of a term, after which something becomes possible."""

    part: Part

    def of(self, first: date, last: date) -> date:
        """The first day on which the part of the term from ``first`` to ``last`` has been served; a part is a whole."""
        days = (last - first).days * self.part
        return first + DAY * -(-days.numerator // days.denominator)


@dataclass(frozen=True, slots=True)
class Between:
    """Not less than one term and not more than another; ``least`` may be nothing."""

    least: Term | None
    most: Term


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The answers that a norm foresees to what it describes."""

    answers: tuple[Answers, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A norm without a number: it says what is to be done."""


Value = Term | MonthEnd | Rhythm | SetByService | Limit | Hours | Fraction | Between | Foreseen | Rule


def is_over(span: Span, day: date) -> bool:
    """Whether a clock that stood went again by the day after ``day``."""
    return span.to_on is not None and span.to_on <= day + DAY


def days_stood(spans: Iterable[Span], since: date, until: date) -> int:
    """How many days after ``since``, up to and with ``until``, lie in at least one span."""
    reached, count = since + DAY, 0
    for span in sorted(spans, key=lambda one: one.from_on):
        start = max(span.from_on, reached)
        end = until + DAY if span.to_on is None else min(span.to_on, until + DAY)
        if start < end:
            count, reached = count + (end - start).days, end
    return count


def days_run(since: date, on: date, suspended: Iterable[Span] = ()) -> int:
    """How many days of a clock that began with an event of ``since`` have run at the end of a day."""
    return max((on - since).days, 0) - days_stood(suspended, since, on)


def before_rest(day: date, working: Calendar) -> date:
    """The day itself, or the working day before it where it is a day off."""
    while not working.is_working(day):
        day -= DAY
    return day
