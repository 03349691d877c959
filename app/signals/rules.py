"""The rules of early warning as the file tells them: what is watched, how urgent it is, who is told, which numbers."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import combinations
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import yaml

from app.assessments.reading import InstrumentFault, Reader, parse
from app.assessments.vocabulary import LANGUAGES, Text
from app.signals import changes, deadlines
from app.signals.deciding import DECIDERS, Decider, Evidence, Limits
from app.signals.facts import Facts
from app.signals.vocabulary import Severity, Told

DECIDED_IN = (changes, deadlines)  # importing them offers their decisions
FILE = Path(__file__).with_name("rules.yaml")
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
KEYS = ("code", "version", "valid_from", "severity", "tell", "acknowledge_within_days", "name", "meaning", "reason",
        "parameters", "source", "checked")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a rule. ``checked`` says whether the source itself was read, or the number is our setting."""

    code: str
    version: int
    valid_from: date
    valid_to: date | None  # the first day on which it no longer holds
    severity: Severity
    tell: tuple[Told, ...]
    acknowledge_within_days: int
    name: Text
    meaning: Text  # names the limits in braces
    reason: Text  # names the values of the evidence in braces
    limits: Limits
    source: Text
    checked: bool

    @property
    def decider(self) -> Decider:
        return DECIDERS[self.code]

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class Finding(NamedTuple):
    """A rule that holds in a case, with all the evidence there is for it."""

    rule: Rule
    evidence: Sequence[Evidence]


