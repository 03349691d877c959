"""Steps of a programme that a service can deliver, as the room of programmes tells them; without that room, none."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from app.assistance.vocabulary import Direction


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step with the direction of its service. What is words is asked for in the language of the sheet."""

    thread: str
    direction: Direction
    what: Callable[[], str]
    who: Callable[[], str]
    state: Callable[[], str]
    due_on: date


@dataclass(frozen=True, slots=True)
class Planned:
    """The steps of a case, and the moments at which they changed: their number only grows."""

    steps: tuple[PlannedStep, ...]
    changes: tuple[datetime, ...]


# The room of programmes appends its own: number of a case → what is planned in it.
tellers: list[Callable[[int], Planned]] = []


def planned_in(case_id: int) -> Planned:
    """What the programmes of a case plan with services."""
    told = [tell(case_id) for tell in tellers]
    return Planned(
        tuple(step for one in told for step in one.steps), tuple(moment for one in told for moment in one.changes)
    )
