"""What to think over in a draft as it is now."""

from collections.abc import Collection
from datetime import date

from app.clients.working_days import calendar
from app.programs.methodology import rules, wordings_by_code
from app.programs.models import Goal, Step, Version
from app.programs.proposals.findings import findings_of
from app.programs.proposals.suggesting import methodology_of
from app.programs.proposals.warnings import Calendar, PlannedGoal, PlannedStep, Warned, warn
from app.programs.vocabulary import Phase
from app.programs.wording import suggestion_in_words


def warnings_for(version: Version, expected: Collection[date]) -> tuple[Warned, ...]:
    """What to think over in the draft as it is now; nothing of it stands in the way of anything.

    ``expected`` are the days on which the person is to come to the office.
    """
    findings = findings_of(version.assessment, version.client, version.starts_on)
    methodology = methodology_of(version)
    known = rules()
    refused = {known[row.rule].area for row in version.declined if row.rule in known}
    plan = [planned(goal) for goal in version.goals]
    days = Calendar(calendar().is_working, frozenset(expected))
    return warn(plan, findings, methodology.limits, refused, days)


def planned(goal: Goal) -> PlannedGoal:
    codes = {row.code for row in goal.areas} | ({goal.need.code} if goal.need else set())
    steps = (
        PlannedStep(suggestion_in_words(goal.rule, step.text), step.doer, step.due_on, step.hours, when_of(goal, step))
        for step in goal.steps
    )
    return PlannedGoal(frozenset(codes), goal.phase is Phase.ACTIVE, tuple(steps))


def when_of(goal: Goal, step: Step) -> str | None:
    """The hours at which a step must be done, as long as its words are those of the rule that it came from."""
    wordings = wordings_by_code().get(goal.rule or "", ())
    return next((known.when for rule in wordings for known in rule.steps if step.text in known.text.values()), None)
