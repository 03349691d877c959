"""An instrument of assessment as data: what it asks, how points become levels, and how its text is loaded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import yaml

from app.assessments.calculation import reading_calculation
from app.assessments.calculation.model import Calculation
from app.assessments.calculation.reading_calculation import read_calculation
from app.assessments.reading import Fault, InstrumentFault, Reader, parse
from app.assessments.section import (
    Band,
    Item,
    Option,
    Section,
    check_bands,
    level_at,
    note_repeats,
    read_bands,
    read_section,
)
from app.assessments.vocabulary import Kind, Level, Stage, Text, Use

__all__ = ["Band", "Fault", "Instrument", "InstrumentFault", "Item", "Option", "Section", "load_instrument"]

TOTAL = "total"  # the name of the sum of all points, to the formulas and among the scores
KEYS = ("code", "version", "valid_from", "validated", "title", "purpose", "notice", "sources")
KEYS_FOR_USE = {
    Use.ASSESSMENT: ("applies_to", "sections", "initial_within_days", "valid_months", "allow_unknown", "bands"),
    Use.ACUTE: ("applies_to", "sections", "valid_days"),
    Use.CALCULATION: ("scores",),
}
OPTIONAL_KEYS = {
    Use.ASSESSMENT: ("use", "steps", "checks", "scores"),
    Use.ACUTE: ("use", "checks"),
    Use.CALCULATION: ("use", "applies_to", "sections", *reading_calculation.KEYS),
}


@dataclass(frozen=True)  # no slots: what follows from the fields is worked out once and kept
class Instrument:
    code: str
    version: int
    valid_from: date
    validated: bool
    title: Text
    purpose: Text
    notice: Text  # what every page and sheet must say about validity
    sources: tuple[str, ...]
    age_from: int  # full years, inclusive
    age_to: int | None  # full years, inclusive; None for no upper end
    stages: tuple[Stage, ...]
    sections: tuple[Section, ...]
    digest: str  # sha256 of the text, 64 hexadecimal digits: names this very wording
    use: Use = Use.ASSESSMENT
    initial_within_days: int = 0  # from registration to the first assessment
    valid_months: Mapping[Level, int] = field(default_factory=dict)  # from completion to the next assessment, by level
    valid_days: int = 0  # from one acute review to the next
    allow_unknown: int = 0  # scored items that may be unknown while a level is still given
    bands: tuple[Band, ...] = ()
    calculation: Calculation | None = None

    @cached_property
    def scored(self) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if section.kind.scored)

    @cached_property
    def maximum(self) -> int:
        return sum(section.maximum for section in self.scored)

    @cached_property
    def by_code(self) -> Mapping[str, Item]:
        return {item.code: item for _, item in self.items()}

    @property
    def before_judgment(self) -> bool:
        """Nobody is guilty yet: its pages speak of no risk of reoffending and ask for no link with an offence."""
        return self.stages == (Stage.PRE_TRIAL,)

    def items(self) -> Iterator[tuple[Section, Item]]:
        """Every item with its section, in the order of the file."""
        return ((section, item) for section in self.sections for item in section.items)

    def item(self, code: str) -> Item | None:
        return self.by_code.get(code)

    def section(self, code: str) -> Section | None:
        return next((section for section in self.sections if section.code == code), None)

    def level_at(self, points: int) -> Level:
        return level_at(points, self.bands)

    def applies_to(self, age: int, stage: Stage) -> bool:
        return self.age_from <= age and (self.age_to is None or age <= self.age_to) and stage in self.stages


def load_instrument(text: str) -> Instrument:
    """The instrument that a YAML text describes; instruments/adult-community-1.yaml shows the whole format.

    Raises InstrumentFault with every fault found, each with its place, line and reason.
    """
    read = Reader()
    root = parse(text)
    use = _use(read, root)
    fields = read.mapping(root, "", (*KEYS, *KEYS_FOR_USE[use]), OPTIONAL_KEYS[use])
    ages = read.mapping(fields.get("applies_to"), "applies_to", ("age_from", "stages"), optional=("age_to",))
    sections = _sections(read, fields.get("sections"))
    instrument = Instrument(
        code=read.code(fields.get("code"), "code"),
        version=read.whole(fields.get("version"), "version", least=1),
        valid_from=read.day(fields.get("valid_from"), "valid_from"),
        validated=read.truth(fields.get("validated"), "validated"),
        title=read.text(fields.get("title"), "title"),
        purpose=read.text(fields.get("purpose"), "purpose"),
        notice=read.text(fields.get("notice"), "notice"),
        sources=tuple(read.words(*member) for member in read.sequence(fields.get("sources"), "sources")),
        age_from=read.whole(ages["age_from"], "applies_to.age_from") if "age_from" in ages else 0,
        age_to=read.whole(ages["age_to"], "applies_to.age_to") if "age_to" in ages else None,
        stages=_stages(read, ages["stages"]) if "stages" in ages else tuple(Stage),
        sections=sections,
        digest=sha256(text.encode()).hexdigest(),
        use=use,
        calculation=_calculation(read, fields, sections),
        **_of_use(read, fields, use),
    )
    if not read.faults:
        _check_whole(read, instrument)
    if read.faults:
        raise InstrumentFault(read.faults)
    return instrument


def _use(read: Reader, root: yaml.Node) -> Use:
    """What the file says it is for, looked up first because the other keys depend on it."""
    if not isinstance(root, yaml.MappingNode):
        return Use.ASSESSMENT
    node = next((value for key, value in root.value if key.value == "use"), None)
    return read.choice(node, "use", Use) if node else Use.ASSESSMENT


def _of_use(read: Reader, fields: Mapping[str, yaml.Node], use: Use) -> dict[str, Any]:
    if use is Use.CALCULATION:
        return {}
    if use is Use.ACUTE:
        return {"valid_days": read.whole(fields.get("valid_days"), "valid_days", least=1)}
    return {
        "initial_within_days": read.whole(fields.get("initial_within_days"), "initial_within_days", least=1),
        "valid_months": _valid_months(read, fields.get("valid_months")),
        "allow_unknown": read.whole(fields.get("allow_unknown"), "allow_unknown"),
        "bands": read_bands(read, fields.get("bands"), "bands"),
    }


def _calculation(read: Reader, fields: Mapping[str, yaml.Node], sections: tuple[Section, ...]) -> Calculation | None:
    if not fields.keys() & set(reading_calculation.KEYS):
        return None
    items = {item.code: tuple(one.code for one in item.options) for section in sections for item in section.items}
    pointed = [section for section in sections if section.kind.has_points]
    sums = {TOTAL, *(section.code for section in pointed)} if pointed else set()
    return read_calculation(read, fields, items, sums, {item.code for section in pointed for item in section.items})


def _stages(read: Reader, node: yaml.Node | None) -> tuple[Stage, ...]:
    members = read.sequence(node, "applies_to.stages")
    return tuple(read.choice(member, place, Stage) for member, place in members)


def _valid_months(read: Reader, node: yaml.Node | None) -> Mapping[Level, int]:
    fields = read.mapping(node, "valid_months", tuple(Level))
    months = {level: read.whole(fields.get(level), f"valid_months.{level}", least=1) for level in Level}
    return MappingProxyType(months)


def _sections(read: Reader, node: yaml.Node | None) -> tuple[Section, ...]:
    members = read.sequence(node, "sections") if node else []
    sections = tuple(read_section(read, *member) for member in members)
    note_repeats(read, ((section.code, place) for section, (_, place) in zip(sections, members, strict=True)))
    items = (
        (item.code, f"{place}.items[{index}]")
        for section, (_, place) in zip(sections, members, strict=True)
        for index, item in enumerate(section.items)
    )
    note_repeats(read, items)
    return sections


def _check_whole(read: Reader, instrument: Instrument) -> None:
    """What only shows when every part is right by itself."""
    of_acute_use = {section.code for section in instrument.sections if section.kind in (Kind.ACUTE, Kind.PROTECTIVE)}
    if instrument.use is Use.ASSESSMENT:
        check_bands(read, instrument.bands, instrument.maximum, "bands")
    if instrument.use is Use.ACUTE:
        if len(of_acute_use) < len(instrument.sections):
            read.note("sections", "of an acute form are acute or protective")
    elif of_acute_use:
        read.note("sections", f"belong to an acute form: {', '.join(sorted(of_acute_use))}")
    if instrument.age_to is not None and instrument.age_to < instrument.age_from:
        read.note("applies_to", "ends before it starts: age_to is less than age_from")
    if instrument.use is Use.ASSESSMENT and not instrument.scored:
        read.note("sections", "hold no scored section")
