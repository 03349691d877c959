"""How the steps of a version stand today, from what was said about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.programs.models import Progress, Step, Version
from app.programs.vocabulary import StepState


@dataclass(frozen=True, slots=True)
class Standing:
    """The latest word on each step of a version, by the step's thread."""

    latest: Mapping[str, Progress]
    done: int
    total: int

    def of(self, step: Step) -> StepState:
        row = self.latest.get(step.thread)
        return row.state if row else StepState.NOT_STARTED

    def word_on(self, step: Step) -> Progress | None:
        return self.latest.get(step.thread)


def standing_of(version: Version, progress: Mapping[str, Sequence[Progress]]) -> Standing:
    """Steps that are no longer needed count neither as done nor as to be done."""
    latest = {thread: rows[-1] for thread, rows in progress.items() if rows}
    states = [
        latest[step.thread].state if step.thread in latest else StepState.NOT_STARTED
        for goal in version.goals
        for step in goal.steps
    ]
    needed = [state for state in states if state is not StepState.NOT_NEEDED]
    return Standing(latest, needed.count(StepState.DONE), len(needed))
