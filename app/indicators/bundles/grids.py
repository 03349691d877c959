"""A table of a release as people read it, in the language spoken: names for codes, and a word for what is hidden."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.indicators.bundles.shape import Meta, Rate, Sheet
from app.indicators.tables import TOTAL, Dimension, Key, Quantity
from app.web.languages import text_in

MOST_ACROSS = 8  # categories that stand side by side on paper
MOST_COLUMNS = 6  # quantities and rates, whose names are longer
Value = int | float | str


@dataclass(frozen=True, slots=True)
class Grid:
    """The first ``labels`` columns name the group of a row; the others hold its figures, or words in their place."""

    name: str
    title: str
    caption: str  # what the figures count, where their columns do not say it
    labels: int
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def grid_of(sheet: Sheet, meta: Meta, quantities: Sequence[Quantity] | None = None) -> Grid:
    """A row for each group, a column for each quantity (all of the table, or some), and beside it its rates."""
    values = {(each.quantity, sheet.key(each)): each.value for each in sheet.figures}
    columns = columns_in(sheet, meta, sheet.quantities if quantities is None else quantities)
    return Grid(
        name=sheet.name,
        title=title_of(sheet, meta),
        caption="",
        labels=len(sheet.dimensions),
        head=(
            *(text_in(meta.dimension_name(each.code)) for each in sheet.dimensions),
            *(heading_of(each, meta) for each in columns),
        ),
        rows=tuple(
            (
                *_names(sheet.dimensions, key, meta),
                *(value_in(each, sheet, values, key) for each in columns),
            )
            for key in dict.fromkeys(sheet.key(each) for each in sheet.figures)
        ),
    )


@dataclass(frozen=True, slots=True)
class Whole:
    """That of which a rate is a part, where another table shows it."""

    rate: Rate


def columns_in(sheet: Sheet, meta: Meta, quantities: Sequence[Quantity]) -> list[Quantity | Rate | Whole]:
    """Each quantity, and after it the rates of which it is the numerator and the release shows both parts.

    Where the whole is of some people only, and so of another table, it stands before the rate.
    """
    shown, dims = {each.code for each in sheet.quantities}, {each.code for each in sheet.dimensions}
    elsewhere = {code for code, _key in sheet.wholes}
    columns: list[Quantity | Rate | Whole] = []
    for quantity in quantities:
        columns.append(quantity)
        for rate in (each for each in meta.rates if each.numerator == quantity.code):
            if {code for code, _at in rate.whole_at} <= dims:
                columns += [rate] * (rate.denominator in shown)
            elif quantity.code in elsewhere:
                columns += [Whole(rate), rate]
    return columns


def heading_of(column: Quantity | Rate | Whole, meta: Meta) -> str:
    if isinstance(column, Rate):
        return rate_heading(column, meta)
    if isinstance(column, Whole):
        of_whom = (text_in(meta.category_name(dim, code)) for dim, code in column.rate.whole_at)
        return ": ".join((text_in(meta.quantity_name(column.rate.denominator)), *of_whom))
    return _heading(column, meta)


def value_in(
    column: Quantity | Rate | Whole, sheet: Sheet, values: Mapping[tuple[str, Key], int | None], key: Key
) -> Value:
    if isinstance(column, Rate):
        return _rate(column, sheet, values, key)
    if isinstance(column, Whole):
        return _number(sheet.wholes.get((column.rate.numerator, key), ""))
    return _number(values.get((column.code, key), ""), column.unit)


def side_by_side(sheet: Sheet, meta: Meta) -> Iterator[list[Quantity]]:
    """The quantities of a table in as many parts as fit on a sheet, one under another."""
    part: list[Quantity] = []
    for quantity in sheet.quantities:
        if part and len(columns_in(sheet, meta, [*part, quantity])) > MOST_COLUMNS:
            yield part
            part = []
        part.append(quantity)
    yield part


def paper_grids(sheet: Sheet, meta: Meta) -> Iterator[Grid]:
    """The table as it fits on sheets: of one quantity, its shortest dimension stands side by side."""
    across = min(sheet.dimensions, key=lambda each: len(each.categories), default=None)
    if len(sheet.quantities) > 1 or across is None or len(sheet.dimensions) < 2 or len(across.categories) > MOST_ACROSS:  # noqa: PLR2004
        yield from (grid_of(sheet, meta, part) for part in side_by_side(sheet, meta))
        return
    values = {sheet.key(each): each.value for each in sheet.figures}
    place = sheet.dimensions.index(across)
    down = tuple(each for each in sheet.dimensions if each is not across)
    codes = (*across.categories, TOTAL)
    keys = dict.fromkeys((*key[:place], *key[place + 1 :]) for key in values)
    yield Grid(
        name=sheet.name,
        title=title_of(sheet, meta),
        caption=_heading(sheet.quantities[0], meta),
        labels=len(down),
        head=(
            *(text_in(meta.dimension_name(each.code)) for each in down),
            *(_category(across, code, meta) for code in codes),
        ),
        rows=tuple(
            (
                *_names(down, key, meta),
                *(
                    _number(values.get((*key[:place], code, *key[place:]), ""), sheet.quantities[0].unit)
                    for code in codes
                ),
            )
            for key in keys
        ),
    )


def title_of(sheet: Sheet, meta: Meta) -> str:
    return " × ".join(text_in(meta.dimension_name(each.code)) for each in sheet.dimensions) or _("Total")


def rate_heading(rate: Rate, meta: Meta) -> str:
    name = text_in(meta.quantity_name(rate.numerator))
    return _("%(name)s, per %(number)s", name=name, number=rate.per)


def _heading(quantity: Quantity, meta: Meta) -> str:
    return text_in(meta.quantity_name(quantity.code))


def _names(dimensions: Sequence[Dimension], key: Key, meta: Meta) -> list[str]:
    return [_category(each, code, meta) for each, code in zip(dimensions, key, strict=True)]


def _category(dimension: Dimension, code: str, meta: Meta) -> str:
    return _("Total") if code == TOTAL else text_in(meta.category_name(dimension.code, code))


def _number(value: int | str | None, unit: int = 1) -> Value:
    if value is None:
        return _("hidden")
    return value if isinstance(value, str) or unit == 1 else round(value / unit, 1)


def _rate(rate: Rate, sheet: Sheet, values: Mapping[tuple[str, Key], Any], key: Key) -> Value:
    """Worked out from what is shown; nothing where the group is nobody or the quantity is not told of it."""
    numerator, at = values.get((rate.numerator, key), ""), dict(rate.whole_at)
    dims = [each.code for each in sheet.dimensions]
    whole = tuple(at.get(dim, code) for dim, code in zip(dims, key, strict=True))
    is_here = at.keys() <= set(dims)
    denominator: Any = (
        values.get((rate.denominator, whole), "") if is_here else sheet.wholes.get((rate.numerator, key), "")
    )
    if numerator is None or denominator is None:
        return _("hidden")
    if numerator == "" or not denominator:
        return ""
    return round(rate.per * numerator / denominator, 1)
