"""Counts of a period, all by one statement, and the list behind each of them by the same lines."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import CTE, BigInteger, Integer, Select, String, cast, func, literal, null, or_, select, union_all

from app.db import db
from app.indicators.counts import Cell, Fact, Facts, Makeup
from app.indicators.definitions.book import Book, Counted
from app.indicators.definitions.reading import book
from app.indicators.facts.asking import Ask
from app.indicators.facts.joining import in_sets
from app.indicators.facts.shapes import COLUMNS, Source
from app.indicators.facts.sources import SOURCES
from app.indicators.periods import Period
from app.offices.models import Region

COUNTS = "counts"  # of a row of the statement: not about who stands behind an amount


def gather(period: Period, defined: Book | None = None) -> Facts:
    """All facts of a period. It is one statement, so that all of it is seen at one moment, whoever saves meanwhile."""
    asked = Asked(Ask(period, defined or book()))
    with in_sets():
        rows = db.session.execute(asked.statement()).all()
    facts = added_up(fact for row in rows if row.kind == COUNTS for fact in asked.facts_in(row))
    makeup = sorted(asked.makeup_in(row) for row in rows if row.kind != COUNTS)
    there = {fact.at["region"] for fact in facts if "region" in fact.at}
    regions = tuple(sorted({*regions_in(period), *there}))
    return Facts(period, asked.book.versions, regions, tuple(facts), tuple(makeup))


def added_up(facts: Iterable[Fact]) -> list[Fact]:
    """One fact for each cell: a quantity may be told by fewer dimensions than its source is counted by."""
    counts: Counter[tuple[str, Cell]] = Counter()
    for fact in facts:
        counts[fact.quantity, fact.cell] += fact.count
    return sorted(Fact(quantity, cell, count) for (quantity, cell), count in counts.items())


def regions_in(period: Period) -> Sequence[str]:
    """The codes of the regions that existed in the period, those with nobody in them included."""
    existed = Region.valid_from < period.end, or_(Region.valid_to.is_(None), Region.valid_to > period.start)
    return db.session.scalars(select(Region.code).where(*existed)).all()


class Asked:
    """The statement of a period: what it asks of each source, and how its rows are read."""

    def __init__(self, ask: Ask) -> None:
        self.book = ask.book
        used = self.book.used
        self.by_source = {
            code: [each for each in used if each.source == code] for code in {each.source for each in used}
        }
        self.slots = max(len(each) for each in self.by_source.values())
        self.dims = tuple(self.book.dimensions)
        columns = {SOURCES[each.source].counts[each.code] for each in used}
        self.ask = ask.wanting({*columns, *(dim for table, _shown in self.book.shown for dim in table)})

    def statement(self) -> Any:
        """Counts of every source by its finest cells, and the make-up of its events and amounts by every group."""
        parts: list[Any] = []
        for code in sorted(self.by_source):
            source = SOURCES[code]
            lines = source.lines(self.ask).cte(f"lines_of_{code}")
            parts.append(self.counts(source, lines))
            for counted in self.by_source[code]:
                if not counted.is_of_people:
                    parts += self.makeup(source, lines, counted)
        return union_all(*parts)

    def told_by(self, source: Source) -> tuple[str, ...]:
        """The dimensions by which any quantity of the source is told."""
        told = {dim for counted in self.by_source[source.code] for dim in self.book.dims_of(counted.code)}
        return tuple(dim for dim in self.dims if dim in told)

    def counts(self, source: Source, lines: CTE) -> Any:
        told = self.told_by(source)
        counted = [lines.c[source.counts[each.code]] for each in self.by_source[source.code]]
        sums = [cast(func.sum(column), BigInteger) for column in counted]
        return self.row(COUNTS, source.code, {dim: lines.c[dim] for dim in told}, sums).group_by(
            *(lines.c[dim] for dim in told)
        )

    def makeup(self, source: Source, lines: CTE, counted: Counted) -> Iterable[Any]:
        """For each group that a table shows, and each sort of contributor: how many, and what the largest makes."""
        tables = [table for table, shown in self.book.shown if counted.code in {each.code for each in shown}]
        groups = {group for table in tables for size in range(len(table) + 1) for group in combinations(table, size)}
        column = lines.c[source.counts[counted.code]]
        for who in source.contributors:
            for group in sorted(groups):
                cell = [lines.c[dim] for dim in group]
                each = (
                    select(*cell, func.sum(column).label("part"))
                    .where(column > 0)
                    .group_by(*cell, lines.c[COLUMNS[who]])
                    .subquery()
                )
                sums = [func.count(), func.max(each.c.part), func.sum(each.c.part)]
                numbers = [cast(one, BigInteger) for one in sums]
                row = self.row(who, counted.code, {dim: each.c[dim] for dim in group}, numbers)
                yield row.group_by(*(each.c[dim] for dim in group)).having(func.count() > 0)

    def row(self, kind: str, of: str, cell: Mapping[str, Any], numbers: Sequence[Any]) -> Any:
        """One row of the whole statement; what it does not have is left empty."""
        width = max(self.slots, 3)
        dims = [cast(cell[dim] if dim in cell else null(), String).label(f"d{n}") for n, dim in enumerate(self.dims)]
        padded = [*numbers, *(cast(null(), BigInteger) for _ in range(width - len(numbers)))]
        numbered = [number.label(f"n{n}") for n, number in enumerate(padded)]
        return select(literal(kind).label("kind"), literal(of).label("of"), *dims, *numbered)

    def facts_in(self, row: Any) -> Iterable[Fact]:
        """What a row counts, quantity by quantity, each in its own finest cell; nought is left out."""
        source = SOURCES[row.of]
        for place, counted in enumerate(self.by_source[source.code]):
            count = getattr(row, f"n{place}")
            if count:
                yield Fact(counted.code, self.cell_in(row, self.book.dims_of(counted.code)), count)

    def makeup_in(self, row: Any) -> Makeup:
        return Makeup(row.of, self.cell_in(row, self.dims), row.kind, row.n0, row.n1, row.n2)

    def cell_in(self, row: Any, told: Sequence[str]) -> Cell:
        codes = {dim: getattr(row, f"d{place}") for place, dim in enumerate(self.dims) if dim in told}
        return tuple((dim, code) for dim, code in codes.items() if code is not None)


def behind(ask: Ask, quantity: str, cell: Mapping[str, str], office_id: int | None = None) -> Select[Any]:
    """The lines that make up a figure: ``client_id case_id office_id`` and ``number``, which add up to it.

    ``office_id`` keeps to the lines of one office. The caller orders and pages.
    """
    source = SOURCES[ask.book.counted[quantity].source]
    column = source.counts[quantity]
    lines = source.lines(ask.wanting({column, *cell})).cte(f"lines_of_{source.code}")
    number = lines.c[column]
    found = select(lines.c.client_id, lines.c.case_id, lines.c.office_id, cast(number, Integer).label("number"))
    found = found.where(number > 0, *(lines.c[dim] == code for dim, code in cell.items()))
    return found if office_id is None else found.where(lines.c.office_id == office_id)
