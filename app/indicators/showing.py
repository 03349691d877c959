"""What the pages of the indicators show of frozen figures: totals, tables, series, notes on the data."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.indicators.definitions.book import REGION, Book, Composition, Definition
from app.indicators.models import Snapshot
from app.indicators.quality import quality_notes
from app.indicators.queries import frozen, regions_called
from app.indicators.tables import TOTAL, Spot
from app.indicators.wording import (
    UNKNOWN,
    Column,
    Cut,
    Defined,
    Line,
    Picture,
    Words,
    called,
    columns_of,
    cuts_of,
    lines_of,
    percent,
    period_name,
    picture_of,
    total_of,
)
from app.web.formats import format_number
from app.web.languages import text_in

MOST_IN_SERIES = 12
MOST_BARS = 60  # in one picture; longer tables are read as tables
REGISTER = "register"


@dataclass(frozen=True, slots=True)
class Total:
    """An indicator's own line of a period's page."""

    defined: Defined
    columns: list[Column]
    line: Line

    @property
    def main(self) -> str:
        """The number that stands for the indicator: its share, or what it counts."""
        return self.line.values[self.place].said

    @property
    def main_name(self) -> str:
        """What that number is: of several shares, which one."""
        return self.columns[self.place].label

    @property
    def is_one_of_several(self) -> bool:
        return sum(bool(column.whole) for column in self.columns) > 1

    @property
    def place(self) -> int:
        return next((place for place, column in enumerate(self.columns) if column.whole), 0)

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The numbers behind it, with their names."""
        return [
            (column.label, value.said)
            for column, value in zip(self.columns, self.line.values, strict=True)
            if not column.whole
        ]


def totals_of(snapshot: Snapshot) -> list[Total]:
    release = snapshot.release
    return [Total(each, columns_of(each), total_of(each, release)) for each in snapshot.defined]


def words_of(snapshot: Snapshot) -> Words:
    """What everything is called in the language spoken, the regions by their names at the end of the period."""
    regions = next((each.categories for each in snapshot.release.dimensions if each.code == "region"), ())
    return Words(snapshot.book, regions_called(regions, snapshot.half_year))


def found_in(snapshot: Snapshot, code: str) -> Defined | None:
    """The indicator or the composition of the code, as the period was counted by it."""
    return next((each for each in snapshot.book.all if each.code == code), None)


def cut_named(defined: Defined, name: str) -> Cut | None:
    """The cut that an address names; the first one where it names none."""
    cuts = cuts_of(defined)
    if not name:
        return cuts[0] if cuts else ()
    return next((cut for cut in cuts if "-".join(cut) == name), None)


def table_of(snapshot: Snapshot, defined: Defined, cut: Cut) -> list[Line]:
    return lines_of(defined, snapshot.release, cut, words_of(snapshot))


def picture_in(lines: Sequence[Line], defined: Defined) -> Picture | None:
    """The bars of a table, unless there are too many to be seen together, or there is nothing to be seen."""
    picture = picture_of(defined, lines) if 1 < len(lines) <= MOST_BARS else None
    return picture if picture and picture.shows_something else None


@dataclass(frozen=True, slots=True)
class Series:
    """The totals of an indicator period by period, the earliest first, by the versions that each was counted by."""

    columns: list[Column]
    lines: list[Line]
    snapshots: list[Snapshot]
    picture: Picture | None


def series_of(snapshot: Snapshot, defined: Defined) -> Series:
    """The frozen periods of the same length in which the indicator was counted."""
    same = [each for each in frozen() if each.half_year.kind == snapshot.half_year.kind][:MOST_IN_SERIES]
    told = [(each, found) for each in reversed(same) if (found := found_in(each, defined.code))]
    columns = columns_of(defined)
    lines = [line_of_period(each, found) for each, found in told]
    fitting = [line for line in lines if len(line.values) == len(columns)]
    picture = picture_of(defined, fitting) if fitting and isinstance(defined, Definition) else None
    if picture and not picture.shows_something:
        picture = None
    return Series(columns, fitting, [each for each, _found in told], picture)


def line_of_period(snapshot: Snapshot, defined: Defined) -> Line:
    total = total_of(defined, snapshot.release)
    return Line(period_name(snapshot.half_year), None, total.values, is_total=False)


def notes_on(snapshot: Snapshot, defined: Defined, words: Words) -> list[str]:
    """What is missing from the records behind the tables, as far as the release shows it."""
    release, shown = snapshot.release, snapshot.release.values()
    told = {code for table in defined.tables for code in table}
    notes = []
    for place, dimension in enumerate(release.dimensions):
        if dimension.code not in told:
            continue
        for code in (code for code in dimension.categories if code in (UNKNOWN, "none", "not_recorded")):
            key = tuple(code if other == place else TOTAL for other in range(len(release.dimensions)))
            spot = REGISTER, key
            if spot in shown:
                notes.append(
                    note_of(words.dimension(dimension.code), words.category(dimension.code, code), spot, shown)
                )
    return [*notes, *quality_notes(defined.code, release)]


def note_of(dimension: str, category: str, spot: Spot, shown: dict[Spot, int | None]) -> str:
    number, everybody = shown[spot], shown.get((REGISTER, tuple(TOTAL for _each in spot[1])))
    if number is None or not everybody:
        return _("%(dimension)s: how many people are “%(category)s” is hidden.", dimension=dimension, category=category)
    share = percent(round(100 * number / everybody, 1))
    return _(
        "%(dimension)s: %(number)s people are “%(category)s”, %(share)s of the register.",
        dimension=dimension,
        number=format_number(number),
        category=category,
        share=share,
    )


def defined_by(defined: Defined) -> list[tuple[str, str]]:
    """The definition in words, label by label."""
    if isinstance(defined, Composition):
        pairs = [(text_in(each.name), text_in(each.words)) for each in defined.quantities]
    else:
        pairs = [(_("Formula"), text_in(defined.formula))]
        if whole := defined.denominator:
            pairs.append((text_in(defined.whole_name), text_in(whole.words)))
        pairs += [(text_in(each.name), text_in(each.words)) for each in defined.numerators]
        pairs += [
            (_("Entered late"), text_in(defined.late_entries)),
            (_("Corrected"), text_in(defined.corrections)),
            (_("Target"), _("No target is set.") if defined.target is None else format_number(defined.target)),
        ]
    return [
        *pairs,
        (_("Source"), text_in(defined.source)),
        (_("Measures of the plan"), ", ".join(map(str, defined.plan_measures))),
        (_("Version"), _("%(code)s, version %(version)s", code=defined.code, version=defined.version)),
    ]


@dataclass(frozen=True, slots=True)
class Move:
    """A figure that a revision shows otherwise than the one before it."""

    what: str
    group: str
    before: str
    after: str


def moves_of(snapshot: Snapshot, words: Words) -> list[Move]:
    """What moved, as both revisions show it."""
    order = [each.code for each in sorted(snapshot.release.dimensions, key=lambda each: each.code != REGION)]
    return [
        Move(
            what=called(snapshot.book, row["quantity"]),
            group=", ".join(words.category(dim, row["group"][dim]) for dim in order if dim in row["group"]) or _("all"),
            before=number_said(snapshot.book, row["quantity"], row["before"]),
            after=number_said(snapshot.book, row["quantity"], row["after"]),
        )
        for row in snapshot.moved
    ]


def number_said(book: Book, code: str, number: int | None) -> str:
    if number is None:
        return _("hidden")
    unit = book.counted[code].per_unit if code in book.counted else 1
    return format_number(number / unit, 1 if unit > 1 else None)
