"""Why a result is what it is: every answer behind it, grouped and sorted for reading."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.assessments.instrument import Band, Instrument, Item, Section
from app.assessments.scoring import DomainScore, Remark, Result
from app.assessments.vocabulary import Kind, Level, Text


@dataclass(frozen=True, slots=True)
class Line:
    """One scored item: what was asked, what was answered, and what that added. No answer: it is not known."""

    item_code: str
    question: Text
    answer: Text | None
    points: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Block:
    """One scored section with its lines, those that added most first."""

    section: Section
    score: DomainScore
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """An answer without points. No answer: it is not known."""

    item_code: str
    name: Text
    answer: Text | None
    level: Level | None


def blocks(instrument: Instrument, result: Result) -> tuple[Block, ...]:
    """The scored sections, those with the most points first, otherwise in the order of the file."""
    points = {one.item_code: one.points for one in result.contributions}
    chosen = {one.item_code: one.option_code for one in result.contributions}
    found = (
        Block(section, result.domain(section.code), tuple(_lines(section, chosen, points)))
        for section in instrument.scored
    )
    return tuple(sorted(found, key=lambda block: -block.score.points))


def _lines(section: Section, chosen: Mapping[str, str], points: Mapping[str, int]) -> Iterable[Line]:
    asked = sorted(section.items, key=lambda item: -points.get(item.code, 0))
    return (
        Line(item.code, item.question, _answer(item, chosen.get(item.code)), points.get(item.code, 0), item.maximum)
        for item in asked
    )


def _answer(item: Item, option_code: str | None) -> Text | None:
    option = item.option(option_code) if option_code else None
    return option.text if option else None


def matters(instrument: Instrument, result: Result, kind: Kind) -> dict[str, Matter]:
    """The answers of the sections of one kind without points, by item code, in the order of the file."""
    sections = {section.code for section in instrument.sections if section.kind is kind}
    return {one.item_code: _matter(instrument, one) for one in result.remarks if one.section_code in sections}


def _matter(instrument: Instrument, remark: Remark) -> Matter:
    item = instrument.item(remark.item_code)
    if item is None:
        raise KeyError(remark.item_code)
    return Matter(item.code, item.name or item.question, _answer(item, remark.option_code), remark.need)


@dataclass(frozen=True, slots=True)
class Unsure:
    """What is not known of the scored items, and what it could change: the points and level with each at its most."""

    items: tuple[Item, ...]
    most: int
    level_if_worst: Level | None
    may_change: bool


def unsure(instrument: Instrument, result: Result) -> Unsure:
    items = tuple(item for section in instrument.scored for item in section.items if item.code in result.unknown)
    most = result.points + sum(item.maximum for item in items)
    return Unsure(items, most, result.level_if_worst, result.level_may_change)


def band_of(bands: Iterable[Band], level: Level | str | None) -> Band | None:
    """The band of a level; None for a level that could not be given."""
    return next((band for band in bands if band.level == level), None)
