"""How the goals and steps of a version stand today, from what was said about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.programs.models import Goal, GoalProgress, Progress, Step, Version
from app.programs.vocabulary import GoalState, Phase, StepState


@dataclass(frozen=True, slots=True)
class Standing:
    """The latest word on each step of a version and on each goal, by their threads.

    ``done`` and ``total`` count the steps of the goals that are worked on now and of those that are achieved.
    """

    latest: Mapping[str, Progress]
    done: int
    total: int
    goals: Mapping[str, GoalProgress] = field(default_factory=dict)

    def of(self, step: Step) -> StepState:
        row = self.latest.get(step.thread)
        return row.state if row else StepState.NOT_STARTED

    def word_on(self, step: Step) -> Progress | None:
        return self.latest.get(step.thread)

    def is_achieved(self, goal: Goal) -> bool:
        row = self.goals.get(goal.thread)
        return row is not None and row.state is GoalState.ACHIEVED

    def count(self, goal: Goal) -> tuple[int, int]:
        """Steps of a goal that are done, of those that are needed."""
        return counted(self.of(step) for step in goal.steps)

    def is_finished(self, goal: Goal) -> bool:
        """Achieved, or with nothing left to do in it."""
        return self.is_achieved(goal) or bool(goal.steps) and all(self.of(step).is_settled for step in goal.steps)

    def working_on(self, version: Version) -> list[Goal]:
        return [goal for goal in version.goals if goal.phase is Phase.ACTIVE and not self.is_achieved(goal)]

    def for_later(self, version: Version) -> list[Goal]:
        return [goal for goal in version.goals if goal.phase is Phase.FUTURE and not self.is_achieved(goal)]

    def achieved(self, version: Version) -> list[Goal]:
        return [goal for goal in version.goals if self.is_achieved(goal)]


def standing_of(
    version: Version,
    progress: Mapping[str, Sequence[Progress]],
    said_of_goals: Mapping[str, Sequence[GoalProgress]] | None = None,
) -> Standing:
    """Steps that are no longer needed count neither as done nor as to be done; nor do those of goals for later."""
    latest = {thread: rows[-1] for thread, rows in progress.items() if rows}
    goals = {thread: rows[-1] for thread, rows in (said_of_goals or {}).items() if rows}
    known = Standing(latest, 0, 0, goals)
    later = {goal.thread for goal in known.for_later(version)}
    states = [known.of(step) for goal in version.goals if goal.thread not in later for step in goal.steps]
    done, total = counted(states)
    return Standing(latest, done, total, goals)


def counted(states: Iterable[StepState]) -> tuple[int, int]:
    needed = [state for state in states if state is not StepState.NOT_NEEDED]
    return needed.count(StepState.DONE), len(needed)
