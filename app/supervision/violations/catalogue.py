"""What a person may have broken and what the service may answer: two files of data, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import cache
from pathlib import Path
from typing import Any

from app.clients.legal_bases import legal_bases
from app.offices.reading import Entry, Texts, read_file, refuse_twice, settle
from app.supervision.norms import norms

VIOLATIONS, ANSWERS = (Path(__file__).with_name(name) for name in ("violations.yaml", "answers.yaml"))
KINDS = ("warning", "representation", "incentive")
SEARCH = "search"  # what a rule proposes that is no paper: the first steps of a search


@dataclass(frozen=True, slots=True)
class Breach:
    """A kind of violation. ``bases`` are empty where it belongs to all; ``act`` where no act sets it."""

    code: str
    texts: Texts
    bases: tuple[str, ...]
    act: Texts | None
    article: str
    checked: bool
    documented: bool
    missed_visit: bool
    missed_work: bool

    def belongs_to(self, basis: str) -> bool:
        return not self.bases or basis in self.bases


@dataclass(frozen=True, slots=True)
class Measure:
    """What an answer says or asks for."""

    code: str
    kind: str
    names: Texts
    is_reward: bool
    asks_months: bool


class When(StrEnum):
    ALWAYS = auto()
    FIRST = auto()
    REPEAT = auto()
    WITHIN = auto()
    OVER = auto()
    WARNED = auto()
    UNWARNED = auto()
    HIDDEN = auto()
    MISSING = auto()
    SOUGHT = auto()
    HALF = auto()


ABOUT_THE_CASE = frozenset({When.MISSING, When.SOUGHT, When.HALF})
COUNTED = frozenset({When.WITHIN, When.OVER, When.WARNED, When.UNWARNED, When.HIDDEN, *ABOUT_THE_CASE})


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """When the norms foresee a measure; see answers.yaml."""

    code: str
    norm: str
    measure: str
    bases: tuple[str, ...]
    violations: tuple[str, ...]
    when: When
    limit: str
    minor: bool | None
    most: str
    beside: tuple[str, ...]

    def applies_to(self, basis: str, is_minor: bool) -> bool:
        return (not self.bases or basis in self.bases) and self.minor in (None, is_minor)


@dataclass(frozen=True, slots=True)
class Answering:
    """The file of answers: what may be said, and when it is foreseen."""

    measures: Mapping[str, Measure]
    rules: tuple[AnswerRule, ...]


@cache
def breaches() -> Mapping[str, Breach]:
    """All kinds of violation by their codes, in the order of the file."""
    return {one.code: one for one in read_breaches(VIOLATIONS)}


@cache
def answering() -> Answering:
    return read_answering(ANSWERS)


def breaches_of(basis: str) -> list[Breach]:
    """What a person with a case of this basis may have broken."""
    return [one for one in breaches().values() if one.belongs_to(basis)]


def missed_visit_of(basis: str) -> Breach | None:
    """What it is when a person of this basis does not come on a reporting day."""
    return next((one for one in breaches_of(basis) if one.missed_visit), None)


def missed_work_of(basis: str) -> Breach | None:
    """What it is when a person of this basis is absent from community work."""
    return next((one for one in breaches_of(basis) if one.missed_work), None)


def read_breaches(path: Path) -> tuple[Breach, ...]:
    """The kinds of violation. Raises BadReference with every fault and its place."""
    faults: list[str] = []
    file = read_file(path, faults)
    acts = {}
    for entry in file.entries("acts"):
        acts[entry.text("code")] = entry.texts("name")
        entry.end()
    entries = file.entries("violations")
    file.end()
    found = tuple(read_breach(entry, acts) for entry in entries)
    refuse_twice([(entry, one.code) for entry, one in zip(entries, found, strict=True)])
    settle(faults)
    return found


def read_breach(entry: Entry, acts: Mapping[str, Texts]) -> Breach:
    has_act = "act" in entry.rest
    breach = Breach(
        code=entry.text("code"),
        texts=entry.texts("text"),
        bases=some_bases(entry),
        act=acts.get(entry.one_of("act", tuple(acts))) if has_act else None,
        article=entry.text("article") if has_act else "",
        checked=entry.flag("checked"),
        documented=flag(entry, "documented"),
        missed_visit=flag(entry, "missed_visit"),
        missed_work=flag(entry, "missed_work"),
    )
    entry.end()
    return breach


def read_answering(path: Path) -> Answering:
    """The measures and the rules. Raises BadReference with every fault and its place."""
    faults: list[str] = []
    file = read_file(path, faults)
    measured, ruled = file.entries("measures"), file.entries("rules")
    file.end()
    measures = [read_measure(entry) for entry in measured]
    rules = [read_rule(entry, tuple(one.code for one in measures)) for entry in ruled]
    refuse_twice([(entry, one.code) for entry, one in zip(measured, measures, strict=True)])
    refuse_twice([(entry, one.code) for entry, one in zip(ruled, rules, strict=True)])
    settle(faults)
    return Answering({one.code: one for one in measures}, tuple(rules))


def read_measure(entry: Entry) -> Measure:
    measure = Measure(
        code=entry.text("code"),
        kind=entry.one_of("kind", KINDS),
        names=entry.texts("name"),
        is_reward=flag(entry, "reward"),
        asks_months=flag(entry, "months"),
    )
    entry.end()
    return measure


def read_rule(entry: Entry, measures: tuple[str, ...]) -> AnswerRule:
    known: Any = {one.code for one in norms()} | {one.kind for one in norms()}
    rule = AnswerRule(
        code=entry.text("code"),
        norm=entry.one_of("norm", tuple(known)),
        measure=entry.one_of("measure", (*measures, SEARCH)),
        bases=some_bases(entry),
        violations=entry.some_of("violations", tuple(breaches())) if "violations" in entry.rest else (),
        when=when_of(entry),
        limit=entry.one_of("limit", tuple(known)) if "limit" in entry.rest else "",
        minor=entry.flag("minor") if "minor" in entry.rest else None,
        most=entry.one_of("most", tuple(known)) if "most" in entry.rest else "",
        beside=entry.some_of("beside", measures) if "beside" in entry.rest else (),
    )
    if bool(rule.violations) == (rule.when in ABOUT_THE_CASE):
        entry.note("does not fit to what the rule looks at", "violations")
    if bool(rule.limit) != (rule.when in COUNTED):
        entry.note("does not fit to when the rule holds", "limit")
    entry.end()
    return rule


def when_of(entry: Entry) -> When:
    said = entry.one_of("when", tuple(When))
    return When(said) if said in tuple(When) else When.ALWAYS


def some_bases(entry: Entry) -> tuple[str, ...]:
    return entry.some_of("bases", tuple(legal_bases())) if "bases" in entry.rest else ()


def flag(entry: Entry, key: str) -> bool:
    return entry.flag(key) if key in entry.rest else False
