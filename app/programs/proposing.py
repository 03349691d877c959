"""What to suggest for the needs that an assessment found. Plain values in, plain values out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

Texts = Mapping[str, str]  # by language


@dataclass(frozen=True, slots=True)
class SuggestedStep:
    doer: str
    days: int  # usual time from the start of the programme
    text: Texts


@dataclass(frozen=True, slots=True)
class Rule:
    code: str
    area: str
    levels: tuple[str, ...]
    goal: Texts
    basis: Texts
    steps: tuple[SuggestedStep, ...]
    instruments: tuple[str, ...] = ()  # only for needs that one of these found; empty for any instrument


class Needed(Protocol):
    """A need as an assessment left it; without a level it was not found out."""

    @property
    def code(self) -> str: ...
    @property
    def level(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A rule that a need calls for: the need is the reason."""

    rule: Rule
    level: str


def propose(rules: Iterable[Rule], needs: Iterable[Needed], instrument: str = "") -> tuple[Suggestion, ...]:
    """The rules that the needs call for, in the order of the needs, then of the file.

    A need of unknown level calls for nothing: first it has to be found out. Where rules of an area name the instrument
    (its code) that found the needs, they stand in the place of the area's general ones.
    """
    every = tuple(rules)
    of_its_own = {rule.area for rule in every if instrument in rule.instruments}
    known = [
        rule for rule in every if (instrument in rule.instruments if rule.area in of_its_own else not rule.instruments)
    ]
    return tuple(
        Suggestion(rule, need.level)
        for need in needs
        if need.level is not None
        for rule in known
        if rule.area == need.code and need.level in rule.levels
    )


def unanswered(needs: Iterable[Needed], answered_areas: Iterable[str]) -> tuple[str, ...]:
    """The areas of high need for which there is neither a goal nor a reasoned refusal, in the order of the needs."""
    answered = frozenset(answered_areas)
    return tuple(need.code for need in needs if need.level == "high" and need.code not in answered)
