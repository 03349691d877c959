"""Reckoning with days inside a statement, in the words of either engine: so many days or months later, the earliest."""

from typing import Any

from sqlalchemy import Date, Integer, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class DaysAfter(FunctionElement[Any]):
    """A date and so many days."""

    type = Date()
    inherit_cache = True
    name = "days_after"


class MonthsAfter(FunctionElement[Any]):
    """The same day of the month so many months after a date, or that month's last day when it is shorter."""

    type = Date()
    inherit_cache = True
    name = "months_after"


class Earliest(FunctionElement[Any]):
    """The earliest of some dates, of which none may be empty."""

    type = Date()
    inherit_cache = True
    name = "earliest"


class Latest(FunctionElement[Any]):
    """The latest of some dates, of which none may be empty."""

    type = Date()
    inherit_cache = True
    name = "latest"


class DayOf(FunctionElement[Any]):
    """The day of a moment on the clocks of the country (UTC+5 since 1 March 2024)."""

    type = Date()
    inherit_cache = True
    name = "day_of"


def days_after(day: Any, days: int) -> DaysAfter:
    return DaysAfter(day, literal(days, Integer))


def months_after(day: Any, months: int) -> MonthsAfter:
    return MonthsAfter(day, literal(months, Integer), literal(months + 1, Integer))


def parts(element: Any, compiler: Any, **kw: Any) -> list[str]:
    return [compiler.process(clause, **kw) for clause in element.clauses]


@compiles(DaysAfter, "sqlite")
def _days_on_sqlite(element: DaysAfter, compiler: Any, **kw: Any) -> str:
    day, days = parts(element, compiler, **kw)
    return f"date({day}, {days} || ' days')"


@compiles(DaysAfter, "postgresql")
def _days_on_postgresql(element: DaysAfter, compiler: Any, **kw: Any) -> str:
    day, days = parts(element, compiler, **kw)
    return f"({day} + {days})"


@compiles(MonthsAfter, "sqlite")
def _months_on_sqlite(element: MonthsAfter, compiler: Any, **kw: Any) -> str:
    """SQLite runs over the end of a short month: the last day of the month that is meant holds it back."""
    day, months, one_more = parts(element, compiler, **kw)
    last = f"date({day}, 'start of month', {one_more} || ' months', '-1 day')"
    return f"min(date({day}, {months} || ' months'), {last})"


@compiles(MonthsAfter, "postgresql")
def _months_on_postgresql(element: MonthsAfter, compiler: Any, **kw: Any) -> str:
    day, months, _one_more = parts(element, compiler, **kw)
    return f"CAST({day} + make_interval(months => {months}) AS DATE)"


@compiles(Earliest, "sqlite")
def _earliest_on_sqlite(element: Earliest, compiler: Any, **kw: Any) -> str:
    return f"min({', '.join(parts(element, compiler, **kw))})"


@compiles(Earliest, "postgresql")
def _earliest_on_postgresql(element: Earliest, compiler: Any, **kw: Any) -> str:
    return f"least({', '.join(parts(element, compiler, **kw))})"


@compiles(Latest, "sqlite")
def _latest_on_sqlite(element: Latest, compiler: Any, **kw: Any) -> str:
    return f"max({', '.join(parts(element, compiler, **kw))})"


@compiles(Latest, "postgresql")
def _latest_on_postgresql(element: Latest, compiler: Any, **kw: Any) -> str:
    return f"greatest({', '.join(parts(element, compiler, **kw))})"


@compiles(DayOf, "sqlite")
def _day_on_sqlite(element: DayOf, compiler: Any, **kw: Any) -> str:
    (moment,) = parts(element, compiler, **kw)
    return f"date({moment}, '+5 hours')"


@compiles(DayOf, "postgresql")
def _day_on_postgresql(element: DayOf, compiler: Any, **kw: Any) -> str:
    (moment,) = parts(element, compiler, **kw)
    return f"CAST({moment} AT TIME ZONE 'Asia/Almaty' AS DATE)"


class DaysBetween(FunctionElement[Any]):
    """How many days lie between a date and a later one; below nought for an earlier one."""

    type = Integer()
    inherit_cache = True
    name = "days_between"


def days_between(day: Any, later: Any) -> DaysBetween:
    return DaysBetween(day, later)


@compiles(DaysBetween, "sqlite")
def _between_on_sqlite(element: DaysBetween, compiler: Any, **kw: Any) -> str:
    day, later = parts(element, compiler, **kw)
    return f"CAST(julianday({later}) - julianday({day}) AS INTEGER)"


@compiles(DaysBetween, "postgresql")
def _between_on_postgresql(element: DaysBetween, compiler: Any, **kw: Any) -> str:
    day, later = parts(element, compiler, **kw)
    return f"(CAST({later} AS DATE) - CAST({day} AS DATE))"
