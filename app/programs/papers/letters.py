"""The letter that a person is given when the programme ends: what was achieved, what helps further, whom to call."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.access.models import User
from app.clients.models import NotPossible
from app.db import db
from app.printing.issuing import Paper, issue
from app.printing.models import IssuedPaper
from app.printing.printers import PRINTERS
from app.printing.vocabulary import PaperKind
from app.programs.models import Closure, Goal, Program, Step
from app.programs.progress.standing import standing_of
from app.programs.queries import approved_version_of, progress_of
from app.programs.vocabulary import GoalOutcome, Outcome, StepState
from app.programs.wording import goal_in_words, step_in_words
from app.web.languages import language, text_in

TEMPLATE = "programs/closing_letter.html"


def may_have_letter(program: Program) -> bool:
    """A letter is for who worked by an approved programme; one that goes on in another programme has not ended."""
    closure = program.closure
    return closure is not None and program.in_force is not None and closure.outcome is not Outcome.CONTINUED


def letter_for(program: Program, language: str, by: User, at: datetime) -> IssuedPaper:
    """The letter, issued in Kazakh and Russian on the first request. Raises NotPossible while there is none."""
    if program.closure is None or not may_have_letter(program):
        raise NotPossible(_("There is no letter: the programme is not closed, or none was ever approved."))
    return issue(paper_of(program, program.closure), by, at, language)


def paper_of(program: Program, closure: Closure) -> Paper:
    facts = facts_of(program, closure)
    return Paper(
        kind=PaperKind.CLOSING_LETTER,
        number=program.number,
        about=program,
        office_id=facts["office"].id,
        on=closure.on,
        template=TEMPLATE,
        context=facts | {"parts": PartsInWords(facts["goals"])},
        data=lambda: data_of(program, closure, facts),
    )


def facts_of(program: Program, closure: Closure) -> dict[str, Any]:
    """What the letter says: goals by what came of them, and what was done; neither levels nor offences."""
    current = approved_version_of(program)
    goals: list[Goal] = list(current.goals) if current else []
    standing = standing_of(current, progress_of(program)) if current else None
    done = [step for goal in goals for step in goal.steps if standing and standing.of(step) is StepState.DONE]
    return {
        "program": program,
        "closure": closure,
        "client": program.client,
        "office": program.case.assignment.office,
        "started_on": program.starts_on,
        "goals": {one: [goal for goal in goals if closure.outcomes.get(goal.thread) is one] for one in GoalOutcome},
        "done": done,
    }


class PartsInWords:
    """Titles with their goals, put into words only when the letter is printed, in its language."""

    def __init__(self, goals: dict[GoalOutcome, list[Goal]]) -> None:
        self.goals = goals

    def __iter__(self) -> Any:
        yield _("What you have achieved"), self.goals[GoalOutcome.ACHIEVED]
        yield _("Where you have come a part of the way"), self.goals[GoalOutcome.PARTLY_ACHIEVED]
        yield _("What others go on with"), self.goals[GoalOutcome.ELSEWHERE]
        yield _("What is still before you"), self.goals[GoalOutcome.NOT_ACHIEVED]


def data_of(program: Program, closure: Closure, facts: dict[str, Any]) -> dict[str, Any]:
    """The content of the letter, in the language now spoken."""
    steps: list[Step] = facts["done"]
    return {
        "kind": "closing_letter",
        "language": language(),
        "number": program.number,
        "on": closure.on,
        "office": text_in(facts["office"]),
        "person": {"name": facts["client"].full_name},
        "goals": [
            {"goal": goal_in_words(goal), "outcome": str(outcome.label)}
            for outcome, goals in facts["goals"].items()
            for goal in goals
        ],
        "done": [step_in_words(step) for step in steps],
        "further": closure.further,
        "contacts": closure.contacts,
        "officer": closure.by.full_name,
    }


def print_again(program_id: int, language: str, by: User, at: datetime) -> IssuedPaper:
    """The letter of a closed programme, for a batch. Raises NotPossible where there is none."""
    statement = select(Program).where(Program.id == program_id).options(joinedload(Program.closure))
    return letter_for(db.session.scalars(statement).unique().one(), language, by, at)


PRINTERS[PaperKind.CLOSING_LETTER] = print_again
