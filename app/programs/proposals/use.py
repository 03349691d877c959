"""How the methodology is used: for every rule how often it was proposed and what became of that, few never shown."""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 5  # people: fewer are not shown, and neither is what would tell them (design.md 7)


@dataclass(frozen=True, slots=True)
class Counted:
    """Programmes, by rule: proposed to, taken in, changed among these, declined and not taken, achieved among taken."""

    rule: str
    proposed: int
    taken: int
    changed: int
    declined: int
    achieved: int


@dataclass(frozen=True, slots=True)
class Figure:
    number: int
    share: float  # of what it is counted among, from 0 to 1


@dataclass(frozen=True, slots=True)
class Shown:
    """The same with None for what is about too few people to be shown."""

    rule: str
    proposed: int | None
    taken: Figure | None
    changed: Figure | None
    declined: Figure | None
    achieved: Figure | None


def shown(counted: Counted) -> Shown:
    taken = figure(counted.taken, counted.proposed)
    declined = figure(counted.declined, counted.proposed)
    unanswered = counted.proposed - counted.taken - counted.declined
    if taken and declined and is_few(unanswered):  # what is left over would tell how few gave no answer
        declined = None
    return Shown(
        rule=counted.rule,
        proposed=None if is_few(counted.proposed) else counted.proposed,
        taken=taken,
        changed=figure(counted.changed, counted.taken) if taken else None,
        declined=declined,
        achieved=figure(counted.achieved, counted.taken) if taken else None,
    )


def figure(number: int, among: int) -> Figure | None:
    """The number and its share; None where it, or the rest, or the whole is few."""
    if among < LEAST or is_few(number) or is_few(among - number):
        return None
    return Figure(number, number / among)


def is_few(number: int) -> bool:
    return 0 < number < LEAST


def in_order(rules: Sequence[str], counted: dict[str, Counted]) -> list[Shown]:
    """Every rule in its order; one that was never proposed has noughts."""
    return [shown(counted.get(code) or Counted(code, 0, 0, 0, 0, 0)) for code in rules]
