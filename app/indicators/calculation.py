"""Facts to counts: what the database found in each finest cell, put together as one system of quantities."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.indicators.definitions import Definition
from app.indicators.sensitivity import Contribution
from app.indicators.tables import Cells, Contradiction, Dimension, Key, Quantity

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
