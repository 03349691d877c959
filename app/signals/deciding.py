"""How a decision of early warning is written: facts of a case on a day, and numbers, to the evidence that it holds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.signals.facts import Facts

Value = date | int | float | str | None
Limits = Mapping[str, int]  # days, points, counts, months, by the names of the rule's parameters


class Evidence(NamedTuple):
    """One reason to look: ``key`` names the fact for ever, ``source`` the record that tells it ("review:12")."""

    key: str
    on: date
    values: dict[str, Value]
    source: str


Decision = Callable[[Facts, Limits, date], Sequence[Evidence]]


@dataclass(frozen=True, slots=True)
class Decider:
    """What a rule of the file may rest on: its parameters, the values its words may name, and whether it can pass.

    ``looks_at`` names the facts without which it says nothing: it is not asked where all of them are empty. What is
    ``lasting`` holds from a day until a day (overdue, shortly after release): when the evidence is gone, the
    system closes the signal. Everything else happened, and only people close it.
    """

    decide: Decision
    parameters: tuple[str, ...]
    fields: tuple[str, ...]
    looks_at: tuple[str, ...]
    lasting: bool


DECIDERS: dict[str, Decider] = {}


def decides(parameters: str, fields: str, looks_at: str, lasting: bool = False) -> Callable[[Decision], Decision]:
    """Offer a decision to the file of rules, under the name of its function."""

    def register(decision: Decision) -> Decision:
        DECIDERS[decision.__name__] = Decider(
            decision, tuple(parameters.split()), tuple(fields.split()), tuple(looks_at.split()), lasting
        )
        return decision

    return register
