"""A release as the rows that a page or a file shows, and as plain data to be stored."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.indicators.definitions.book import Definition
from app.indicators.tables import (
    HIDDEN,
    NORMAL,
    TOTAL,
    Dimension,
    Figure,
    Key,
    Nesting,
    Quantity,
    Release,
    Spot,
    Table,
    has_dim,
    keys_of,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. ``key`` holds a code or ``_T`` per dimension; None is hidden, or for a rate of nobody."""

    key: Mapping[str, str]
    numerator: int | None
    denominator: int | None
    rate: float | None  # per cent, to one decimal
    hours: float | None  # to one decimal; None also for an indicator without an amount
    obs_status: str  # of the count and its rate
    hours_status: str | None  # of the hours; None for an indicator without an amount


def rows_of(release: Release, definition: Definition, table: Sequence[str]) -> list[Row]:
    """The rows of one table with its margins, inner cells first, the total last; none where it is not released."""
    shown = release.values()
    rows = (_row(shown, definition, release, key) for key in keys_of(table, release.dimensions))
    return [row for row in rows if row]


def _row(shown: Mapping[Spot, int | None], definition: Definition, release: Release, key: Key) -> Row | None:
    by_code = {quantity.code: quantity for quantity in release.quantities}
    amount = next((each for each in definition.numerators if each.per_unit > 1), None)
    whole = definition.denominator
    spots = {
        code: (code, _key_of(by_code[code], key, release.dimensions))
        for code in filter(None, (definition.value.code, whole and whole.code, amount and amount.code))
        if code in by_code
    }
    if spots.get(definition.value.code) not in shown:
        return None
    numerator = shown[spots[definition.value.code]]
    denominator = shown.get(spots[whole.code]) if whole else None
    minutes = shown.get(spots[amount.code]) if amount else None
    rate = None if numerator is None or not denominator else round(definition.per * numerator / denominator, 1)
    return Row(
        key={dimension.code: code for dimension, code in zip(release.dimensions, key, strict=True)},
        numerator=numerator,
        denominator=denominator,
        rate=rate,
        hours=None if minutes is None or amount is None else round(minutes / amount.per_unit, 1),
        obs_status=HIDDEN if numerator is None or (whole and denominator is None) else NORMAL,
        hours_status=None if not amount else HIDDEN if minutes is None else NORMAL,
    )


def _key_of(quantity: Quantity, key: Key, dimensions: Sequence[Dimension]) -> Key:
    """Where a quantity stands for a group: at the total in each dimension that it is not counted by."""
    return tuple(code if has_dim(quantity, each.code) else TOTAL for each, code in zip(dimensions, key, strict=True))


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
