"""A release as the rows that a page or a file shows, and as plain data to be stored."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.indicators.calculation import MINUTES_PER_HOUR, amount_code
from app.indicators.definitions import Definition
from app.indicators.tables import HIDDEN, NORMAL, Dimension, Figure, Key, Nesting, Quantity, Release, Table, keys_of


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
    """The rows of one table with its margins, inner cells first, the total last."""
    shown = release.values()
    return [_row(shown, definition, release.dimensions, key) for key in keys_of(table, release.dimensions)]


def _row(
    shown: Mapping[tuple[str, Key], int | None], definition: Definition, dimensions: Sequence[Dimension], key: Key
) -> Row:
    numerator, denominator = shown[definition.code, key], shown[definition.denominator.code, key]
    minutes = shown[amount_code(definition.code), key] if definition.amount else None
    rate = None if numerator is None or not denominator else round(100 * numerator / denominator, 1)
    return Row(
        key={dimension.code: code for dimension, code in zip(dimensions, key, strict=True)},
        numerator=numerator,
        denominator=denominator,
        rate=rate,
        hours=None if minutes is None else round(minutes / MINUTES_PER_HOUR, 1),
        obs_status=HIDDEN if None in (numerator, denominator) else NORMAL,
        hours_status=None if not definition.amount else HIDDEN if minutes is None else NORMAL,
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
