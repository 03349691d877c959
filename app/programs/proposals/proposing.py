"""What to propose for what is known of a person, in which order, and what of it at once. Plain values in and out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from app.programs.proposals.responsivity import Person, factors_of, in_order

Texts = Mapping[str, str]  # by language
HIGH = "high"
PRESENT = "present"  # the level of an adaptation: there is none in between
LEVELS = ("low", "medium", HIGH)
EVERY = "every"  # in the place of a stage: the methodology of all four


class AreaKind(StrEnum):
    NEED = "need"  # raises the risk, and can be changed
    RESPONSIVITY = "responsivity"  # how to work with the person
    SUPPORT = "support"  # help that says nothing about risk


class Source(StrEnum):
    """Where it is known from."""

    ASSESSMENT = "assessment"
    RECORD = "record"  # what the register says of the person


@dataclass(frozen=True, slots=True)
class SuggestedStep:
    doer: str
    days: int  # usual time from the start of the programme
    text: Texts
    hours: int | None = None  # of contact, all together
    when: str | None = None  # working_hours: the person has to come when others work or study
    service: str | None = None  # the direction of the services that can deliver it


@dataclass(frozen=True, slots=True)
class Rule:
    code: str
    area: str
    levels: tuple[str, ...]
    goal: Texts
    basis: Texts
    steps: tuple[SuggestedStep, ...]
    instruments: tuple[str, ...] = ()  # only for needs that one of these found; empty for any instrument
    kind: AreaKind = AreaKind.NEED
    stage: str = EVERY


class Needed(Protocol):
    """A need as an assessment left it; without a level it was not found out, or is one of support."""

    @property
    def code(self) -> str: ...
    @property
    def level(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Found:
    """Something that is known of the person and that the methodology may answer."""

    code: str
    level: str
    kind: AreaKind = AreaKind.NEED
    source: Source = Source.ASSESSMENT

    @property
    def is_adaptation(self) -> bool:
        return self.kind is AreaKind.RESPONSIVITY

    @property
    def rank(self) -> int:
        """0 for what is high, then how to work with the person, then medium, then low."""
        return (HIGH, PRESENT, "medium", "low").index(self.level)


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a draft rests on: needs in the order of their assessment, then how to work with the person."""

    known: tuple[Found, ...]
    person: Person
    assessed_on: date
    level: str | None = None  # of the whole assessment
    instrument: str = ""  # its code


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is proposed; the day of the assessment belongs to it too."""

    kind: AreaKind
    area: str
    level: str
    source: Source
    rule: str


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal with what it answers: that is its reason."""

    rule: Rule
    found: Found
    is_active: bool

    @property
    def reason(self) -> Reason:
        return Reason(self.found.kind, self.found.code, self.found.level, self.found.source, self.rule.code)

    @property
    def level(self) -> str:
        return self.found.level


def draw_up(rules: Iterable[Rule], known: Iterable[Found], limit: int, instrument: str = "") -> tuple[Line, ...]:
    """The draft that the rules give for what is known, in order: what is active first, then what is for later.

    known: needs in the order of their assessment, then adaptations. limit: how many goals to work on at once (RNR: two
    or three; rnr.md 5.4). High needs come first, then how to work with the person, then medium and low needs; within a
    level the order of ``known`` and then of the rules. The first goal of a high need and of an adaptation is never put
    off, even beyond the limit; everything else is, once the limit is reached.
    """
    every = tuple(rules)
    called = [
        (found, rule, place)
        for found in sorted(once_each(known), key=lambda one: one.rank)  # keeps the order within a level
        for place, rule in enumerate(called_for(every, found, instrument))
    ]
    musts = sum(is_must(found, place) for found, _rule, place in called)
    room = max(0, limit - musts)
    active: list[Line] = []
    later: list[Line] = []
    for found, rule, place in called:
        is_active = is_must(found, place) or room > 0
        room -= is_active and not is_must(found, place)
        (active if is_active else later).append(Line(rule, found, is_active))
    return (*active, *later)


def is_must(found: Found, place: int) -> bool:
    return place == 0 and found.level in {HIGH, PRESENT}


def once_each(known: Iterable[Found]) -> list[Found]:
    """The same need said twice counts once, as it was said first. A need and an adaptation may share a code."""
    found: dict[tuple[bool, str], Found] = {}
    for one in known:
        found.setdefault((one.is_adaptation, one.code), one)
    return list(found.values())


def called_for(rules: tuple[Rule, ...], found: Found, instrument: str) -> list[Rule]:
    """The rules that one finding calls for: what is more particular stands in the place of what is general.

    Rules of the area that name the instrument stand instead of those that name none; among what fits the level, rules
    of the stage stand instead of those of every stage; what is said of this level alone comes before the rest.
    """
    of_area = [
        rule
        for rule in rules
        if rule.area == found.code and (rule.kind is AreaKind.RESPONSIVITY) == found.is_adaptation
    ]
    named = [rule for rule in of_area if instrument in rule.instruments]
    general = [rule for rule in of_area if not rule.instruments]
    fitting = [rule for rule in named or general if found.level in rule.levels]
    own = [rule for rule in fitting if rule.stage != EVERY]
    return sorted(own or fitting, key=lambda rule: len(rule.levels))


def found_needs(needs: Iterable[Needed], support: Iterable[str] = ()) -> list[Found]:
    """Needs as findings, in their order. One of unknown level calls for nothing: first it has to be found out."""
    helped = frozenset(support)
    return [
        Found(need.code, need.level, AreaKind.SUPPORT if need.code in helped else AreaKind.NEED)
        for need in needs
        if need.level is not None
    ]


def found_adaptations(factors: Iterable[str], person: Person) -> list[Found]:
    """How to work with the person, as the assessment found and as the register says; the assessment goes first."""
    assessed = frozenset(factors)
    return [
        Found(code, PRESENT, AreaKind.RESPONSIVITY, Source.ASSESSMENT if code in assessed else Source.RECORD)
        for code in in_order(assessed | factors_of(person))
    ]
