"""What the methodology suggests for a draft, and what the officer makes of it: taken, or declined with a reason."""

from datetime import date, timedelta
from secrets import token_hex

from flask_babel import gettext as _

from app.clients.models import NotPossible
from app.programs.drafting import changed, last_goal, must_be_draft
from app.programs.methodology import rules
from app.programs.models import Declined, Goal, Step, Version
from app.programs.proposing import Rule, Suggestion, propose
from app.programs.vocabulary import Doer
from app.web.languages import language


def suggestions_for(version: Version) -> tuple[Suggestion, ...]:
    """What the methodology suggests for the needs of the version's assessment and was not taken yet."""
    taken = {goal.rule for goal in version.goals}
    offered = propose(rules().values(), version.assessment.needs, version.assessment.instrument_code)
    return tuple(one for one in offered if one.rule.code not in taken)


def take(version: Version, code: str) -> Goal:
    """Copy a suggestion into the draft, in the language spoken; from then on it is free to be changed."""
    must_be_draft(version)
    offered = {one.rule.code: one.rule for one in suggestions_for(version)}
    if code not in offered:
        raise NotPossible(_("This suggestion is not offered, or it is already in the draft."))
    rule = offered[code]
    version.declined = [row for row in version.declined if row.rule != code]
    goal = Goal(thread=token_hex(16), ordinal=last_goal(version) + 1, text=rule.goal[language()], rule=code)
    goal.need = next(need for need in version.assessment.needs if need.code == rule.area)
    goal.steps = steps_of(rule, version.starts_on)
    version.goals.append(goal)
    changed(version)
    return goal


def steps_of(rule: Rule, starts_on: date) -> list[Step]:
    return [
        Step(
            thread=token_hex(16),
            ordinal=ordinal,
            text=step.text[language()],
            doer=Doer(step.doer),
            due_on=starts_on + timedelta(days=step.days),
        )
        for ordinal, step in enumerate(rule.steps, start=1)
    ]


def decline(version: Version, code: str, reason: str) -> None:
    """Keep why a suggestion was not taken."""
    must_be_draft(version)
    if code not in {one.rule.code for one in suggestions_for(version)}:
        raise NotPossible(_("This suggestion is not offered, or it is already in the draft."))
    known = next((row for row in version.declined if row.rule == code), None)
    if known:
        known.reason = reason
    else:
        version.declined.append(Declined(rule=code, reason=reason))
    version.saved_over()
