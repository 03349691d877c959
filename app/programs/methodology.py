"""The methodology of the service: which goals and steps fit which need, read from its data files."""

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from app.offices.reading import Entry, Texts, read_entries, refuse_twice, settle
from app.programs.proposing import Rule, SuggestedStep
from app.programs.vocabulary import Doer

FOLDER = Path(__file__).parent / "methodology"
FILE = FOLDER / "community-1.yaml"
FILES = (FILE, FOLDER / "stages-1.yaml")
LEVELS = ("low", "medium", "high")
RULE_CODE = re.compile(r"[A-Z]{1,3}-[0-9]{1,3}")
MOST_DAYS = 1095  # three years: longer steps are a slip of the finger
LONGEST = 300  # characters, the width of a goal and of a step


@dataclass(frozen=True, slots=True)
class Area:
    """A kind of need, by the code that assessments give it, with its name for people."""

    code: str
    name: Texts
    rules: tuple[Rule, ...]


@cache
def areas() -> dict[str, Area]:
    """All areas by code, in the order of the files; a later file may give an area more rules."""
    found: dict[str, Area] = {}
    for area in (area for path in FILES for area in read_areas(path)):
        known = found.get(area.code)
        found[area.code] = replace(known, rules=known.rules + area.rules) if known else area
    return found


@cache
def rules() -> dict[str, Rule]:
    """All rules by code, in the order of the files."""
    return {rule.code: rule for area in areas().values() for rule in area.rules}


def read_areas(path: Path = FILE) -> tuple[Area, ...]:
    """All areas of a file; raise BadReference with every fault and its place."""
    faults: list[str] = []
    entries = read_entries(path, "areas", faults)
    coded: list[tuple[Entry, str]] = []
    found = tuple(area_of(entry, coded) for entry in entries)
    refuse_twice([(entry, area.code) for entry, area in zip(entries, found, strict=True)])
    refuse_twice(coded)
    settle(faults)
    return found


def area_of(entry: Entry, coded: list[tuple[Entry, str]]) -> Area:
    code, name = entry.text("code"), entry.texts("name")
    inner = entry.entries("rules")
    found = tuple(rule_of(one, code) for one in inner)
    coded += [(one, rule.code) for one, rule in zip(inner, found, strict=True)]
    entry.end()
    return Area(code, name, found)


def rule_of(entry: Entry, area: str) -> Rule:
    rule = Rule(
        code=entry.text("code"),
        area=area,
        levels=entry.some_of("levels", LEVELS),
        goal=short_texts(entry, "goal"),
        basis=entry.texts("basis"),
        steps=tuple(map(step_of, entry.entries("steps"))),
        instruments=tuple(map(str, entry.take("instruments", list, []))) if "instruments" in entry.rest else (),
    )
    if rule.code and not RULE_CODE.fullmatch(rule.code):
        entry.note("is not a code like W-1", "code")
    entry.end()
    return rule


def step_of(entry: Entry) -> SuggestedStep:
    days = entry.take("days", int, 1)
    if not 0 < days <= MOST_DAYS:
        entry.note(f"is not from 1 to {MOST_DAYS}", "days")
    step = SuggestedStep(entry.one_of("doer", tuple(doer.value for doer in Doer)), days, short_texts(entry, "text"))
    entry.end()
    return step


def short_texts(entry: Entry, key: str) -> Texts:
    texts = entry.texts(key)
    if any(len(text) > LONGEST for text in texts.values()):
        entry.note(f"is longer than {LONGEST} characters", key)
    return texts
