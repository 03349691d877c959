"""How periods, cuts and groups are called in the language spoken, and what a table and its picture say of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.indicators.definitions.book import REGION, Book, Composition, Counted, Definition, Dimension
from app.indicators.periods import Kind, Period
from app.indicators.tables import TOTAL, Key, Release, Spot, has_dim
from app.web.formats import format_number
from app.web.languages import text_in

UNKNOWN = "unknown"
PERCENT = 100
MONTHS = (
    _l("January"), _l("February"), _l("March"), _l("April"), _l("May"), _l("June"), _l("July"), _l("August"),
    _l("September"), _l("October"), _l("November"), _l("December"),
)  # fmt: skip

Cut = tuple[str, ...]
Group = tuple[tuple[str, str], ...]  # codes of some dimensions
Defined = Definition | Composition


@dataclass(frozen=True, slots=True)
class Words:
    """What dimensions and their categories are called; the regions as they were called at the period's end."""

    book: Book
    regions: Mapping[str, Any]

    def dimension(self, code: str) -> str:
        return text_in(self.book.dimensions[code].name) if code in self.book.dimensions else code

    def category(self, dimension: str, code: str) -> str:
        """A category in the language spoken; a code that has no name any more stays a code."""
        if code == TOTAL:
            return _("all")
        if dimension == REGION:
            return text_in(self.regions[code]) if code in self.regions else code
        known = self.book.dimensions[dimension].categories if dimension in self.book.dimensions else ()
        name = next((each.name for each in known if each.code == code), None)
        return text_in(name) if name else _("not known") if code == UNKNOWN else code

    def cut(self, cut: Cut) -> str:
        """What a table is cut by: ``Region, sex``."""
        return ", ".join(self.dimension(code) for code in cut)


@dataclass(frozen=True, slots=True)
class Value:
    """A number of a table, or why there is none. ``number`` is None when it is hidden, or when there is nothing."""

    number: float | None
    said: str
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: a quantity, or what it makes of its whole; each in the group of the line, and ``at`` more.

    A part that is of minors only is a share of the minors, whatever the line: ``whole_at`` says so.
    """

    label: str
    counted: Counted
    whole: Counted | None = None  # set: the quotient of the two
    per: int = PERCENT
    is_share: bool = False  # a part of its whole, so that it is told in per cent
    at: Group = ()
    whole_at: Group = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table; ``group`` names the line above which it stands with others, where a cut has two levels."""

    label: str
    group: str | None
    values: tuple[Value, ...]
    is_total: bool
    cell: tuple[tuple[str, str], ...] = ()  # of its group: the dimensions that are not at the total

    @property
    def hides_something(self) -> bool:
        return any(value.is_hidden for value in self.values)


def period_name(period: Period) -> str:
    number, year = period.label_parts
    if period.kind is Kind.YEAR:
        return _("The year %(year)s", year=year)
    if period.kind is Kind.MONTH:
        return _("%(month)s %(year)s", month=MONTHS[number - 1], year=year)
    return _("First half of %(year)s", year=year) if number == 1 else _("Second half of %(year)s", year=year)


half_year = period_name  # its name while there were no other periods


def percent(rate: float) -> str:
    return _("%(rate)s %%", rate=format_number(rate, 1))


def columns_of(defined: Defined) -> list[Column]:
    """What a table shows of an indicator: each share, the whole, its numerators; of a composition its numbers."""
    if isinstance(defined, Composition):
        return [Column(text_in(each.name), each) for each in defined.quantities]
    if defined.across:
        return columns_across(defined, defined.across)
    whole, at = defined.denominator, tuple((dim.code, category.code) for dim, category in defined.of_whom)
    shown = [Column(text_in(each.name), each) for each in defined.numerators]
    if whole is None:
        return shown
    counts = [each for each in defined.numerators if each.per_unit == whole.per_unit]
    quotients = [quotient(each, defined, whole, len(counts) > 1) for each in counts]
    of_all = Column(text_in(defined.whole_name), whole, at=at)
    return [*(replace(each, whole_at=at) for each in quotients), of_all, *shown]


