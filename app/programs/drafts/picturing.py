"""Versions as plain values, for their comparison, and the words that name each difference."""

from datetime import date
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.assistance.vocabulary import Direction
from app.programs.drafts.differences import (
    Change,
    Fate,
    GoalDifference,
    GoalPicture,
    Picture,
    Said,
    StepDifference,
    StepPicture,
)
from app.programs.models import Goal, Step, Version
from app.programs.vocabulary import Consenting, Doer, Phase
from app.programs.wording import area_in_words, goal_in_words, step_in_words
from app.web.formats import format_date

FIELDS: dict[str, LazyString] = {
    "starts_on": _l("Starts on"),
    "review_on": _l("To be reviewed on"),
    "answer": _l("What the person says to the programme"),
    "on": _l("Date of the talk"),
    "words": _l("In the person's words"),
    "representative": _l("Legal representative"),
    "not_agreed": _l("Not agreed"),
    "text": _l("Wording"),
    "phase": _l("When it is worked on"),
    "need": _l("Need that it answers"),
    "target_on": _l("To be reached by"),
    "areas": _l("Helps with, too"),
    "strengths": _l("Builds on strengths in"),
    "own_strengths": _l("Builds on"),
    "doer": _l("Who does it"),
    "due_on": _l("By when"),
    "direction": _l("Kind of help"),
    "hours": _l("Hours of contact"),
}
FATES: dict[Fate, LazyString] = {
    Fate.SAME: _l("as it was"),
    Fate.ADDED: _l("added"),
    Fate.REMOVED: _l("removed"),
    Fate.CHANGED: _l("changed"),
}
TONES = {Fate.ADDED: "good", Fate.REMOVED: "serious", Fate.CHANGED: "caution"}


def picture_of(version: Version) -> Picture:
    """The version in the language spoken; its goals for now come before those for later."""
    return Picture(
        starts_on=version.starts_on,
        review_on=version.review_on,
        said=said_in(version),
        goals=tuple(goal_picture(goal) for goal in sorted(version.goals, key=lambda one: one.phase is Phase.FUTURE)),
    )


def said_in(version: Version) -> Said | None:
    row = version.agreement
    if row is None:
        return None
    left_out = tuple(goal_in_words(goal) for goal in version.goals if goal.thread in row.not_agreed)
    return Said(row.answer, row.on, row.words, row.representative, left_out)


def goal_picture(goal: Goal) -> GoalPicture:
    return GoalPicture(
        thread=goal.thread,
        text=goal_in_words(goal),
        phase=goal.phase,
        need=goal.need.code if goal.need else None,
        target_on=goal.target_on,
        areas=tuple(row.code for row in goal.areas),
        strengths=tuple(row.code for row in goal.strengths),
        own_strengths=goal.own_strengths,
        steps=tuple(step_picture(step) for step in goal.steps),
    )


def step_picture(step: Step) -> StepPicture:
    return StepPicture(step.thread, step_in_words(step), step.doer, step.due_on, step.direction, step.hours)


def field_in_words(change: Change) -> str:
    return str(FIELDS[change.what])


def value_in_words(what: str, value: Any) -> str:
    """A value of a picture as people read it; nothing when there is none."""
    if value is None or value == ():
        return ""
    if isinstance(value, date):
        return format_date(value)
    if what == "not_agreed":
        return "; ".join(value)
    if isinstance(value, tuple):
        return ", ".join(area_in_words(code) for code in value)
    kinds = {"answer": Consenting, "phase": Phase, "doer": Doer, "direction": Direction}
    if what in kinds:
        return str(kinds[what](value).label)
    return area_in_words(value) if what == "need" else str(value)


def fate_in_words(found: GoalDifference | StepDifference) -> str:
    """What became of a goal or a step: added, removed, changed, moved, changed and moved, or as it was.

    Of a goal that says what it said, but not in its steps, that these changed.
    """
    if found.is_moved:
        return _("changed and moved") if found.fate is Fate.CHANGED else _("moved")
    if found.fate is Fate.SAME and not found.is_none:
        return _("only its steps changed")
    return str(FATES[found.fate])


def tone_of(found: GoalDifference | StepDifference) -> str:
    return TONES.get(found.fate, "info" if found.is_moved else "neutral")
