"""Arranging a draft: goals now or later, the order of goals and steps, goals removed with a note and taken back."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum, auto
from typing import Any, Protocol

from flask_babel import gettext as _

from app.access.models import User
from app.assistance.vocabulary import Direction
from app.clients.models import NotPossible
from app.programs.drafts.drafting import Aims, aim, changed, last_goal, must_be_draft, need_of
from app.programs.models import Goal, Removal, Step, TakingBack, Version
from app.programs.vocabulary import Doer, Phase


class Way(StrEnum):
    UP = auto()
    DOWN = auto()


class Placed(Protocol):
    ordinal: int


def put(goal: Goal, phase: Phase) -> None:
    """Have a goal worked on now, or later; it comes last among those."""
    must_be_draft(goal.version_)
    if goal.phase is phase:
        raise NotPossible(_("The goal is there already."))
    goal.phase, goal.ordinal = phase, last_goal(goal.version_) + 1
    changed(goal.version_)


def move_goal(goal: Goal, way: Way) -> None:
    """Move a goal by one place among those of its phase. What the person agreed to stays the same."""
    must_be_draft(goal.version_)
    move([one for one in goal.version_.goals if one.phase is goal.phase], goal, way)
    goal.version_.saved_over()


def move_step(step: Step, way: Way) -> None:
    """Move a step by one place within its goal."""
    version = step.goal.version_
    must_be_draft(version)
    move(step.goal.steps, step, way)
    version.saved_over()


def move(row: Sequence[Placed], one: Placed, way: Way) -> None:
    """Change places with the neighbour; raise NotPossible at the end of the row."""
    in_order = sorted(row, key=lambda placed: placed.ordinal)
    there = in_order.index(one) + (-1 if way is Way.UP else 1)
    if there < 0:
        raise NotPossible(_("This is the first one already."))
    if there >= len(in_order):
        raise NotPossible(_("This is the last one already."))
    other = in_order[there]
    one.ordinal, other.ordinal = other.ordinal, one.ordinal


def remove_goal(goal: Goal, note: str, by: User, at: datetime) -> Removal:
    """Take a goal out of the draft and keep it with its steps, its reason, who removed it and when."""
    version = goal.version_
    must_be_draft(version)
    removal = Removal(thread=goal.thread, text=goal.text, kept=kept_of(goal), note=note, by=by, at=at)
    version.removals.append(removal)
    version.goals.remove(goal)
    changed(version)
    return removal


def take_back(removal: Removal, by: User, at: datetime) -> Goal:
    """Put a removed goal back, last among those of its phase; its steps keep their threads, and so their progress."""
    version, kept = removal.version_, removal.kept
    must_be_draft(version)
    if removal.taken_back:
        raise NotPossible(_("This goal is already taken back."))
    if any(goal.thread == removal.thread or goal.rule and goal.rule == kept["rule"] for goal in version.goals):
        raise NotPossible(_("The draft has this goal again already."))
    removal.taken_back = TakingBack(by=by, at=at)
    goal = Goal(thread=removal.thread, ordinal=last_goal(version) + 1, text=removal.text, rule=kept["rule"])
    version.goals.append(goal)
    goal.need = need_of(version, kept["need"])
    aim(goal, aims_of(version, kept))
    goal.steps = [step_of(row, ordinal) for ordinal, row in enumerate(kept["steps"], start=1)]
    changed(version)
    return goal


def kept_of(goal: Goal) -> dict[str, Any]:
    """The goal as plain values, without its text, for ``take_back``."""
    return {
        "need": goal.need.code if goal.need else None,
        "rule": goal.rule,
        "phase": str(goal.phase),
        "target_on": day_of(goal.target_on),
        "own_strengths": goal.own_strengths,
        "areas": [row.code for row in goal.areas],
        "strengths": [row.code for row in goal.strengths],
        "steps": [
            {
                "thread": step.thread, "text": step.text, "doer": str(step.doer), "due_on": day_of(step.due_on),
                "direction": step.direction and str(step.direction), "hours": step.hours,
            }
            for step in goal.steps
        ],
    }  # fmt: skip


def day_of(day: date | None) -> str | None:
    return day.isoformat() if day else None


def aims_of(version: Version, kept: dict[str, Any]) -> Aims:
    """What the goal said, as far as the version's assessment still knows it."""
    noted = {note.domain_code for note in version.assessment.notes if note.text}
    return Aims(
        phase=Phase(kept["phase"]),
        target_on=date.fromisoformat(kept["target_on"]) if kept["target_on"] else None,
        areas=tuple(kept["areas"]),
        strengths=tuple(code for code in kept["strengths"] if code in noted),
        own_strengths=kept["own_strengths"],
    )


def step_of(row: dict[str, Any], ordinal: int) -> Step:
    step = Step(thread=row["thread"], ordinal=ordinal, text=row["text"], doer=Doer(row["doer"]))
    step.due_on, step.hours = date.fromisoformat(row["due_on"]), row["hours"]
    step.direction = Direction(row["direction"]) if row["direction"] else None
    return step
