"""Goals and steps in the language spoken: what was taken from the methodology unchanged is said in each language."""

from collections.abc import Iterable

from app.assessments import library
from app.programs.drafts.releasing import release_wordings
from app.programs.methodology import areas, wordings_by_code
from app.programs.models import Goal, Step
from app.programs.proposals.proposing import Texts
from app.programs.vocabulary import Doer
from app.web.languages import language


def goal_in_words(goal: Goal) -> str:
    """The goal's text; in the language spoken as long as nobody has changed the suggestion."""
    known = (rule.goal for rule in wordings_by_code().get(goal.rule or "", ()))
    return translated(goal.text, (*known, *release_wordings(goal.rule)))


def step_in_words(step: Step) -> str:
    return suggestion_in_words(step.goal.rule, step.text)


def suggestion_in_words(code: str | None, text: str) -> str:
    """The text of a step whose goal was taken from a rule, or from none."""
    wordings = wordings_by_code().get(code or "", ())
    known = (suggested.text for rule in wordings for suggested in rule.steps)
    return translated(text, (*known, *release_wordings(code)))


def translated(text: str, known: Iterable[Texts]) -> str:
    return next((texts[language()] for texts in known if text in texts.values()), text)


def area_in_words(code: str) -> str:
    """The name of an area of need; one that the methodology does not know is named as the instrument names it."""
    area = areas().get(code)
    name = area.name if area else name_in_instruments(code)
    return name[language()] if name else code


def name_in_instruments(code: str) -> Texts | None:
    """What an instrument calls a need: a section of its own, or an item of support. None when no instrument has it."""
    named = (part for one in library.shelf().values() for part in (one.section(code), one.item(code)) if part)
    return next((part.name for part in named if part.name), None)


def doer_in_words(code: str) -> str:
    return str(Doer(code).label)