class Watch:
    """The rules of a day, by what they look at: most cases have nothing for most of them."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        together: dict[tuple[str, ...], list[Rule]] = {}
        for rule in self.rules:
            together.setdefault(rule.decider.looks_at, []).append(rule)
        self.by_facts = [
            (any_of(names), [(rule, rule.decider.decide, rule.limits) for rule in some])
            for names, some in together.items()
        ]


def any_of(names: Sequence[str]) -> Callable[[Facts], object]:
    """Whether any of these facts is there."""
    if len(names) == 1:
        return attrgetter(names[0])
    several = attrgetter(*names)
    return lambda facts: any(several(facts))


def evaluate(watch: Watch, facts: Facts, on: date) -> tuple[Finding, ...]:
    """What the rules say of one case on a day."""
    return tuple(evaluate_all(watch, (facts,), on).get(facts.case_id, ()))


def evaluate_all(watch: Watch, everybody: Collection[Facts], on: date) -> dict[int, list[Finding]]:
    """What the rules say of each case, by its number; a case of which none speaks is missing."""
    found: dict[int, list[Finding]] = {}
    for is_there, rules in watch.by_facts:
        some = [facts for facts in everybody if is_there(facts)]
        for rule, decide, limits in rules:
            for facts in some:
                if evidence := decide(facts, limits, on):
                    found.setdefault(facts.case_id, []).append(Finding(rule, evidence))
    return found


@cache
def every_version() -> tuple[Rule, ...]:
    return read_rules(FILE.read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def in_force(day: date) -> Watch:
    """The rules that hold on a day, in the order of the file."""
    return Watch(rule for rule in every_version() if rule.holds_on(day))


def find(code: str, version: int) -> Rule:
    """A rule as it was when it spoke. Raises LookupError when the file no longer tells it: versions stay there."""
    for rule in every_version():
        if (rule.code, rule.version) == (code, version):
            return rule
    raise LookupError(f"{code} version {version} is not among the rules")


def read_rules(text: str) -> tuple[Rule, ...]:
    """All versions of all rules. Raises InstrumentFault with the place, the line and the reason of every fault."""
    reader = Reader()
    fields = reader.mapping(parse(text), "", ("rules",))
    entries = reader.sequence(fields.get("rules"), "rules")
    rules = [(read_rule(reader, node, place), node, place) for node, place in entries]
    for (one, _node, _place), (other, node, place) in combinations(rules, 2):
        if one.code == other.code:
            refuse_overlap(reader, one, other, node, place)
    if reader.faults:
        raise InstrumentFault(reader.faults)
    return tuple(rule for rule, _node, _place in rules)


def read_rule(reader: Reader, node: yaml.Node, place: str) -> Rule:
    fields = reader.mapping(node, place, KEYS, ("valid_to",))
    code = reader.code(fields.get("code"), f"{place}.code")
    decider = DECIDERS.get(code)
    if code and decider is None:
        reader.note(f"{place}.code", f"no decision is known for {code}", fields["code"])
    tell = [
        reader.choice(member, where, Told) for member, where in reader.sequence(fields.get("tell"), f"{place}.tell")
    ]
    rule = Rule(
        code=code,
        version=reader.whole(fields.get("version"), f"{place}.version", least=1),
        valid_from=reader.day(fields.get("valid_from"), f"{place}.valid_from"),
        valid_to=reader.day(fields["valid_to"], f"{place}.valid_to") if "valid_to" in fields else None,
        severity=reader.choice(fields.get("severity"), f"{place}.severity", Severity),
        tell=tuple(tell),
        acknowledge_within_days=reader.whole(fields.get("acknowledge_within_days"), f"{place}.acknowledge_within_days"),
        name=reader.text(fields.get("name"), f"{place}.name"),
        meaning=reader.text(fields.get("meaning"), f"{place}.meaning"),
        reason=reader.text(fields.get("reason"), f"{place}.reason"),
        limits=read_limits(reader, fields.get("parameters"), f"{place}.parameters", decider),
        source=reader.text(fields.get("source"), f"{place}.source"),
        checked=reader.truth(fields.get("checked"), f"{place}.checked"),
    )
    check_rule(reader, rule, decider, fields, place)
    return rule


def read_limits(reader: Reader, node: yaml.Node | None, place: str, decider: Decider | None) -> Limits:
    if decider is None:
        return {}
    numbers = reader.mapping(node, place, decider.parameters)
    return {name: reader.whole(number, f"{place}.{name}") for name, number in numbers.items()}


def check_rule(reader: Reader, rule: Rule, decider: Decider | None, fields: dict[str, yaml.Node], place: str) -> None:
    """What only shows when a rule is read as a whole."""
    if rule.valid_to is not None and rule.valid_to <= rule.valid_from:
        reader.note(f"{place}.valid_to", "is not after valid_from", fields["valid_to"])
    if len(set(rule.tell)) < len(rule.tell):
        reader.note(f"{place}.tell", "names somebody twice", fields["tell"])
    if decider:
        check_names(reader, rule.meaning, decider.parameters, fields.get("meaning"), f"{place}.meaning")
        check_names(reader, rule.reason, decider.fields, fields.get("reason"), f"{place}.reason")


def check_names(reader: Reader, text: Text, known: Collection[str], node: yaml.Node | None, place: str) -> None:
    """Every language names the same values, and only those that there are."""
    named = {language: set(PLACEHOLDER.findall(text[language])) for language in LANGUAGES}
    for language, names in named.items():
        if unknown := names - set(known):
            reader.note(f"{place}.{language}", f"names a value that is not there: {', '.join(sorted(unknown))}", node)
        elif names != named[LANGUAGES[0]]:
            reader.note(f"{place}.{language}", f"names other values than {LANGUAGES[0]}", node)


def refuse_overlap(reader: Reader, one: Rule, other: Rule, node: yaml.Node, place: str) -> None:
    """A rule has one version on any day, and a number stands for one version."""
    if one.version == other.version:
        reader.note(place, f"is version {other.version} of {other.code} a second time", node)
    starts, ends = max(one.valid_from, other.valid_from), [day for day in (one.valid_to, other.valid_to) if day]
    if all(starts < day for day in ends):
        reader.note(place, f"holds on the same days as another version of {other.code}", node)
