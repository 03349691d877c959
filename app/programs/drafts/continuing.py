"""A programme that goes on from an earlier one: from prison into the community, or from one case into another."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.clients.cases import Case
from app.db import db
from app.programs.drafts.drafting import copy_of, draw_up
from app.programs.models import Closure, Goal, Program, Version
from app.programs.progress.carrying import close
from app.programs.progress.standing import Standing
from app.programs.proposals.suggesting import working_day
from app.programs.vocabulary import GoalOutcome, Outcome


def may_grow_into(program: Program, case: Case, on: date) -> bool:
    """Whether a programme in the case may go on from this one of the same person on a day.

    An open one must have come to its end: its case is off the register or has come to another stage, or the new case
    is at another one. A closed one goes on only where something was left to do.
    """
    if program.grew_into:
        return False
    if program.closure:
        return program.closure.outcome is not Outcome.ACHIEVED
    stages_now = {program.case.stage_on(on), case.stage_on(on)}
    return not program.case.is_open or stages_now != {program.stage}


def leading(program: Program) -> Version:
    """The version whose goals go on: the one in force, or the latest draft where none was ever approved."""
    return program.in_force or program.versions[-1]


@dataclass(frozen=True, slots=True)
class Heritage:
    """What an earlier programme leaves: the goals that were not reached and still have something to do."""

    program: Program
    standing: Standing
    goals: tuple[Goal, ...]


def heritage_of(program: Program, version: Version, standing: Standing) -> Heritage:
    """``version`` is the programme's leading one, with everything inside it."""
    closure = program.closure
    reached = (
        {thread for thread, outcome in closure.outcomes.items() if outcome is GoalOutcome.ACHIEVED} if closure else ()
    )
    left = (goal for goal in version.goals if goal.thread not in reached and not standing.is_finished(goal))
    return Heritage(program, standing, tuple(left))


def go_on(left: Heritage, threads: Collection[str], case: Case, draft: Version, on: date) -> Program:
    """Open a programme with those of the goals carried over, and close the earlier one unless it is closed.

    Goals and steps keep their threads, and with them what was said about them. A step that was due before the start is
    due on its first working day: the officer sets it anew. Raises NotPossible where the earlier one cannot be closed.
    """
    goals = [goal for goal in left.goals if goal.thread in threads]
    draft.goals = [carried(goal, place, left.standing, draft) for place, goal in enumerate(goals, start=1)]
    if not left.program.closure:
        words = _("The programme goes on in case %(number)s.", number=case.number)
        closure = Closure(on=on, outcome=Outcome.CONTINUED, words=words, by=draft.drafted_by, at=draft.drafted_at)
        close(left.program, closure, {goal.thread: GoalOutcome.ACHIEVED for goal in achieved(left)})
        db.session.flush()  # a case has one open programme at a time
    program = draw_up(case, draft)
    program.grew_from = left.program
    return program


def achieved(left: Heritage) -> list[Goal]:
    """The goals of the version in force that were reached before the programme went on."""
    version = left.program.in_force
    return left.standing.achieved(version) if version else []


def carried(goal: Goal, place: int, standing: Standing, draft: Version) -> Goal:
    steps = [step for step in goal.steps if not standing.of(step).is_settled]
    copy = copy_of(goal, steps, draft.assessment)
    copy.ordinal = place
    for step in copy.steps:
        if step.due_on < draft.starts_on:
            step.due_on = working_day(draft.starts_on)
    return copy
