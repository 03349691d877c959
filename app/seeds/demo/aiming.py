"""What a programme of a story sets out to do: goals taken, declined, removed, moved and written by the officer."""

from datetime import datetime

from app.access.models import User
from app.assistance.vocabulary import Direction
from app.offices.reading import Entry
from app.programs.drafts.arranging import put, remove_goal, take_back
from app.programs.drafts.drafting import Aims, Delivery, add_goal, add_step, change_goal, change_step
from app.programs.models import Goal, Step, Version
from app.programs.proposals.suggesting import changed_proposal, decline, explain, take
from app.programs.vocabulary import Doer, Phase
from app.seeds.demo.telling import maybe_text, names, number, pairs, parts, word


def set_goals(entry: Entry, version: Version, by: User, at: datetime) -> None:
    """Change a draft as its story says, in the order in which an officer would."""
    for name, note in pairs(entry, "removed").items():
        remove_goal(goal_named(version, name), note, by, at)
    for row in parts(entry, "moved"):
        moved = step_named(version, row.text("step"))
        change_step(moved, moved.text, moved.doer, row.day("due_on"))
    for code in names(entry, "take"):
        take(version, code)
    for code, reason in pairs(entry, "decline").items():
        decline(version, code, reason)
    for row in parts(entry, "goals"):
        write_goal(row, version)
    for row in parts(entry, "aims"):
        aim_at(row, version)
    for name in names(entry, "taken_back"):
        take_back(next(row for row in version.removals if row.kept["rule"] == name), by, at)
    arrange(names(entry, "now"), version, Phase.ACTIVE)
    arrange(names(entry, "later"), version, Phase.FUTURE)


def arrange(named: list[str], version: Version, phase: Phase) -> None:
    for goal in goals_named(version, named):
        if goal.phase is not phase:
            put(goal, phase)


def write_goal(entry: Entry, version: Version) -> None:
    """A goal in the officer's own words, with its steps."""
    goal = add_goal(version, entry.text("text"), maybe_text(entry, "need"), aims_of(entry))
    for step in parts(entry, "steps"):
        direction = word(step, "direction", Direction) if "direction" in step.rest else None
        doer, hours = word(step, "doer", Doer), number(step, "hours") or None
        add_step(goal, step.text("text"), doer, step.day("due_on"), Delivery(direction, hours))


def aim_at(entry: Entry, version: Version) -> None:
    """What a goal that was taken says besides: other words with the reason, a day, areas, strengths."""
    goal = goal_named(version, entry.text("goal"))
    text = maybe_text(entry, "text") or goal.text
    change_goal(goal, text, goal.need.code if goal.need else None, aims_of(entry, goal.phase))
    if (reason := maybe_text(entry, "reason")) and (proposal := changed_proposal(goal)):
        explain(proposal, reason)


def aims_of(entry: Entry, phase: Phase = Phase.ACTIVE) -> Aims:
    return Aims(
        phase=word(entry, "phase", Phase, phase),
        target_on=entry.day_or_none("target_on"),
        areas=tuple(names(entry, "areas")),
        strengths=tuple(names(entry, "strengths")),
        own_strengths=maybe_text(entry, "own_strengths"),
    )


def goals_named(version: Version, named: list[str]) -> list[Goal]:
    return [goal_named(version, name) for name in named]


def goal_named(version: Version, name: str) -> Goal:
    """The goal taken from a suggestion, or the one of a number in the programme."""
    return next(goal for goal in version.goals if name in (goal.rule, str(goal.ordinal)))


def step_named(version: Version, name: str) -> Step:
    """``W-1.2`` is the second step of the goal that the suggestion W-1 became; ``4.1`` the first of the fourth goal."""
    goal, _dot, step = name.partition(".")
    return goal_named(version, goal).steps[int(step) - 1]
