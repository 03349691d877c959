"""What a bundle says beside its figures: whose they are, of when, and in which words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.indicators.tables import Dimension, Figure, Quantity, Release, Table, key_in, possible, spots_of

LANGUAGES = ("kk", "ru", "en")
FORMAT = 1  # of the block ``qadam`` in datapackage.json
NOT_ASCII = re.compile(r"[^a-z0-9]+")
LONGEST_SLUG = 60

Text = Mapping[str, str]  # by language


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which terms the figures may be used; ``name`` as the Open Definition spells it."""

    name: str
    title: str
    path: str | None = None


OPEN_LICENCE = Licence("CC-BY-4.0", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/")
UNNAMED_LICENCE = Licence("notspecified", "Whoever publishes these figures says under which terms")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A release that was given out before and is protected together with this one."""

    name: str  # as in its address, beside this one's
    period: str
    revision: int


@dataclass(frozen=True, slots=True)
class Definition:
    """What an indicator counts, in words."""

    code: str
    version: int
    valid_from: date
    words: Mapping[str, Text]  # name, numerator, denominator, …: what there is, in its order
    plan_measures: tuple[int, ...] = ()
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """A share that the papers show beside its parts: so many per 100 (or 1,000 …) of the whole.

    ``whole_at``: the whole stands at these codes, whatever the group: all changes of a level, minors alone.
    """

    numerator: str
    denominator: str
    per: int = 100
    whole_at: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Meta:
    """What a bundle says beside its figures. A name that is left out is its code in every language."""

    name: str
    titles: Text
    licence: Licence
    period: str | None = None
    revision: int | None = None
    created: date | None = None  # the day the figures were frozen, never the day the files were written
    definitions: tuple[Definition, ...] = ()
    dimension_names: Mapping[str, Text] = field(default_factory=dict)
    category_names: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)  # by dimension, by code
    quantity_names: Mapping[str, Text] = field(default_factory=dict)
    rates: tuple[Rate, ...] = ()
    earlier: tuple[Earlier, ...] = ()

    def dimension_name(self, code: str) -> Text:
        return self.dimension_names.get(code) or dict.fromkeys(LANGUAGES, code)

    def category_name(self, dimension: str, code: str) -> Text:
        return self.category_names.get(dimension, {}).get(code) or dict.fromkeys(LANGUAGES, code)

    def quantity_name(self, code: str) -> Text:
        return self.quantity_names.get(code) or dict.fromkeys(LANGUAGES, code)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a release as its file holds it: its figures, by quantity, inner cells first and the total last."""

    name: str  # of the resource, and of its file without ".csv"
    dimensions: tuple[Dimension, ...]
    quantities: tuple[Quantity, ...]
    figures: tuple[Figure, ...]
    places: tuple[int, ...]  # of its dimensions in the keys of the release
    # Of which people of another table a figure of this one is a part: the whole by the part and its group here.
    wholes: Mapping[tuple[str, tuple[str, ...]], int | None] = field(default_factory=dict)

    def key(self, figure: Figure) -> tuple[str, ...]:
        """The codes of the figure in the dimensions of this table."""
        return tuple(figure.key[place] for place in self.places)


def sheets_of(release: Release) -> tuple[Sheet, ...]:
    """The tables of a release, in its order."""
    return tuple(_sheet(release, table, number) for number, table in enumerate(release.tables, start=1))


def _sheet(release: Release, table: Table, number: int) -> Sheet:
    codes = [each.code for each in release.dimensions]
    places = tuple(codes.index(code) for code in table.dims)
    quantities = tuple(each for each in release.quantities if each.code in table.quantities)
    values = release.values()
    figures = tuple(
        Figure(code, key, values[code, key] if possible(key, release.dimensions, release.nestings) else 0)
        for code, key in spots_of((table,), release.dimensions, release.quantities)
    )
    return Sheet(
        name="-".join(("table", str(number), *filter(None, map(slug_of, table.dims or ["total"]))))[
            :LONGEST_SLUG
        ].strip("-"),
        dimensions=tuple(release.dimensions[place] for place in places),
        quantities=quantities,
        figures=figures,
        places=places,
        wholes=_wholes(release, figures, places),
    )


def _wholes(
    release: Release, figures: tuple[Figure, ...], places: tuple[int, ...]
) -> dict[tuple[str, tuple[str, ...]], int | None]:
    """What is shown of the wholes of those parts that keep to one group of it."""
    by_code, values = {each.code: each for each in release.quantities}, release.values()
    found: dict[tuple[str, tuple[str, ...]], int | None] = {}
    for figure in figures:
        part = by_code[figure.quantity]
        if part.at and part.within:
            spot = part.within, key_in(part, by_code[part.within], figure.key, release.dimensions)
            if spot in values:
                found[part.code, tuple(figure.key[place] for place in places)] = values[spot]
    return found


def slug_of(code: str) -> str:
    """What of a code may stand in a file name anywhere."""
    return NOT_ASCII.sub("-", code.lower()).strip("-")
