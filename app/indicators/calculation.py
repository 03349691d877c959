"""Facts to counts: what the database found in each finest cell, put together as one system of quantities."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.indicators.counts import OFFICE, Cell, Facts
from app.indicators.definitions import Definition
from app.indicators.definitions.book import REGION, Book, Counted
from app.indicators.sensitivity import DOMINANCE, THRESHOLD, Contribution
from app.indicators.tables import TOTAL, Cells, Contradiction, Dimension, Key, Quantity, Spot, Table

MINUTES_PER_HOUR = 60
CUTS = ("office", "sex", "stage")
TABLES: tuple[tuple[str, ...], ...] = (("office",), ("sex",), ("stage",), ("office", "stage"))  # each with its margins


@dataclass(frozen=True, slots=True)
class Fact:
    """How many people of one finest cell count for an indicator, out of how many. Each person is in one cell only."""

    indicator: str
    office: str
    sex: str
    stage: str
    numerator: int
    denominator: int

    @property
    def cell(self) -> Key:
        return self.office, self.sex, self.stage


def amount_code(indicator: str) -> str:
    """The quantity that holds the minutes of an indicator with an amount."""
    return f"{indicator}.minutes"


def calculate(
    definitions: Sequence[Definition],
    dimensions: Sequence[Dimension],
    facts: Iterable[Fact],
    contributions: Iterable[Contribution] = (),
) -> Cells:
    """Every quantity of the definitions in every cell; facts of one cell add up, a cell without facts is nought.

    ``contributions`` are the minutes behind the one indicator that has an amount. Raises Contradiction for an
    unknown indicator or code, a negative number, a numerator above its denominator, indicators that share a
    denominator but not its numbers, and people who were given minutes but are not counted, or the reverse.
    """
    by_code = {definition.code: definition for definition in definitions}
    counted: dict[str, dict[Key, int]] = {quantity.code: {} for quantity in quantities_of(definitions)}
    wholes: dict[str, dict[Key, int]] = {code: {} for code in by_code}
    for fact in facts:
        if fact.indicator not in by_code or min(fact.numerator, fact.denominator) < 0:
            raise Contradiction(f"{fact.indicator} {fact.cell}: {fact.numerator} of {fact.denominator}")
        _add(counted[fact.indicator], fact.cell, fact.numerator)
        _add(wholes[fact.indicator], fact.cell, fact.denominator)
    for code, definition in by_code.items():
        counted[definition.denominator.code] = _agreed(definition, wholes, by_code)
        if definition.amount:
            counted[amount_code(code)] = _minutes(counted[code], contributions)
    cells = Cells(tuple(dimensions), quantities_of(definitions), counted)
    cells.check()
    return cells


def quantities_of(definitions: Sequence[Definition]) -> tuple[Quantity, ...]:
    """Denominators, each once; then numerators, each within its own; then amounts."""
    denominators = dict.fromkeys(definition.denominator.code for definition in definitions)
    return (
        *(Quantity(code) for code in denominators),
        *(Quantity(each.code, within=each.denominator.code, shown_with=each.denominator.code) for each in definitions),
        *(
            Quantity(amount_code(each.code), shown_with=each.code, unit=MINUTES_PER_HOUR)
            for each in definitions
            if each.amount
        ),
    )


def _add(counted: dict[Key, int], cell: Key, number: int) -> None:
    counted[cell] = counted.get(cell, 0) + number


def _agreed(
    definition: Definition, wholes: dict[str, dict[Key, int]], by_code: dict[str, Definition]
) -> dict[Key, int]:
    """The denominator's numbers, which all indicators that share it must give alike."""
    sharing = [code for code, each in by_code.items() if each.denominator.code == definition.denominator.code]
    given = [{cell: number for cell, number in wholes[code].items() if number} for code in sharing]
    for code, numbers in zip(sharing, given, strict=True):
        if numbers != given[0]:
            raise Contradiction(f"{code} and {sharing[0]} do not agree on {definition.denominator.code}")
    return given[0]


def _minutes(people: dict[Key, int], contributions: Iterable[Contribution]) -> dict[Key, int]:
    minutes: dict[Key, int] = {}
    known: dict[Key, set[int]] = {}
    for row in contributions:
        if row.minutes <= 0:
            raise Contradiction(f"{row.cell}: {row.minutes} minutes")
        _add(minutes, row.cell, row.minutes)
        known.setdefault(row.cell, set()).add(row.person)
    for cell in sorted(people.keys() | known.keys()):
        if people.get(cell, 0) != len(known.get(cell, ())):
            raise Contradiction(f"{cell}: {people.get(cell, 0)} people, minutes for {len(known.get(cell, ()))}")
    return minutes


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
        _add(values.setdefault(fact.quantity, {}), key_of(fact.cell, used), fact.count)
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
