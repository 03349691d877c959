"""A person's assessments over time: places in small pictures, and the same in rows, for the page to draw.

What was found under two wordings, or under two sets of cut-offs, is never joined by a line: it is not comparable.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from app.assessments.instrument import Instrument
from app.assessments.scoring import DomainScore, Result
from app.assessments.section import Section
from app.assessments.vocabulary import Kind, Level

WIDTH, HEIGHT = 280, 84  # a picture's own units
SIDE, TOP, BOTTOM = 12, 10, 10  # around the lines
NEAREST = 14  # two assessments of one week must not hide one another
STEPS = len(Level)


@dataclass(frozen=True, slots=True)
class Taken:
    """One completed assessment, as far as it is shown over time."""

    number: int
    on: date
    instrument: Instrument
    result: Result
    raw: Level
    final: Level
    strengths: frozenset[str]  # the sections under which the officer noted some
    support: int  # needs for help that are never counted as risk

    @property
    def is_overridden(self) -> bool:
        return self.raw is not self.final

    @property
    def needs(self) -> int:
        """The domains that can change and stand above low."""
        dynamic = {section.code for section in self.instrument.sections if section.kind is Kind.DYNAMIC}
        return sum(
            one.level is not None and one.level is not Level.LOW for one in self.result.by_domain if one.code in dynamic
        )

    def domain(self, code: str) -> DomainScore | None:
        """None when this instrument does not ask about it."""
        return next((one for one in self.result.by_domain if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Mark:
    """One assessment in a picture, rightwards and downwards.

    ``raw_y``: where the level stood before an override; ``has_strengths``: the officer noted some in this domain.
    """

    x: float
    y: float
    on: date
    level: Level
    raw_y: float | None = None
    has_strengths: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Marks under one wording and its cut-offs, joined by steps; ``rules`` are where medium and high begin."""

    path: str
    marks: tuple[Mark, ...]
    rules: tuple[float, ...]
    x1: float
    x2: float


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture: of the whole (no section), or of one domain. ``breaks``: where the wording changes."""

    section: Section | None
    stretches: tuple[Stretch, ...]
    breaks: tuple[float, ...]

    @property
    def marks(self) -> list[Mark]:
        return [mark for stretch in self.stretches for mark in stretch.marks]


@dataclass(frozen=True, slots=True)
class History:
    """Oldest first. ``groups``: the assessments by wording; ``sections``: every domain that any of them asks about."""

    groups: tuple[tuple[Instrument, tuple[Taken, ...]], ...]
    sections: tuple[Section, ...]
    panels: tuple[Panel, ...]

    @property
    def taken(self) -> list[Taken]:
        return [one for _instrument, group in self.groups for one in group]


def history(taken: Sequence[Taken]) -> History:
    """The pictures and rows of some assessments, oldest first. Pictures only from the second assessment on."""
    found = groupby(taken, key=lambda one: (one.instrument.digest, one.instrument.bands))
    groups = tuple((group[0].instrument, group) for group in (tuple(members) for _wording, members in found))
    sections = sections_of(taken)
    panels: list[Panel] = []
    if len(taken) > 1:
        places = dict(zip((one.number for one in taken), across([one.on for one in taken]), strict=True))
        panels = [panel(None, groups, places), *(panel(section, groups, places) for section in sections)]
    return History(groups, sections, tuple(panels))


def sections_of(taken: Sequence[Taken]) -> tuple[Section, ...]:
    """The scored sections, those of the newest instrument first, each as it was named last."""
    known: dict[str, Section] = {}
    for one in reversed(taken):
        for section in one.instrument.scored:
            known.setdefault(section.code, section)
    return tuple(known.values())


def across(days: Sequence[date]) -> list[float]:
    """Places from left to right by time, never closer than what can be told apart."""
    if not days:
        return []
    span, room = max((days[-1] - days[0]).days, 1), WIDTH - 2 * SIDE
    nearest = min(NEAREST, room / max(len(days) - 1, 1))
    places: list[float] = []
    for day in days:
        place = (day - days[0]).days / span * room
        places.append(max(place, places[-1] + nearest) if places else place)
    for left in range(len(places) - 2, -1, -1):  # what was pushed over the edge pushes back
        places[left + 1] = min(places[left + 1], room - (len(places) - 2 - left) * nearest)
        places[left] = min(places[left], places[left + 1] - nearest)
    return [round(SIDE + place, 1) for place in places]


def panel(
    section: Section | None, groups: Iterable[tuple[Instrument, tuple[Taken, ...]]], places: dict[int, float]
) -> Panel:
    groups = tuple(groups)
    draw = of_level if section is None else of_domain(section.code)
    stretches = (stretch(instrument, section, group, places, draw) for instrument, group in groups)
    edges = [(places[group[0].number], places[group[-1].number]) for _instrument, group in groups]
    breaks = (round((edges[at][1] + edges[at + 1][0]) / 2, 1) for at in range(len(edges) - 1))
    return Panel(section, tuple(one for one in stretches if one.marks), tuple(breaks))


Draw = Callable[[Taken, float], Mark | None]


def of_level(one: Taken, x: float) -> Mark:
    """The final level; the raw one beside it where they differ."""
    raw_y = down(middle(one.raw)) if one.is_overridden else None
    return Mark(x, down(middle(one.final)), one.on, one.final, raw_y)


def of_domain(code: str) -> Draw:
    def draw(one: Taken, x: float) -> Mark | None:
        found = one.domain(code)
        if found is None or found.level is None:
            return None
        return Mark(x, down(found.points / found.maximum), one.on, found.level, has_strengths=code in one.strengths)

    return draw


def stretch(
    instrument: Instrument, section: Section | None, group: Sequence[Taken], places: dict[int, float], draw: Draw
) -> Stretch:
    drawn = [draw(one, places[one.number]) for one in group]
    path, pen_down = "", False
    for mark in drawn:
        if mark:
            path += f"H{mark.x}V{mark.y}" if pen_down else f"M{mark.x} {mark.y}"
        pen_down = mark is not None  # what is not clear leaves a gap
    return Stretch(
        path,
        tuple(mark for mark in drawn if mark),
        rules(instrument, section),
        places[group[0].number] - SIDE / 2,
        places[group[-1].number] + SIDE / 2,
    )


def rules(instrument: Instrument, section: Section | None) -> tuple[float, ...]:
    """Where medium and high begin: between the last points below and the first points of the band."""
    if section is None:
        return tuple(down(step / STEPS) for step in range(1, STEPS))
    asked = instrument.section(section.code)
    if asked is None:
        return ()
    half = 0.5
    return tuple(down((band.first - half) / asked.maximum) for band in asked.bands[1:])


def middle(level: Level) -> float:
    return (2 * level.rank + 1) / (2 * STEPS)


def down(share: float) -> float:
    """How far down a share of the maximum lies; the maximum is at the top."""
    return round(TOP + (1 - share) * (HEIGHT - TOP - BOTTOM), 1)
