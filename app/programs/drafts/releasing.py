"""What a release plan left open becomes goals of the programme, and is shown as coming from there."""

from collections.abc import Iterable
from datetime import date, timedelta

from app.assistance.release.items import items
from app.assistance.release.plan import ItemLine, Plan
from app.assistance.release.vocabulary import Who
from app.programs.drafts.drafting import add_goal, add_step, must_be_draft
from app.programs.models import Goal, Version
from app.programs.proposals.proposing import Texts
from app.programs.vocabulary import Doer
from app.web.languages import text_in

RULE = "release."  # a goal's rule begins with it, and names the item
SOON = timedelta(days=14)  # for a step whose day has passed; a practice setting, free to be changed
DOERS = {
    Who.PERSON: Doer.PERSON,
    Who.AKIMAT: Doer.AKIMAT,
    Who.CAREER_CENTRE: Doer.CAREER_CENTRE,
    Who.CLINIC: Doer.CLINIC,
}


def is_from_release(goal: Goal) -> bool:
    return (goal.rule or "").startswith(RULE)


def release_wordings(rule: str | None) -> tuple[Texts, ...]:
    """The texts of the item that a goal came from, goal and steps; none for any other goal."""
    item = items().get((rule or "").removeprefix(RULE)) if (rule or "").startswith(RULE) else None
    return (item.goal, *(step.text for step in item.steps)) if item and item.goal else ()


def offered(plan: Plan, version: Version | None) -> tuple[ItemLine, ...]:
    """The items that nobody settled and that can become goals, without those that the version has already."""
    taken = {goal.rule for goal in version.goals} if version else set()
    return tuple(line for line in plan.unmet if line.item.goal and rule_of(line) not in taken)


def rule_of(line: ItemLine) -> str:
    return f"{RULE}{line.item.code}"


def take(version: Version, lines: Iterable[ItemLine], today: date) -> list[Goal]:
    """Make a goal with steps of each item, in the language spoken; from then on they are free to be changed."""
    must_be_draft(version)
    return [goal_of(version, line, today) for line in lines]


def goal_of(version: Version, line: ItemLine, today: date) -> Goal:
    goal = add_goal(version, text_in(line.item.goal), None)
    goal.rule = rule_of(line)
    for step in line.item.steps:
        add_step(goal, text_in(step.text), DOERS.get(step.who, Doer.OFFICER), due_of(version, line, today))
    return goal


def due_of(version: Version, line: ItemLine, today: date) -> date:
    """The item's own day, or else that of the release; two weeks from now where both have passed."""
    first = max(today, version.starts_on)
    days = (line.due.due_on, line.due.day.on)
    return next((day for day in days if day >= first), first + SOON)
