"""Counts of a period, all by one statement, and the list behind each of them by the same lines."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnClause,
    Integer,
    Select,
    String,
    case,
    cast,
    column,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
    values,
)

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
PARTS = 3  # numbers that say who stands behind one: how many there are, the largest's part, and what all make


def gather(period: Period, defined: Book | None = None) -> Facts:
    """All facts of a period. It is one statement, so that all of it is seen at one moment, whoever saves meanwhile."""
    asked = Asked(Ask(period, defined or book()))
    with in_sets():
        rows = db.session.execute(asked.statement()).all()
    facts = added_up(fact for row in rows if row.kind == COUNTS for fact in asked.facts_in(row))
    makeup = sorted(each for row in rows if row.kind != COUNTS for each in asked.makeup_in(row))
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
            if self.events_of(code):
                parts += (self.makeup(source, lines, who) for who in source.contributors)
        return union_all(*parts)

    def events_of(self, source: str) -> list[Counted]:
        """The quantities of a source that are events or amounts: who stands behind them has to be asked."""
        return [counted for counted in self.by_source[source] if not counted.is_of_people]

    def groups_of(self, counted: Counted) -> set[tuple[str, ...]]:
        """The dimensions of each group that a table shows of a quantity; of the total there are none."""
        tables = [table for table, shown in self.book.shown if counted.code in {each.code for each in shown}]
        return {group for table in tables for size in range(len(table) + 1) for group in combinations(table, size)}

    def groups_in(self, source: str) -> list[tuple[str, ...]]:
        """The same of all events of a source; a row of the statement names its group by the place here."""
        return sorted(set().union(*(self.groups_of(each) for each in self.events_of(source))))

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

    def makeup(self, source: Source, lines: CTE, who: str) -> Any:
        """For each group that a table shows: how many of a sort of contributor there are, and the largest's part.

        Every line goes into each of the groups at once, so that the lines are read once for all of them.
        """
        groups, events = self.groups_in(source.code), self.events_of(source.code)
        dims = [dim for dim in self.dims if any(dim in group for group in groups)]
        named: list[ColumnClause[Any]] = [column("place", Integer), *(column(f"by_{dim}", Integer) for dim in dims)]
        rows = [(place, *(int(dim in group) for dim in dims)) for place, group in enumerate(groups)]
        group = values(*named, name="groups").data(rows).cte(f"groups_for_{who}s_of_{source.code}")
        cell = [group.c.place, *(case((group.c[f"by_{dim}"] == 1, lines.c[dim])).label(dim) for dim in dims)]
        sums = [func.sum(lines.c[source.counts[each.code]]).label(f"part{n}") for n, each in enumerate(events)]
        part = (
            select(*cell, *sums)
            .select_from(lines.join(group, true()))
            .group_by(*cell, lines.c[COLUMNS[who]])
            .subquery(f"{who}s_of_{source.code}")
        )
        numbers: list[Any] = [part.c.place]
        for place, _each in enumerate(events):
            made = part.c[f"part{place}"]
            numbers += [func.count(case((made > 0, 1))), func.max(made), func.sum(made)]
        told = {dim: part.c[dim] for dim in dims}
        row = self.row(who, source.code, told, [cast(number, BigInteger) for number in numbers])
        return row.group_by(part.c.place, *told.values())

    def row(self, kind: str, of: str, cell: Mapping[str, Any], numbers: Sequence[Any]) -> Any:
        """One row of the whole statement; what it does not have is left empty."""
        width = max(self.slots, 1 + PARTS * max(len(self.events_of(code)) for code in self.by_source))
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

    def makeup_in(self, row: Any) -> Iterable[Makeup]:
        """Who stands behind the events in a group, event by event; those that did not happen there are left out."""
        group = self.groups_in(row.of)[row.n0]
        for place, counted in enumerate(self.events_of(row.of)):
            contributors, largest, total = (getattr(row, f"n{1 + PARTS * place + n}") for n in range(PARTS))
            if contributors and group in self.groups_of(counted):
                yield Makeup(counted.code, self.cell_in(row, group), row.kind, contributors, largest, total)

    def cell_in(self, row: Any, told: Sequence[str]) -> Cell:
        codes = {dim: getattr(row, f"d{place}") for place, dim in enumerate(self.dims) if dim in told}
        return tuple((dim, code) for dim, code in codes.items() if code is not None)


def behind(ask: Ask, quantity: str, cell: Mapping[str, str], office_id: int | None = None) -> Select[Any]:
    """The lines that make up a figure: ``client_id case_id office_id`` and ``number``, which add up to it.

    ``office_id`` keeps to the lines of one office. The caller orders and pages.
    """
    source = SOURCES[ask.book.counted[quantity].source]
    counted = source.counts[quantity]
    lines = source.lines(ask.wanting({counted, *cell})).cte(f"lines_of_{source.code}")
    number = lines.c[counted]
    found = select(lines.c.client_id, lines.c.case_id, lines.c.office_id, cast(number, Integer).label("number"))
    found = found.where(number > 0, *(lines.c[dim] == code for dim, code in cell.items()))
    return found if office_id is None else found.where(lines.c.office_id == office_id)