def columns_across(defined: Definition, dimension: Dimension) -> list[Column]:
    """How many of all are in each category, and what share of them that is."""
    counted, everyone, everybody = defined.value, text_in(defined.value.name), ((dimension.code, TOTAL),)
    told = [(text_in(each.name), ((dimension.code, each.code),)) for each in dimension.categories]
    shares = [
        Column(part_of(_("Share"), name), counted, counted, defined.per, is_share=True, at=at, whole_at=everybody)
        for name, at in told
    ]
    numbers = [Column(part_of(everyone, name), counted, at=at) for name, at in told]
    return [*shares, Column(everyone, counted, at=everybody), *numbers]


def part_of(whole: str, name: str) -> str:
    return _("%(short)s: %(name)s", short=whole, name=name)


def quotient(counted: Counted, defined: Definition, whole: Counted, has_others: bool) -> Column:
    """What a numerator makes of the whole: a share of it, or so many for every so many."""
    above = {each.code: each.within for each in defined.numerators}
    within = counted.within
    while within in above:  # a part of a part is a part of the whole
        within = above[within]
    is_share = within == whole.code and defined.per == PERCENT
    short = _("Share") if is_share else _("For every %(number)s", number=format_number(defined.per))
    label = _("%(short)s: %(name)s", short=short, name=text_in(counted.name)) if has_others else short
    return Column(label, counted, whole, defined.per, is_share)


def value_of(column: Column, key: Key, release: Release, shown: Mapping[Spot, int | None]) -> Value:
    """The number of a column in a group, in the words of a reader."""
    number, is_hidden = read(column.counted, at_group(key, column.at, release), release, shown)
    if is_hidden:
        return Value(None, _("hidden"), is_hidden=True)
    if column.whole is None:
        if number is None:
            return Value(None, "–")
        amount = number / column.counted.per_unit
        return Value(amount, format_number(amount, 1 if column.counted.per_unit > 1 else None))
    whole, whole_hidden = read(column.whole, at_group(key, column.whole_at, release), release, shown)
    if whole_hidden:
        return Value(None, _("hidden"), is_hidden=True)
    if number is None or not whole:
        return Value(None, _("nobody") if whole == 0 else "–")
    rate = round(column.per * number / whole, 1)
    return Value(rate, percent(rate) if column.is_share else format_number(rate, 1))


def at_group(key: Key, group: Group, release: Release) -> Key:
    """A key narrowed to a group, or widened where the group says all."""
    codes = dict(group)
    return tuple(codes.get(each.code, code) for each, code in zip(release.dimensions, key, strict=True))


def read(counted: Counted, key: Key, release: Release, shown: Mapping[Spot, int | None]) -> tuple[int | None, bool]:
    """A figure at a group as far as its quantity knows of it, and whether it is hidden; nothing where there is none."""
    quantity = next((each for each in release.quantities if each.code == counted.code), None)
    if quantity is None:
        return None, False
    place = tuple(
        code if has_dim(quantity, each.code) else TOTAL for each, code in zip(release.dimensions, key, strict=True)
    )
    spot = counted.code, place
    return (shown[spot], shown[spot] is None) if spot in shown else (None, False)


def called(book: Book, code: str) -> str:
    """A quantity with the code of what it belongs to: "of them" says little where it stands among others."""
    if code not in book.counted:
        return code
    name, belongs = text_in(book.counted[code].name), code.partition(".")[0]
    return f"{belongs} {name}" if any(each.code == belongs for each in book.definitions) else name


