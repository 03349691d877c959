"""What is known of a period: how much was counted in each cell, and who stands behind amounts; nobody is named."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.indicators.periods import Period, parse

PERSON, HELPER, OFFICE = "person", "helper", "office"

Cell = tuple[tuple[str, str], ...]  # a dimension and one of its codes in each pair, in the order of the definitions


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """How much was counted of a quantity in one of its cells; ``cell`` has a dimension and its code in each pair."""

    quantity: str
    cell: Cell
    count: int

    @property
    def at(self) -> dict[str, str]:
        return dict(self.cell)


@dataclass(frozen=True, slots=True, order=True)
class Makeup:
    """Who stands behind a number of events or an amount in a group (a total where ``cell`` lacks a dimension).

    ``who`` is person, helper or office, ``contributors`` how many of them there are, ``largest`` the part of the
    one with the largest, of ``total``. Nobody is named.
    """

    quantity: str
    cell: Cell
    who: str
    contributors: int
    largest: int
    total: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the database knew of a period at one moment; in a fixed order, so that equal facts are equal text.

    ``regions`` are the codes of those that existed in the period and of any that somebody was in; ``versions`` says
    by which version of each definition it was counted.
    """

    period: Period
    versions: Mapping[str, int]
    regions: tuple[str, ...]
    facts: tuple[Fact, ...]
    makeup: tuple[Makeup, ...]

    def total(self, quantity: str, **cell: str) -> int:
        """The number of a quantity in a group."""
        wanted = cell.items()
        return sum(fact.count for fact in self.facts if fact.quantity == quantity and wanted <= fact.at.items())

    def to_data(self) -> dict[str, Any]:
        """Plain data for JSON, always in the same order."""
        return {
            "period": self.period.code,
            "versions": dict(sorted(self.versions.items())),
            "regions": list(self.regions),
            "facts": [[each.quantity, lists(each.cell), each.count] for each in self.facts],
            "makeup": [
                [each.quantity, lists(each.cell), each.who, each.contributors, each.largest, each.total]
                for each in self.makeup
            ],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Facts":
        """Facts from what ``to_data`` gave, also after it has been through JSON."""
        return cls(
            period=parse(data["period"]),
            versions=dict(data["versions"]),
            regions=tuple(data["regions"]),
            facts=tuple(Fact(quantity, pairs(cell), count) for quantity, cell, count in data["facts"]),
            makeup=tuple(Makeup(quantity, pairs(cell), *rest) for quantity, cell, *rest in data["makeup"]),
        )


def lists(cell: Cell) -> list[list[str]]:
    return [list(pair) for pair in cell]


def pairs(cell: list[list[str]]) -> Cell:
    return tuple((dimension, code) for dimension, code in cell)
