"""Reads the cut-offs of a score: which level begins where, from which day on, and for whom."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import yaml

from app.assessments.calculation.model import Cutoff, CutoffSet, Form, Input
from app.assessments.calculation.reading_formulas import read_number
from app.assessments.reading import Reader


@dataclass(frozen=True, slots=True)
class Frame:
    """What the cut-offs of a score may refer to."""

    levels: Collection[str]  # of the score, lowest first
    inputs: Mapping[str, Input]
    dated: bool  # whether an input's date chooses among the sets


def read_cutoffs(read: Reader, node: yaml.Node | None, place: str, frame: Frame) -> tuple[CutoffSet, ...]:
    """The sets of cut-offs of one score. Overlaps, gaps and unknown levels are noted in the reader."""
    members = read.sequence(node, place)
    sets = tuple(_set(read, *member, frame) for member in members)
    for index, one in enumerate(sets):
        if one.valid_from and not frame.dated:
            read.note(f"{place}[{index}]", "is in force from a day, but the score has no dated_by", members[index][0])
        if any(one.overlaps(earlier) for earlier in sets[:index]):
            read.note(f"{place}[{index}]", "overlaps: other cut-offs hold for the same people", members[index][0])
    return sets


def _set(read: Reader, node: yaml.Node, place: str, frame: Frame) -> CutoffSet:
    fields = read.mapping(node, place, ("version", "bands"), optional=("valid_from", "for"))
    about = {}
    if "for" in fields:
        words = [one.code for one in frame.inputs.values() if one.form is Form.WORD]
        for key, value in read.mapping(fields["for"], f"{place}.for", (), words).items():
            about[key] = read.words(value, f"{place}.for.{key}")
            if about[key] not in frame.inputs[key].words:
                read.note(f"{place}.for.{key}", f"is not one of {', '.join(frame.inputs[key].words)}", value)
    return CutoffSet(
        version=read.whole(fields.get("version"), f"{place}.version", least=1),
        valid_from=read.day(fields["valid_from"], f"{place}.valid_from") if "valid_from" in fields else None,
        about=about,
        bands=_bands(read, fields.get("bands"), f"{place}.bands", tuple(frame.levels)),
    )


def _bands(read: Reader, node: yaml.Node | None, place: str, levels: tuple[str, ...]) -> tuple[Cutoff, ...]:
    bands: list[Cutoff] = []
    for member, where in read.sequence(node, place):
        fields = read.mapping(member, where, ("level", "from"), optional=("to",))
        level = read.words(fields.get("level"), f"{where}.level")
        first = read_number(read, fields.get("from"), f"{where}.from")
        last = read_number(read, fields["to"], f"{where}.to") if "to" in fields else None
        if level and level not in levels:
            read.note(f"{where}.level", f"is not one of {', '.join(levels)}", member)
        if last is not None and last < first:
            read.note(where, f"ends at {last} before it starts at {first}", member)
        one = Cutoff(level, first, last)
        for reason in _faults(bands[-1], one, levels) if bands else ():
            read.note(where, reason, member)
        bands.append(one)
    # An end before another level is only checked: the level goes on to where the next one begins.
    return tuple(Cutoff(one.level, one.first, one.last if one is bands[-1] else None) for one in bands)


def _faults(before: Cutoff, one: Cutoff, levels: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with a level after another."""
    end = before.first if before.last is None else before.last
    if one.first <= end:
        yield f"overlaps: starts at {one.first}, but the level before holds {end}"
    elif before.last is not None and one.first > before.last + 1:
        yield f"leaves a gap: starts at {one.first}, but the level before ends at {before.last}"
    if {one.level, before.level} <= set(levels) and levels.index(one.level) <= levels.index(before.level):
        yield f"is out of order: {one.level} comes after {before.level}"
