"""Facts to counts: what the database found in each finest cell, put together as one system of quantities."""

from collections.abc import Sequence

from app.indicators.counts import OFFICE, Cell, Facts
from app.indicators.definitions.book import REGION, Book, Counted
from app.indicators.sensitivity import DOMINANCE, THRESHOLD
from app.indicators.tables import TOTAL, Cells, Dimension, Key, Quantity, Spot, Table


def tables_of(book: Book) -> tuple[Table, ...]:
    """Every table that the definitions release, each with the quantities that it shows."""
    shown: dict[tuple[str, ...], dict[str, None]] = {}
    for dims, quantities in book.shown:
        shown.setdefault(dims, {}).update(dict.fromkeys(each.code for each in quantities))
    return tuple(Table(dims, tuple(quantities)) for dims, quantities in shown.items())


def cells_of(facts: Facts, book: Book) -> Cells:
    """Everything that was counted, as one system. Raises Contradiction for facts that cannot all be true."""
    used = tuple(code for code in book.dimensions if any(code in table for table, _shown in book.shown))
    dimensions = tuple(
        Dimension(
            code,
            facts.regions if code == REGION else tuple(each.code for each in book.dimensions[code].categories),
            book.dimensions[code].attribute,
        )
        for code in used
    )
    values: dict[str, dict[Key, int]] = {}
    for fact in facts.facts:
        counted, key = values.setdefault(fact.quantity, {}), key_of(fact.cell, used)
        counted[key] = counted.get(key, 0) + fact.count
    cells = Cells(dimensions, tuple(quantity_of(each, book) for each in book.used), values)
    cells.check()
    return cells


def quantity_of(counted: Counted, book: Book) -> Quantity:
    return Quantity(
        code=counted.code,
        within=counted.within,
        shown_with=counted.shown_with,
        unit=counted.per_unit,
        dims=book.dims_of(counted.code),
        at=counted.at,
    )


def key_of(cell: Cell, dimensions: Sequence[str]) -> Key:
    """A cell as a key of the release: the total in each dimension that it does not name."""
    codes = dict(cell)
    return tuple(codes.get(dimension, TOTAL) for dimension in dimensions)


def uneven(facts: Facts, cells: Cells, threshold: int = THRESHOLD, dominance: float = DOMINANCE) -> set[Spot]:
    """The numbers of events and the amounts that too few people or helpers, or mostly one of them, stand behind.

    At least ``threshold`` different people (and helpers, where there are any) must stand behind each, and nobody's
    part may be above ``dominance``. Of offices only the second is asked, and only where there are two or more: what
    a region with one office does is that office's work, and no secret.
    """
    dimensions = [each.code for each in cells.dimensions]
    found: set[Spot] = set()
    for each in facts.makeup:
        dominated = each.largest > dominance * each.total
        if each.who == OFFICE:
            is_uneven = dominated and each.contributors > 1
        else:
            is_uneven = dominated or each.contributors < threshold
        if is_uneven:
            found.add((each.quantity, key_of(each.cell, dimensions)))
    return found
