"""What a head of service should notice in a submitted version before deciding, the gravest first."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from app.programs.models import Agreement, Version
from app.programs.proposal_words import warning_in_words
from app.programs.suggesting import warnings_for
from app.programs.terms import answer_term
from app.programs.vocabulary import Consenting, Phase
from app.programs.wording import goal_in_words


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence and its tone."""

    text: str
    tone: str


def notices(version: Version, on: date) -> tuple[Notice, ...]:
    """What the person objects to comes first; then what is late, and the warnings of the
    methodology. None of it forbids the approval."""
    found = []
    if (said := version.agreement) and said.answer is not Consenting.AGREED:
        found.append(Notice(objection(said, version), "serious" if said.answer is Consenting.REFUSED else "caution"))
    if not any(goal.phase is Phase.ACTIVE for goal in version.goals):
        found.append(Notice(_("No goal is active: everything is for later."), "caution"))
    late = [step for goal in version.goals for step in goal.steps if step.due_on < on]
    if late and version.ordinal == 1:
        text = ngettext(
            "%(num)d step is already past its date.", "%(num)d steps are already past their dates.", len(late)
        )
        found.append(Notice(text, "caution"))
    if (submission := version.open_submission) and answer_term(submission.at).due_on < on:
        found.append(Notice(_("The answer is late."), "caution"))
    found += [Notice(warning_in_words(one), "caution") for one in warnings_for(version)]
    return tuple(found)


def objection(said: Agreement, version: Version) -> str:
    """What the person does not agree to."""
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
