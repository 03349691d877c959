"""Definitions as they are read: what is counted, by which dimensions it is told, and which indicators it makes up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum, auto
from typing import TypeVar

from app.offices.reading import Texts

REGION = "region"  # the dimension whose codes and names come from the reference file of regions


class PeriodRule(StrEnum):
    """At what time an indicator looks."""

    STOCK = auto()  # the last day on which each person was on the register in the period
    FLOW = auto()  # what happened in the period
    COHORT = auto()  # those of whom a whole follow-up ends in the period


@dataclass(frozen=True, slots=True)
class Category:
    code: str
    name: Texts


@dataclass(frozen=True, slots=True)
class Dimension:
    """What figures are cut by; ``attribute`` as in a release. The regions have no categories here."""

    code: str
    name: Texts
    attribute: bool
    categories: tuple[Category, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity: how it is called and, in words, what counts. ``source`` names the lines that it is counted from.

    ``is_of_people``: nobody counts twice, so that the number of people is the number itself. Otherwise it is a
    number of events or an amount, and who stands behind it is looked at. ``per_unit`` is 60 for minutes shown as
    hours. ``within``, ``shown_with`` and ``at`` as in a release.
    """

    code: str
    source: str
    name: Texts
    words: Texts
    unit: Texts
    is_of_people: bool
    per_unit: int
    within: str | None
    shown_with: str | None
    at: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of an indicator: its numerators (the first is the indicator's own value) over its denominator.

    No denominator: a number by itself. ``per`` is what the quotient is told of (100). ``terms`` are the numbers of
    days or months that its rules use. ``target`` is None where the source has none. ``across``: the indicator is how
    its only numerator is divided among the categories of this dimension. ``of_whom``: the denominator is of these
    people only, as the numerators are.
    """

    code: str
    version: int
    valid_from: date
    name: Texts
    formula: Texts
    period_rule: PeriodRule
    numerators: tuple[Counted, ...]
    denominator: Counted | None
    per: int
    terms: Mapping[str, int]
    tables: tuple[tuple[str, ...], ...]
    late_entries: Texts
    corrections: Texts
    source: Texts
    plan_measures: tuple[int, ...]
    target: float | None
    across: Dimension | None = None
    of_whom: tuple[tuple[Dimension, Category], ...] = ()

    @property
    def whole_name(self) -> Texts:
        """What the denominator is called, with those of whom it is."""
        whole = self.denominator or self.value
        return {
            language: ": ".join((name, *(category.name[language] for _dimension, category in self.of_whom)))
            for language, name in whole.name.items()
        }

    @property
    def value(self) -> Counted:
        return self.numerators[0]

    @property
    def quantities(self) -> tuple[Counted, ...]:
        """All that its tables show, the whole first."""
        return (*((self.denominator,) if self.denominator else ()), *self.numerators)


@dataclass(frozen=True, slots=True)
class Composition:
    """Tables that describe people and what they need, with no indicator of their own (measure 19)."""

    code: str
    version: int
    valid_from: date
    name: Texts
    quantities: tuple[Counted, ...]
    tables: tuple[tuple[str, ...], ...]
    source: Texts
    plan_measures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that is defined, or what of it is valid at one time; in order of the codes."""

    dimensions: Mapping[str, Dimension]
    counted: Mapping[str, Counted]
    definitions: tuple[Definition, ...]
    compositions: tuple[Composition, ...]

    def valid_on(self, day: date) -> "Book":
        """The version of each definition and composition that holds on the day."""
        return replace(self, definitions=latest(self.definitions, day), compositions=latest(self.compositions, day))

    def definition(self, code: str) -> Definition | None:
        return next((each for each in self.definitions if each.code == code), None)

    def term(self, code: str, name: str) -> int:
        """A number that the rules of an indicator use."""
        found = self.definition(code)
        if found is None:
            raise KeyError(code)
        return found.terms[name]

    @property
    def versions(self) -> dict[str, int]:
        """The version of everything, by its code."""
        return {each.code: each.version for each in self.all}

    @property
    def shown(self) -> list[tuple[tuple[str, ...], tuple[Counted, ...]]]:
        """Every table: its dimensions and what it shows."""
        return [(table, each.quantities) for each in self.all for table in each.tables]

    @property
    def all(self) -> tuple[Definition | Composition, ...]:
        return *self.definitions, *self.compositions

    @property
    def used(self) -> tuple[Counted, ...]:
        """The quantities that some table shows, each after the one that it is within or shown with."""
        wanted = {counted.code for _table, quantities in self.shown for counted in quantities}
        ordered: dict[str, Counted] = {}
        for code in sorted(wanted):
            self.put_in_order(code, ordered)
        return tuple(ordered.values())

    def put_in_order(self, code: str, ordered: dict[str, Counted]) -> None:
        counted = self.counted[code]
        for earlier in (counted.within, counted.shown_with):
            if earlier and earlier not in ordered:
                self.put_in_order(earlier, ordered)
        ordered.setdefault(code, counted)

    def dims_of(self, quantity: str) -> tuple[str, ...]:
        """The dimensions that some table shows the quantity by, in the book's order."""
        told = {code for table, shown in self.shown if quantity in {each.code for each in shown} for code in table}
        return tuple(code for code in self.dimensions if code in told)


Version = TypeVar("Version", Definition, Composition)


def latest(versions: Iterable[Version], day: date) -> tuple[Version, ...]:
    """Of each code the version that holds on the day."""
    found: dict[str, Version] = {}
    for each in sorted(versions, key=lambda version: (version.code, version.valid_from)):
        if each.valid_from <= day:
            found[each.code] = each
    return tuple(found.values())
