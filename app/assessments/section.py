"""A section of an instrument: its items, their answer options, the bands of its points, and how they are read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import yaml

from app.assessments.reading import Reader
from app.assessments.vocabulary import Kind, Level, Text


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer. Points where the kind has them, need only in support, barrier only in responsivity."""

    code: str
    text: Text
    points: int = 0
    need: Level | None = None
    barrier: bool = False


@dataclass(frozen=True)  # no slots: what follows from the fields is worked out once and kept
class Item:
    code: str  # unique in the whole instrument
    question: Text
    guidance: Text  # what to look for, and where the answer may come from
    options: tuple[Option, ...]
    may_be_unknown: bool = False
    name: Text | None = None  # the matter in a word or two; every item of the sections without points has one

    @cached_property
    def maximum(self) -> int:
        return max(option.points for option in self.options)

    @cached_property
    def by_code(self) -> Mapping[str, Option]:
        return {option.code: option for option in self.options}

    def option(self, code: str) -> Option | None:
        return self.by_code.get(code)


@dataclass(frozen=True, slots=True)
class Band:
    level: Level
    first: int  # both ends belong to the band
    last: int


@dataclass(frozen=True)
class Section:
    code: str  # of a scored section one of Domain where it is one of these, so that needs compare between instruments
    kind: Kind
    name: Text
    explanation: Text
    items: tuple[Item, ...]
    bands: tuple[Band, ...] = ()  # lowest first; none when the section is not scored
    strengths: Text | None = None  # the question for the optional note on strengths

    @cached_property
    def maximum(self) -> int:
        return sum(item.maximum for item in self.items)

    @property
    def threshold(self) -> int:
        """The points at which a need begins: the start of the medium band. Scored sections only."""
        return self.bands[1].first

    def level_at(self, points: int) -> Level:
        return level_at(points, self.bands)


def level_at(points: int, bands: tuple[Band, ...]) -> Level:
    """The level of the band that holds the points. Raises ValueError for points outside every band."""
    for band in bands:
        if band.first <= points <= band.last:
            return band.level
    raise ValueError(f"{points} points lie outside every band")


def read_section(read: Reader, node: yaml.Node, place: str) -> Section:
    """The section at a node. What is wrong is noted in the reader, and the section is then of no use."""
    before = len(read.faults)
    required = ("code", "kind", "name", "explanation", "items")
    fields = read.mapping(node, place, required, optional=("bands", "strengths"))
    kind = read.choice(fields.get("kind"), f"{place}.kind", Kind)
    section = Section(
        code=read.code(fields.get("code"), f"{place}.code"),
        kind=kind,
        name=read.text(fields.get("name"), f"{place}.name"),
        explanation=read.text(fields.get("explanation"), f"{place}.explanation"),
        items=tuple(_item(read, *member, kind) for member in read.sequence(fields.get("items"), f"{place}.items")),
        bands=read_bands(read, fields.get("bands"), f"{place}.bands"),
        strengths=read.text(fields["strengths"], f"{place}.strengths") if "strengths" in fields else None,
    )
    if kind.scored != ("bands" in fields):
        read.note(place, "lacks the key: bands" if kind.scored else "has bands but is not scored", node)
    elif kind.scored and len(read.faults) == before:
        check_bands(read, section.bands, section.maximum, f"{place}.bands")
    return section


def _item(read: Reader, node: yaml.Node, place: str, kind: Kind) -> Item:
    required = ("code", "question", "guidance", "options", *(() if kind.scored else ("name",)))
    fields = read.mapping(node, place, required, optional=("may_be_unknown",))
    options = read.sequence(fields.get("options"), f"{place}.options")
    item = Item(
        code=read.code(fields.get("code"), f"{place}.code"),
        question=read.text(fields.get("question"), f"{place}.question"),
        guidance=read.text(fields.get("guidance"), f"{place}.guidance"),
        options=tuple(_option(read, *member, kind) for member in options),
        may_be_unknown=read.truth(fields.get("may_be_unknown"), f"{place}.may_be_unknown"),
        name=read.text(fields["name"], f"{place}.name") if "name" in fields else None,
    )
    note_repeats(read, ((option.code, where) for option, (_, where) in zip(item.options, options, strict=True)))
    if len(options) == 1:
        read.note(f"{place}.options", "leaves no choice: one option only", fields["options"])
    if kind.has_points and options and min(option.points for option in item.options) > 0:
        read.note(f"{place}.options", "has no option of 0 points", fields["options"])
    return item


def _option(read: Reader, node: yaml.Node, place: str, kind: Kind) -> Option:
    required = ("code", "text", "points") if kind.has_points else ("code", "text")
    optional = {Kind.SUPPORT: ("need",), Kind.RESPONSIVITY: ("barrier",)}.get(kind, ())
    fields = read.mapping(node, place, required, optional)
    return Option(
        code=read.code(fields.get("code"), f"{place}.code"),
        text=read.text(fields.get("text"), f"{place}.text"),
        points=read.whole(fields.get("points"), f"{place}.points"),
        need=read.choice(fields["need"], f"{place}.need", Level) if "need" in fields else None,
        barrier=read.truth(fields.get("barrier"), f"{place}.barrier"),
    )


def note_repeats(read: Reader, coded: Iterable[tuple[str, str]]) -> None:
    """Note each code that was there before, at the place where it comes again."""
    seen: dict[str, str] = {}
    for code, place in coded:
        if code in seen:
            read.note(f"{place}.code", f"repeats the code {code} of {seen[code]}")
        elif code:
            seen[code] = place


def read_bands(read: Reader, node: yaml.Node | None, place: str) -> tuple[Band, ...]:
    return tuple(_band(read, *member) for member in read.sequence(node, place))


def _band(read: Reader, node: yaml.Node, place: str) -> Band:
    fields = read.mapping(node, place, ("level", "first", "last"))
    return Band(
        read.choice(fields.get("level"), f"{place}.level", Level),
        read.whole(fields.get("first"), f"{place}.first"),
        read.whole(fields.get("last"), f"{place}.last"),
    )


def check_bands(read: Reader, bands: tuple[Band, ...], maximum: int, place: str) -> None:
    """Note gaps and overlaps: the bands must be low, medium, high and hold each of 0..maximum once."""
    if tuple(band.level for band in bands) != tuple(Level):
        read.note(place, f"must be {', '.join(Level)} in this order")
        return
    expected = 0
    for index, band in enumerate(bands):
        if band.last < band.first:
            read.note(f"{place}[{index}]", f"ends at {band.last} before it starts at {band.first}")
        if band.first > expected:
            read.note(f"{place}[{index}]", f"leaves a gap: starts at {band.first}, not at {expected}")
        if band.first < expected:
            read.note(f"{place}[{index}]", f"overlaps: starts at {band.first}, not at {expected}")
        expected = band.last + 1
    if expected != maximum + 1:
        read.note(place, f"ends at {expected - 1}, but the most points possible are {maximum}")
