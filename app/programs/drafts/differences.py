"""What differs between two versions of a programme. Plain values in, plain values out."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum, auto


@dataclass(frozen=True, slots=True)
class StepPicture:
    """A step as a version has it; ``thread`` joins it to the same step elsewhere."""

    thread: str
    text: str
    doer: str
    due_on: date
    direction: str | None = None
    hours: int | None = None


@dataclass(frozen=True, slots=True)
class GoalPicture:
    """A goal as a version has it, its steps in their order."""

    thread: str
    text: str
    phase: str
    need: str | None = None
    target_on: date | None = None
    areas: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    own_strengths: str | None = None
    steps: tuple[StepPicture, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What the person said to a version."""

    answer: str
    on: date
    words: str | None = None
    representative: str | None = None
    not_agreed: tuple[str, ...] = ()  # the words of the goals that are left out


@dataclass(frozen=True, slots=True)
class Picture:
    """A version as values, its goals in their order."""

    starts_on: date
    review_on: date
    said: Said | None = None
    goals: tuple[GoalPicture, ...] = ()


class Fate(StrEnum):
    """What became of a goal or of a step from one version to the other."""

    SAME = auto()
    ADDED = auto()
    REMOVED = auto()
    CHANGED = auto()


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is said differently: its field, and both values."""

    what: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class StepDifference:
    """``is_moved``: it has another place among the steps that both have, or it came from another goal."""

    fate: Fate
    before: StepPicture | None
    after: StepPicture | None
    changes: tuple[Change, ...] = ()
    is_moved: bool = False

    @property
    def is_none(self) -> bool:
        return self.fate is Fate.SAME and not self.is_moved


@dataclass(frozen=True, slots=True)
class GoalDifference:
    """``fate`` is about the goal itself; its steps have theirs."""

    fate: Fate
    before: GoalPicture | None
    after: GoalPicture | None
    changes: tuple[Change, ...] = ()
    is_moved: bool = False
    steps: tuple[StepDifference, ...] = ()

    @property
    def is_none(self) -> bool:
        return self.fate is Fate.SAME and not self.is_moved and all(step.is_none for step in self.steps)


@dataclass(frozen=True, slots=True)
class Differences:
    """``dates`` and ``said`` are changes; ``goals`` are all goals of both versions, in the order of the later one."""

    dates: tuple[Change, ...]
    said: tuple[Change, ...]
    goals: tuple[GoalDifference, ...]

    @property
    def is_none(self) -> bool:
        return not self.dates and not self.said and all(goal.is_none for goal in self.goals)


def differences(before: Picture, after: Picture) -> Differences:
    """All differences between two versions, each named once.

    Goals and steps are the same when their threads are. As few as can be count as moved: those outside the longest run
    that keeps its order. A goal that is only in the earlier version comes last, in its order there.
    """
    old = {goal.thread: goal for goal in before.goals}
    moved = moved_between([goal.thread for goal in before.goals], [goal.thread for goal in after.goals])
    home = {step.thread: (goal.thread, step) for goal in before.goals for step in goal.steps}
    kept = {goal.thread for goal in after.goals} | {step.thread for goal in after.goals for step in goal.steps}
    gone = [goal for goal in before.goals if goal.thread not in kept]
    return Differences(
        dates=changes(before, after, ("starts_on", "review_on")),
        said=changes(before.said, after.said, names(Said)),
        goals=(
            *(goal_difference(old.get(goal.thread), goal, goal.thread in moved, home, kept) for goal in after.goals),
            *(GoalDifference(Fate.REMOVED, goal, None, steps=removed_steps(goal, kept)) for goal in gone),
        ),
    )


def goal_difference(
    before: GoalPicture | None,
    after: GoalPicture,
    is_moved: bool,
    home: Mapping[str, tuple[str, StepPicture]],
    kept: Collection[str],
) -> GoalDifference:
    """``home``: the goal and the step by the step's thread in the earlier version; ``kept``: threads of the later."""
    old = [step.thread for step in before.steps] if before else []
    moved = moved_between(old, [step.thread for step in after.steps])
    steps = tuple(step_difference(after.thread, step, step.thread in moved, home) for step in after.steps)
    if before is None:
        return GoalDifference(Fate.ADDED, None, after, steps=steps)
    found = changes(before, after, [name for name in names(GoalPicture) if name not in {"thread", "steps"}])
    fate = Fate.CHANGED if found else Fate.SAME
    return GoalDifference(fate, before, after, found, is_moved, (*steps, *removed_steps(before, kept)))


def step_difference(
    goal: str, after: StepPicture, is_moved: bool, home: Mapping[str, tuple[str, StepPicture]]
) -> StepDifference:
    if after.thread not in home:
        return StepDifference(Fate.ADDED, None, after)
    came_from, before = home[after.thread]
    found = changes(before, after, [name for name in names(StepPicture) if name != "thread"])
    fate = Fate.CHANGED if found else Fate.SAME
    return StepDifference(fate, before, after, found, is_moved or came_from != goal)


def removed_steps(goal: GoalPicture, kept: Collection[str]) -> tuple[StepDifference, ...]:
    return tuple(StepDifference(Fate.REMOVED, step, None) for step in goal.steps if step.thread not in kept)


def changes(before: object, after: object, what: Iterable[str]) -> tuple[Change, ...]:
    """The named fields that differ; a side that is not there has nothing in them, and nothing is like none."""
    pairs = ((name, getattr(before, name, None), getattr(after, name, None)) for name in what)
    return tuple(Change(name, old, new) for name, old, new in pairs if (old or None) != (new or None))


def names(picture: type[GoalPicture | StepPicture | Said]) -> list[str]:
    return [field.name for field in fields(picture)]


def moved_between(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Those of both rows that stand outside the longest run keeping its order: the fewest that had to move."""
    place = {thread: number for number, thread in enumerate(before)}
    common = [thread for thread in after if thread in place]
    ends: list[int] = []  # the least place at which a run of each length can end
    length = {}
    for thread in common:
        at = bisect_left(ends, place[thread])
        ends[at : at + 1] = [place[thread]]
        length[thread] = at + 1
    run, wanted = set(), len(ends)
    below = len(before)
    for thread in reversed(common):
        if length[thread] == wanted and place[thread] < below:
            run.add(thread)
            wanted, below = wanted - 1, place[thread]
    return set(common) - run
