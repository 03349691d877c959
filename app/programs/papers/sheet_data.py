"""What a programme's sheet says, as data for a machine: attached to the sheet, in the language of the sheet."""

from typing import Any

from flask_babel import gettext as _

from app.assistance.vocabulary import Direction
from app.programs.models import Goal, Step, Version
from app.programs.wording import area_in_words, goal_in_words, step_in_words
from app.web.languages import language, text_in


def data_of(version: Version, facts: dict[str, Any]) -> dict[str, Any]:
    """The content of the sheet; keys are English, days are ISO 8601, texts are in the language now spoken."""
    said, approval, assessment = version.agreement, version.approval, version.assessment
    return {
        "kind": "program",
        "language": language(),
        "title": _("Individual programme of resocialisation and social-legal assistance"),
        "number": version.number,
        "approved_on": approval.on if approval else None,
        "approved_by": approval.by.full_name if approval else None,
        "office": text_in(facts["office"]),
        "person": {"name": facts["client"].full_name, "born_on": facts["client"].born_on},
        "case": version.case.number,
        "legal_basis": text_in(facts["basis"]) if facts["basis"] else None,
        "starts_on": version.starts_on,
        "review_on": version.review_on,
        "assessment": {"on": assessment.completion.on if assessment.completion else None,
                       "instrument": text_in(facts["instrument"])},
        "needs": [area_in_words(code) for code in facts["needs"]],
        "goals": [goal_data(goal) for goal in facts["active"]],
        "future_goals": [goal_data(goal) for goal in facts["future"]],
        "person_says": {"answer": str(said.answer.label), "on": said.on, "words": said.words,
                        "representative": said.representative} if said else None,
        "officer": version.drafted_by.full_name,
    }  # fmt: skip


def goal_data(goal: Goal) -> dict[str, Any]:
    return {
        "goal": goal_in_words(goal),
        "need": area_in_words(goal.need.code) if goal.need else None,
        "helps_with": [area_in_words(row.code) for row in goal.areas],
        "by": goal.target_on,
        "strengths": [text for _code, text in goal.noted_strengths]
        + ([goal.own_strengths] if goal.own_strengths else []),
        "steps": [step_data(step) for step in goal.steps],
    }


def step_data(step: Step) -> dict[str, Any]:
    return {
        "step": step_in_words(step),
        "who": str(step.doer.label),
        "by": step.due_on,
        "help": str(Direction(step.direction).label) if step.direction else None,
        "hours": step.hours,
    }
