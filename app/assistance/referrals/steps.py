"""The step of a programme that asked for a referral, as the room of programmes tells it; without that room, nothing."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StepHint:
    """A step in words, how it stands, and where its progress is noted."""

    text: str
    state: str
    is_settled: bool
    url: str | None


# The room of programmes appends its own: (thread of a step, case) → the step, if that case has one.
tellers: list[Callable[[str, int], StepHint | None]] = []


def step_of(thread: str | None, case_id: int) -> StepHint | None:
    """What the programme says of a step of this case; None for a thread that names none."""
    if not thread:
        return None
    return next((hint for tell in tellers if (hint := tell(thread, case_id))), None)
