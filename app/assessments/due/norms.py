"""The norms that say by when a person is assessed: dated data, read from norms.yaml and refused when they disagree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from itertools import combinations, pairwise, product
from pathlib import Path

import yaml

from app.assessments.reading import InstrumentFault, Reader, Word, parse
from app.assessments.vocabulary import Level, Stage, Text
from app.clients.vocabulary import EventKind
from app.web.months import months_after

FILE = Path(__file__).with_name("norms.yaml")


class Trigger(StrEnum):
    """From what a term runs."""

    REGISTRATION = "registration"  # to the first assessment
    COMPLETION = "completion"  # of the last assessment, by its level
    EVENT = "event"  # in the person's life, by its kind
    TRANSFER = "transfer"  # of the case, when it is accepted
    RELEASE = "release"  # when the case comes to the stage after the institution
    OBJECTION = "objection"  # of the person, upheld: due at once, by no norm


ALWAYS = (Trigger.REGISTRATION, Trigger.COMPLETION)  # everybody has such a term, at every stage and level


class Unit(StrEnum):
    DAYS = "days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Term:
    count: int
    unit: Unit

    def after(self, day: date) -> date:
        if self.unit is Unit.MONTHS:
            return months_after(day, self.count)
        return day + timedelta(days=self.count)


@dataclass(frozen=True, slots=True)
class Norm:
    code: str
    text: Text
    source: Text
    checked: bool  # somebody has compared it with the act that it comes from
    valid_from: date
    valid_to: date | None  # the first day on which it no longer holds; None while it does
    trigger: Trigger
    term: Term
    stages: frozenset[Stage] = frozenset(Stage)
    levels: frozenset[Level] = frozenset(Level)
    events: frozenset[EventKind] = frozenset()

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    def overlaps(self, other: "Norm") -> bool:
        """Whether there is a day on which both hold."""
        return (other.valid_to is None or self.valid_from < other.valid_to) and (
            self.valid_to is None or other.valid_from < self.valid_to
        )

    @property
    def cells(self) -> frozenset[tuple[str, ...]]:
        """What it applies to, in the smallest parts: two norms never share one on the same day."""
        narrowed: dict[Trigger, Iterable[str]] = {Trigger.COMPLETION: self.levels, Trigger.EVENT: self.events}
        kinds = narrowed.get(self.trigger, ("",))
        return frozenset((self.trigger, str(kind), str(stage)) for kind, stage in product(kinds, self.stages))


@cache
def norms(path: Path = FILE) -> tuple[Norm, ...]:
    """The norms of a file. Raises InstrumentFault with every fault found, each with its place, line and reason."""
    return load_norms(path.read_text(encoding="utf-8"))


def load_norms(text: str) -> tuple[Norm, ...]:
    """The norms that a YAML text lists; norms.yaml shows the whole format. Raises InstrumentFault."""
    read = Reader()
    root = read.mapping(parse(text), "", ("norms",))
    members = read.sequence(root.get("norms"), "norms")
    found = tuple(_norm(read, *member) for member in members)
    if not read.faults:
        nodes = {id(norm): node for norm, (node, _place) in zip(found, members, strict=True)}
        _check_overlaps(read, found, nodes)
        _check_gaps(read, found, nodes)
    if read.faults:
        raise InstrumentFault(read.faults)
    return found


KEYS = ("code", "text", "source", "checked", "valid_from", "trigger")
NARROWED_BY = {Trigger.COMPLETION: ("levels",), Trigger.EVENT: ("events",)}


def _norm(read: Reader, node: yaml.Node, place: str) -> Norm:
    fields = read.mapping(node, place, KEYS, ("valid_to", "stages", "levels", "events", *Unit))
    trigger = read.choice(fields.get("trigger"), f"{place}.trigger", Trigger)
    if trigger is Trigger.OBJECTION:
        read.note(f"{place}.trigger", "takes no norm: an assessment is due at once", fields["trigger"])
    for name in {"levels", "events"} & fields.keys():
        if name not in NARROWED_BY.get(trigger, ()):
            read.note(f"{place}.{name}", f"does not belong to the trigger {trigger}", fields[name])
    norm = Norm(
        code=read.words(fields.get("code"), f"{place}.code"),
        text=read.text(fields.get("text"), f"{place}.text"),
        source=read.text(fields.get("source"), f"{place}.source"),
        checked=read.truth(fields.get("checked"), f"{place}.checked"),
        valid_from=read.day(fields.get("valid_from"), f"{place}.valid_from"),
        valid_to=read.day(fields["valid_to"], f"{place}.valid_to") if "valid_to" in fields else None,
        trigger=trigger,
        term=_term(read, fields, node, place),
        stages=_those(read, fields, f"{place}.stages", Stage) or frozenset(Stage),
        levels=_those(read, fields, f"{place}.levels", Level) or frozenset(Level),
        events=_those(read, fields, f"{place}.events", EventKind),
    )
    if trigger is Trigger.EVENT and "events" not in fields:
        read.note(place, "lacks the key: events", node)
    if norm.valid_to is not None and norm.valid_to <= norm.valid_from:
        read.note(f"{place}.valid_to", "is not after valid_from", fields["valid_to"])
    return norm


def _those(read: Reader, fields: Mapping[str, yaml.Node], place: str, vocabulary: type[Word]) -> frozenset[Word]:
    members = read.sequence(fields.get(place.rpartition(".")[2]), place)
    return frozenset(read.choice(member, where, vocabulary) for member, where in members)


def _term(read: Reader, fields: Mapping[str, yaml.Node], node: yaml.Node, place: str) -> Term:
    given = [unit for unit in Unit if unit.value in fields]
    if len(given) != 1:
        read.note(place, "says its term in one of: days, months", node)
        return Term(1, Unit.DAYS)
    (unit,) = given
    return Term(read.whole(fields[unit.value], f"{place}.{unit}", least=1), unit)


def _check_overlaps(read: Reader, found: tuple[Norm, ...], nodes: Mapping[int, yaml.Node]) -> None:
    for earlier, later in combinations(found, 2):
        if not earlier.overlaps(later):
            continue
        if earlier.code == later.code:
            read.note("norms", f"hold {later.code} twice on the same day", nodes[id(later)])
        elif shared := earlier.cells & later.cells:
            what = " ".join(part for part in min(shared) if part)
            read.note("norms", f"overlap: {earlier.code} and {later.code} both say when for {what}", nodes[id(later)])


def _check_gaps(read: Reader, found: tuple[Norm, ...], nodes: Mapping[int, yaml.Node]) -> None:
    """What a norm once says goes on without a hole; registration and completion are covered whole, and for good."""
    begins = min((norm.valid_from for norm in found), default=date.min)
    for cell in sorted(_cells_of(ALWAYS) | frozenset(cell for norm in found for cell in norm.cells)):
        line = sorted((norm for norm in found if cell in norm.cells), key=lambda norm: norm.valid_from)
        what = " ".join(part for part in cell if part)
        for before, after in pairwise(line):
            if before.valid_to != after.valid_from:
                read.note("norms", f"leave a gap before {after.code} for {what}", nodes[id(after)])
        if cell[0] not in ALWAYS:
            continue
        if not line or line[0].valid_from > begins:
            read.note("norms", f"say nothing from {begins} for {what}")
        elif line[-1].valid_to is not None:
            read.note("norms", f"say nothing from {line[-1].valid_to} for {what}", nodes[id(line[-1])])


def _cells_of(triggers: Iterable[Trigger]) -> frozenset[tuple[str, ...]]:
    return frozenset(
        (trigger, kind, str(stage))
        for trigger in triggers
        for kind in (tuple(map(str, Level)) if trigger is Trigger.COMPLETION else ("",))
        for stage in Stage
    )
