"""How half-years, cuts and groups are called in the language spoken, and what a table and its picture say of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.clients.vocabulary import Sex, Stage
from app.indicators.definitions import Definition
from app.indicators.periods import HalfYear
from app.indicators.rows import Row, rows_of
from app.indicators.tables import HIDDEN, TOTAL, Release
from app.offices.models import Office
from app.web.formats import format_number
from app.web.languages import text_in

# The cuts that a reader can choose, by the name in the address; each is one of the tables of a release.
CUTS = {
    "office": (("office",), _l("By office")),
    "sex": (("sex",), _l("By sex")),
    "stage": (("stage",), _l("By stage")),
    "office-stage": (("office", "stage"), _l("By office and stage")),
}
EVERYONE = {"office": _l("all offices"), "sex": _l("both sexes"), "stage": _l("all stages")}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table; ``group`` is the office that it belongs to, where the cut has two levels."""

    label: str
    group: str | None
    row: Row
    is_total: bool

    @property
    def hides_something(self) -> bool:
        return HIDDEN in (self.row.obs_status, self.row.hours_status)

    @property
    def value(self) -> str:
        """The rate in words, or why there is none."""
        if self.row.obs_status == HIDDEN:
            return _("hidden")
        if self.row.rate is None:
            return _("nobody on the register")
        return percent(self.row.rate)


@dataclass(frozen=True, slots=True)
class Bar:
    """A group and its rate in per cent; None draws no bar, and ``said`` tells why. ``heading`` stands above it."""

    label: str
    rate: float | None
    said: str
    is_total: bool = False
    heading: str | None = None


def half_year(period: HalfYear) -> str:
    half, year = period.label_parts
    return _("First half of %(year)s", year=year) if half == 1 else _("Second half of %(year)s", year=year)


def percent(rate: float) -> str:
    return _("%(rate)s %%", rate=format_number(rate, 1))


def lines_of(release: Release, definition: Definition, cut: str, offices: Mapping[str, Office]) -> list[Line]:
    """The table of one cut: its groups, then everybody. With two levels, the stages of one office after another."""
    table, _label = CUTS[cut]
    rows = rows_of(release, definition, table)
    outer, inner = table[0] if len(table) > 1 else None, table[-1]
    if outer:
        order = [*(each.categories for each in release.dimensions if each.code == outer), (TOTAL,)]
        places = {code: place for place, code in enumerate(code for codes in order for code in codes)}
        rows.sort(key=lambda row: places[row.key[outer]])  # stays in order within one office
    return [
        Line(
            label=called(inner, row.key[inner], offices),
            group=called(outer, row.key[outer], offices) if outer else None,
            row=row,
            is_total=row.key[inner] == TOTAL,
        )
        for row in rows
    ]


def called(dimension: str, code: str, offices: Mapping[str, Office]) -> str:
    """A category in the language spoken; the code of an office that has no name any more."""
    if code == TOTAL:
        return str(EVERYONE[dimension])
    if dimension == "office":
        return text_in(offices[code]) if code in offices else code
    return str(Sex(code).label if dimension == "sex" else Stage(code).label)


def explained(definition: Definition) -> list[tuple[str, str]]:
    """The definition in words, label by label, beside what is counted."""
    pairs = [
        (text_in(definition.denominator.name), text_in(definition.denominator.explanation)),
        (_("Source"), text_in(definition.source)),
        (_("Measures of the plan"), ", ".join(map(str, definition.plan_measures))),
        (_("Target"), _("No target is set.") if definition.target is None else format_number(definition.target)),
        (_("Version"), _("%(code)s, version %(version)s", code=definition.code, version=definition.version)),
    ]
    if definition.amount:
        pairs.insert(0, (_("Hours"), text_in(definition.amount.explanation)))
    return pairs


def picture_in_words(lines: Sequence[Line]) -> str:
    """What the picture shows, for who cannot see it."""
    said = [
        _("%(office)s, %(stage)s: %(value)s", office=line.group, stage=line.label, value=line.value)
        if line.group
        else _("%(group)s: %(value)s", group=line.label, value=line.value)
        for line in lines
    ]
    return "; ".join(said)


def bars_of(lines: Sequence[Line]) -> list[Bar]:
    """The lines as bars, with the name of a group above the first of its lines."""
    headings = [line.group for line in lines]
    return [
        Bar(
            label=line.label,
            rate=line.row.rate,
            said=line.value,
            is_total=line.is_total,
            heading=line.group if place == 0 or headings[place - 1] != line.group else None,
        )
        for place, line in enumerate(lines)
    ]
