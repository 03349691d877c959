"""How a file of the methodology is read: strictly, with every fault and its place."""

import re
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import yaml

from app.assistance.vocabulary import Direction
from app.clients.vocabulary import Stage
from app.offices.reading import LOADER, BadReference, Entry, Texts, read_file, refuse_twice, settle
from app.programs.proposals.proposing import EVERY, LEVELS, PRESENT, AreaKind, Rule, SuggestedStep
from app.programs.proposals.responsivity import FACTORS
from app.programs.vocabulary import Doer

RULE_CODE = re.compile(r"[A-Z]{1,3}-[0-9]{1,3}")
WHEN = ("working_hours",)
MOST_DAYS = 1095  # three years: longer steps are a slip of the finger
MOST_HOURS = 1000  # likewise
MOST_GOALS = 10
LONGEST = 300  # characters, the width of a goal and of a step


@dataclass(frozen=True, slots=True)
class Area:
    """A kind of need, by the code that assessments give it, with its name for people."""

    code: str
    name: Texts
    rules: tuple[Rule, ...]
    kind: AreaKind = AreaKind.NEED


@dataclass(frozen=True, slots=True)
class Limits:
    active_goals: int  # to work on at once
    hours: dict[str, int] = field(hash=False)  # of contact in a whole programme, by overall level


@dataclass(frozen=True, slots=True)
class Document:
    """One file: the methodology of a stage, or of every stage."""

    stage: str
    version: int
    title: Texts
    introduction: Texts
    source: Texts
    checked: bool  # somebody has compared it with its source
    limits: Limits | None  # of a stage only
    areas: tuple[Area, ...]
    digest: str  # sha256 of the file, 64 hexadecimal digits: names this very wording

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for area in self.areas for rule in area.rules)


def read_document(path: Path) -> Document:
    """Raise BadReference with every fault and its place."""
    faults: list[str] = []
    entry = read_file(path, faults)
    faults += repeated_keys(path)
    stage = entry.one_of("stage", (*Stage, EVERY))
    version = entry.take("version", int, 1)
    if stage and path.name != (due := f"{stage_in_name(stage)}-{version}.yaml"):
        entry.note(f"and version belong to a file named {due}", "stage")
    coded: list[tuple[Entry, str]] = []
    inner = entry.entries("areas")
    areas = tuple(area_of(one, stage, coded) for one in inner)
    refuse_twice([(one, f"{area.code} ({area.kind})") for one, area in zip(inner, areas, strict=True)])
    refuse_twice(coded)
    document = Document(
        stage=stage,
        version=version,
        title=entry.texts("title"),
        introduction=entry.texts("introduction"),
        source=entry.texts("source"),
        checked=entry.flag("checked"),
        limits=None if stage == EVERY else limits_of(entry),
        areas=areas,
        digest=sha256(path.read_bytes()).hexdigest(),
    )
    entry.end()
    settle(faults)
    return document


def stage_in_name(stage: str) -> str:
    return "every-stage" if stage == EVERY else stage.replace("_", "-")


def limits_of(file: Entry) -> Limits:
    entry = Entry(file.take("limits", dict, {}), f"{file.place}.limits", file.faults)
    active = whole(entry, "active_goals", MOST_GOALS)
    inner = Entry(entry.take("hours", dict, {}), f"{entry.place}.hours", file.faults)
    hours = {level: whole(inner, level, MOST_HOURS) for level in LEVELS}
    if sorted(hours.values()) != list(hours.values()):
        inner.note("fall where the level rises")
    inner.end()
    entry.end()
    return Limits(active, hours)


def area_of(entry: Entry, stage: str, coded: list[tuple[Entry, str]]) -> Area:
    code, name = entry.text("code"), entry.texts("name")
    kind = entry.one_of("kind", tuple(AreaKind))
    area_kind = AreaKind(kind) if kind in set(AreaKind) else AreaKind.NEED
    if area_kind is AreaKind.RESPONSIVITY and code and code not in FACTORS:
        entry.note(f"is {code}, not one of {', '.join(FACTORS)}", "code")
    inner = entry.entries("rules")
    found = tuple(rule_of(one, code, area_kind, stage) for one in inner)
    coded += [(one, rule.code) for one, rule in zip(inner, found, strict=True)]
    entry.end()
    return Area(code, name, found, area_kind)


def rule_of(entry: Entry, area: str, kind: AreaKind, stage: str) -> Rule:
    rule = Rule(
        code=entry.text("code"),
        area=area,
        levels=entry.some_of("levels", (PRESENT,) if kind is AreaKind.RESPONSIVITY else LEVELS),
        goal=short_texts(entry, "goal"),
        basis=entry.texts("basis"),
        steps=tuple(map(step_of, entry.entries("steps"))),
        instruments=tuple(map(str, entry.take("instruments", list, []))) if "instruments" in entry.rest else (),
        kind=kind,
        stage=stage,
    )
    if rule.code and not RULE_CODE.fullmatch(rule.code):
        entry.note("is not a code like W-1", "code")
    entry.end()
    return rule


def step_of(entry: Entry) -> SuggestedStep:
    step = SuggestedStep(
        doer=entry.one_of("doer", tuple(Doer)),
        days=whole(entry, "days", MOST_DAYS),
        text=short_texts(entry, "text"),
        hours=whole(entry, "hours", MOST_HOURS) if "hours" in entry.rest else None,
        when=entry.one_of("when", WHEN) if "when" in entry.rest else None,
        service=entry.one_of("service", tuple(Direction)) if "service" in entry.rest else None,
    )
    entry.end()
    return step


def whole(entry: Entry, key: str, most: int) -> int:
    number: int = entry.take(key, int, 1)
    if not 0 < number <= most:
        entry.note(f"is not from 1 to {most}", key)
    return number


def short_texts(entry: Entry, key: str) -> Texts:
    texts = entry.texts(key)
    if any(len(text) > LONGEST for text in texts.values()):
        entry.note(f"is longer than {LONGEST} characters", key)
    return texts


def repeated_keys(path: Path) -> list[str]:
    """A key written twice, of which YAML would silently keep the last."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), LOADER)
    except yaml.YAMLError as reason:  # what loads is composed too, so this is for a document of several parts
        raise BadReference([f"{path.name} cannot be read: {reason}"]) from None
    return [f"{place} is there a second time" for place in repeated_in(root, path.name)]


def repeated_in(node: yaml.Node | None, place: str) -> list[str]:
    found = []
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            inside = f"{place}.{key.value}"
            found += [inside] if inside in seen else []
            found += repeated_in(value, inside)
            seen.add(inside)
    elif isinstance(node, yaml.SequenceNode):
        found = [one for number, value in enumerate(node.value) for one in repeated_in(value, f"{place}[{number}]")]
    return found
