"""What a head of service should notice in a submitted version before deciding, the gravest first."""

from collections.abc import Collection
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from app.programs.decisions.terms import answer_term
from app.programs.models import Version
from app.programs.proposals.cautioning import warnings_for
from app.programs.proposals.wording import warning_in_words
from app.programs.vocabulary import Consenting, Phase
from app.programs.wording import goal_in_words


def cautions(version: Version, expected: Collection[date], on: date) -> tuple[str, ...]:
    """What is late, and the warnings of the methodology, as sentences. None of it forbids the approval.

    ``expected`` are the days on which the person is to come to the office.
    """
    found = []
    if not any(goal.phase is Phase.ACTIVE for goal in version.goals):
        found.append(_("No goal is active: everything is for later."))
    late = [step for goal in version.goals for step in goal.steps if step.due_on < on]
    if late and version.ordinal == 1:
        found.append(
            ngettext("%(num)d step is already past its date.", "%(num)d steps are already past their dates.", len(late))
        )
    if (submission := version.open_submission) and answer_term(submission.at).due_on < on:
        found.append(_("The answer is late."))
    return (*found, *map(warning_in_words, warnings_for(version, expected)))


def objection(version: Version) -> str | None:
    """What the person does not agree to, as a sentence; None where they agree."""
    if (said := version.agreement) is None or said.answer is Consenting.AGREED:
        return None
    match said.answer:
        case Consenting.REFUSED:
            return _("The person refuses the programme.")
        case Consenting.COULD_NOT_ANSWER:
            return _("The person could not answer.")
        case _:
            named = [f"“{goal_in_words(goal)}”" for goal in version.goals if goal.thread in said.not_agreed]
            if not named:
                return _("The person agrees in part.")
            return _("The person does not agree to: %(goals)s.", goals=", ".join(named))