def cuts_of(defined: Defined) -> list[Cut]:
    """The cuts that a reader can choose: each table and its margins, the shorter ones first.

    A dimension that stands in the columns is none of them.
    """
    beside = defined.across.code if isinstance(defined, Definition) and defined.across else None
    tables = [tuple(code for code in table if code != beside) for table in defined.tables]
    found = {cut for table in tables for size in range(1, len(table) + 1) for cut in combinations(table, size)}
    order = [code for table in tables for code in table]
    return sorted(found, key=lambda cut: (len(cut), [order.index(code) for code in cut]))


def lines_of(defined: Defined, release: Release, cut: Cut, words: Words) -> list[Line]:
    """The table of one cut: its groups, then all together. With several levels, group after group."""
    shown, columns = release.values(), columns_of(defined)
    return [
        Line(
            label=words.category(codes[-1][0], codes[-1][1]) if codes else _("all"),
            group=", ".join(words.category(dim, code) for dim, code in codes[:-1]) if len(codes) > 1 else None,
            values=tuple(value_of(column, key, release, shown) for column in columns),
            is_total=not codes or codes[-1][1] == TOTAL,
            cell=tuple((dim, code) for dim, code in codes if code != TOTAL),
        )
        for codes, key in keys_by(cut, release)
    ]


def keys_by(cut: Cut, release: Release) -> Iterator[tuple[tuple[tuple[str, str], ...], Key]]:
    """The groups of a cut in the order in which they are read: each category, then all, level by level."""
    known = {each.code: (*each.categories, TOTAL) for each in release.dimensions}
    for codes in product(*(known.get(dim, (TOTAL,)) for dim in cut)):
        at = dict(zip(cut, codes, strict=True))
        yield tuple(at.items()), tuple(at.get(each.code, TOTAL) for each in release.dimensions)


def total_of(defined: Defined, release: Release) -> Line:
    """The line of everybody."""
    shown, key = release.values(), tuple(TOTAL for _each in release.dimensions)
    values = tuple(value_of(column, key, release, shown) for column in columns_of(defined))
    return Line(_("all"), None, values, is_total=True)


@dataclass(frozen=True, slots=True)
class Bar:
    """A group and its length out of 100; None draws no bar, and ``said`` tells why. ``heading`` stands above it."""

    label: str
    rate: float | None
    said: str
    is_total: bool = False
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn: one column of a table. ``in_percent``: the axis is marked, for the bars are per cent."""

    bars: tuple[Bar, ...]
    in_percent: bool
    column: str

    @property
    def shows_something(self) -> bool:
        """Whether any number is known: all else are words, which the table says as well."""
        return any(bar.rate is not None for bar in self.bars)

    @property
    def words(self) -> str:
        """What the picture shows, for who cannot see it."""
        said = [
            _("%(outer)s, %(inner)s: %(value)s", outer=heading, inner=bar.label, value=bar.said)
            if heading
            else _("%(group)s: %(value)s", group=bar.label, value=bar.said)
            for bar, heading in zip(self.bars, self.headings, strict=True)
        ]
        return "; ".join(said)

    @property
    def headings(self) -> list[str | None]:
        """The heading under which each bar stands."""
        found: list[str | None] = []
        for bar in self.bars:
            found.append(bar.heading or (found[-1] if found else None))
        return found


def picture_of(defined: Defined, lines: Sequence[Line]) -> Picture:
    """The main column as bars: the first share of an indicator, or its number, or that of a composition."""
    columns = columns_of(defined)
    place = next((place for place, column in enumerate(columns) if column.whole), 0)
    in_percent = columns[place].is_share
    numbers = [line.values[place].number for line in lines]
    longest = 0 if in_percent else max((number for number in numbers if number), default=0)
    headings = [line.group for line in lines]
    bars = tuple(
        Bar(
            label=line.label,
            rate=number if in_percent or number is None else 100 * number / longest if longest else 0.0,
            said=line.values[place].said,
            is_total=line.is_total,
            heading=line.group if number_ == 0 or headings[number_ - 1] != line.group else None,
        )
        for number_, (line, number) in enumerate(zip(lines, numbers, strict=True))
    )
    return Picture(bars, in_percent, columns[place].label)
