"""A release as plain data to be stored."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from app.indicators.tables import (
    Dimension,
    Figure,
    Nesting,
    Quantity,
    Release,
    Table,
)


def to_dict(release: Release) -> dict[str, Any]:
    """A release as plain data for JSON, always in the same order."""
    return asdict(release)


def from_dict(data: Mapping[str, Any]) -> Release:
    """A release from what ``to_dict`` gave, also after it has been through JSON.

    Also as it was stored before tables named their quantities: then each showed all of them.
    """
    quantities = tuple(_quantity(each) for each in data["quantities"])
    return Release(
        dimensions=tuple(
            Dimension(each["code"], tuple(each["categories"]), each.get("attribute", False))
            for each in data["dimensions"]
        ),
        tables=tuple(_table(each, quantities) for each in data["tables"]),
        quantities=quantities,
        threshold=data["threshold"],
        figures=tuple(Figure(each["quantity"], tuple(each["key"]), each["value"]) for each in data["figures"]),
        nestings=tuple(
            Nesting(each["inner"], each["outer"], tuple((inner, outer) for inner, outer in each["of"]))
            for each in data.get("nestings", ())
        ),
    )


def _table(data: Mapping[str, Any] | Sequence[str], quantities: Sequence[Quantity]) -> Table:
    if isinstance(data, Mapping):
        return Table(tuple(data["dims"]), tuple(data["quantities"]))
    return Table(tuple(data), tuple(quantity.code for quantity in quantities))


def _quantity(data: Mapping[str, Any]) -> Quantity:
    dims = data.get("dims")
    return Quantity(
        code=data["code"],
        within=data["within"],
        shown_with=data["shown_with"],
        unit=data["unit"],
        dims=None if dims is None else tuple(dims),
        at=tuple((dimension, code) for dimension, code in data.get("at", ())),
    )
