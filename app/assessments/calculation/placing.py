"""Places a score in a level: which cut-offs are in force for these answers, and what these depend on."""

from datetime import date

from app.assessments.calculation.expressions import Known
from app.assessments.calculation.model import Calculation, CutoffSet, Score
from app.assessments.calculation.operators import NoValue, Value


def level_of(score: Score, value: Value | None, values: Known) -> str | None:
    """The level in which a value lies under the cut-offs in force for these answers; None without cut-offs.

    Raises NoValue when no cut-offs are in force, or the value lies outside them.
    """
    if not score.cutoffs or value is None or isinstance(value, str | date):
        return None
    bands = cutoffs_in_force(score, values).bands
    holding = [band for band in bands if band.first <= value]
    if not holding or (holding[-1].last is not None and value > holding[-1].last):
        raise NoValue(f"{value} is outside the cut-offs")
    return holding[-1].level


def cutoffs_in_force(score: Score, values: Known) -> CutoffSet:
    """The newest set that holds for these answers; of equally new ones the one that asks for most.

    Raises NoValue when there is none.
    """
    day = values[score.dated_by] if score.dated_by else None
    holding = [
        one
        for one in score.cutoffs
        if all(values[code] == word for code, word in one.about.items())
        and (one.valid_from is None or (isinstance(day, date) and one.valid_from <= day))
    ]
    if not holding:
        raise NoValue("no cut-offs are in force for these answers")
    return max(holding, key=lambda one: (one.valid_from or date.min, len(one.about)))


def choosing(calculation: Calculation) -> set[str | None]:
    """The inputs that choose the cut-offs: without a sex or a day those for somebody else would hold."""
    days = {score.dated_by for score in calculation.scores}
    return days | {code for score in calculation.scores for one in score.cutoffs for code in one.about}
