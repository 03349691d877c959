"""The person's own summary of a programme: one or two pages in large type and plain words, kept with the person."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.access.models import User
from app.printing.issuing import Paper, issue
from app.printing.models import IssuedPaper
from app.printing.printers import OVERTAKEN, PRINTERS
from app.printing.vocabulary import PaperKind
from app.programs.models import Step, Version
from app.programs.papers.sheets import is_overtaken, paper_about, printed, version_to_print
from app.programs.vocabulary import Doer, Phase
from app.programs.wording import goal_in_words, step_in_words
from app.web.languages import language, text_in

TEMPLATE = "programs/summary_paper.html"
# What fits on two pages of large type, and what one can keep in mind: the sheet itself says the rest.
GOALS, OWN_STEPS, OTHERS_STEPS = 4, 6, 4


def summary_for(version: Version, language: str, by: User, at: datetime) -> bytes:
    """The summary: a draft of it while the programme is one, issued in both languages once it is approved."""
    return printed(paper_of(version), version, language, by, at)


def paper_of(version: Version) -> Paper:
    facts = facts_of(version)
    return paper_about(version, PaperKind.SUMMARY, TEMPLATE, facts, lambda: data_of(facts))


def facts_of(version: Version) -> dict[str, Any]:
    """What the summary says: goals now and later, the next steps of the person and of others; no need and no level."""
    active = [goal for goal in version.goals if goal.phase is Phase.ACTIVE]
    steps = sorted((step for goal in active for step in goal.steps), key=lambda step: step.due_on)
    own = [step for step in steps if step.doer is Doer.PERSON]
    others = [step for step in steps if step.doer is not Doer.PERSON]
    assignment = version.case.assignment
    return {
        "version": version,
        "client": version.client,
        "office": assignment.office,
        "officer": assignment.officer or version.drafted_by,
        "goals": active[:GOALS],
        "own_steps": own[:OWN_STEPS],
        "others_steps": others[:OTHERS_STEPS],
        "has_more": len(active) > GOALS or len(own) > OWN_STEPS or len(others) > OTHERS_STEPS,
        "later": [goal for goal in version.goals if goal.phase is Phase.FUTURE][:GOALS],
    }


def data_of(facts: dict[str, Any]) -> dict[str, Any]:
    """The same for a machine, in the language spoken."""
    version: Version = facts["version"]
    return {
        "kind": PaperKind.SUMMARY.value,
        "language": language(),
        "title": _("My programme"),
        "number": version.number,
        "approved_on": version.approval.on if version.approval else None,
        "office": text_in(facts["office"]),
        "person": facts["client"].full_name,
        "goals": [{"goal": goal_in_words(goal), "by": goal.target_on} for goal in facts["goals"]],
        "i_do": list(steps_in_words(facts["own_steps"])),
        "others_do": [{"who": str(step.doer.label), "step": step_in_words(step)} for step in facts["others_steps"]],
        "later": [goal_in_words(goal) for goal in facts["later"]],
        "starts_on": version.starts_on,
        "review_on": version.review_on,
        "officer": facts["officer"].full_name,
    }


def steps_in_words(steps: Iterable[Step]) -> Iterable[dict[str, Any]]:
    return ({"step": step_in_words(step), "by": step.due_on} for step in steps)


def print_summary(version_id: int, language: str, by: User, at: datetime) -> IssuedPaper:
    """The summary of an approved version, for a batch. Raises NotPossible for a draft."""
    return issue(paper_of(version_to_print(version_id)), by, at, language)


PRINTERS[PaperKind.SUMMARY] = print_summary
OVERTAKEN[PaperKind.SUMMARY] = is_overtaken
