"""One period asked about: its days, the numbers of the rules, and whom it is narrowed to."""

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnClause, Date, Select, String, column, func, type_coerce, values
from sqlalchemy.sql.elements import ColumnElement

from app.clock import COUNTRY
from app.db.columns import UtcMoment
from app.indicators.definitions.book import Book
from app.indicators.periods import Period

DAY = timedelta(days=1)
AGES = (("14-17", 18), ("18-29", 30), ("30-44", 45), ("45-59", 60), ("60+", None))  # code; the first full year beyond
LEAP = 29  # of February
FIRST = 1  # place in an order; asked for as "at most", for of what is equal PostgreSQL expects one row of 200


class Ask:
    """What a statement is about. Parts that several lines stand on are built once, and so are read once.

    ``among`` narrows the lines to some people (a statement of their numbers): whoever is among them is counted by
    the same rules as if everybody were. ``wanted`` names the columns that are looked at (None: all): what is asked
    about each person and not wanted may be left out, which changes no line.
    """

    def __init__(
        self, period: Period, book: Book, among: Select[Any] | None = None, wanted: Collection[str] | None = None
    ) -> None:
        self.period, self.book, self.among, self.wanted = period, book.valid_on(period.start), among, wanted
        self.built: dict[Callable[..., CTE], CTE] = {}

    def wanting(self, columns: Collection[str]) -> "Ask":
        """The same asked for some columns only."""
        return Ask(self.period, self.book, self.among, columns)

    def wants(self, columns: Iterable[str]) -> bool:
        """Whether any of the columns is looked at."""
        return self.wanted is None or not set(columns).isdisjoint(self.wanted)

    def once(self, part: Callable[["Ask"], CTE]) -> CTE:
        """A part of the statement, the same one whoever asks for it."""
        if part not in self.built:
            self.built[part] = part(self)
        return self.built[part]

    def term(self, indicator: str, name: str) -> int:
        return self.book.term(indicator, name)

    def only(self, client_id: Any) -> list[ColumnElement[bool]]:
        """Conditions that keep the lines to those asked about."""
        return [] if self.among is None else [client_id.in_(self.among)]

    def within(self, key: Any, keys: Select[Any]) -> list[ColumnElement[bool]]:
        """The same for rows that name no person: ``keys`` are those of the people asked about.

        Without it the list behind a figure of one office would read these rows of the whole country.
        """
        return [] if self.among is None else [key.in_(keys)]


def calendar(ask: Ask) -> CTE:
    """What follows from each day on which a span may end, worked out here: engines reckon with days in their own ways.

    ``until`` is the day after the reference day and ``midnight`` the moment at which it begins. Whoever was born
    on or before ``born_18`` is 18 or older on the reference day.
    """
    limits = [age for _code, age in AGES if age]
    born = [column(f"born_{age}", Date) for age in limits]
    named: list[ColumnClause[Any]] = [
        column("until", Date), column("midnight", UtcMoment), column("reference_day", Date), *born,
    ]  # fmt: skip
    days = days_in(ask.period.start, ask.period.end)
    rows = [(day + DAY, midnight(day + DAY), day, *(born_by(day, age) for age in limits)) for day in days]
    return values(*named, name="days").data(rows).cte("calendar")


def midnights(since: date, until: date, name: str) -> CTE:
    """The moment at which each day of a span begins: ``day`` and ``midnight``."""
    rows = [(day, midnight(day)) for day in days_in(since, until)]
    return values(column("day", Date), column("midnight", UtcMoment), name="days").data(rows).cte(name)


def days_in(since: date, until: date) -> list[date]:
    return [since + number * DAY for number in range((until - since).days)]


def midnight(day: date) -> datetime:
    """The moment at which a day begins in the country."""
    return datetime.combine(day, time(), COUNTRY)


def born_by(day: date, age: int) -> date:
    """The latest birthday of somebody who is so old on the day; who was born on 29 February is so on 1 March."""
    if (day.month, day.day) == (2, LEAP):
        try:
            return day.replace(year=day.year - age)
        except ValueError:
            return date(day.year - age, 2, LEAP - 1)
    return day.replace(year=day.year - age)


def text_of(value: Any) -> ColumnElement[str]:
    """An enumeration as the text that it is kept as."""
    return type_coerce(value, String)


def following(value: Any, key: Any, *order: Any) -> ColumnElement[Any]:
    """The same column of the row that comes next under the same key."""
    return func.lead(value).over(partition_by=key, order_by=list(order))
