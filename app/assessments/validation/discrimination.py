"""Discrimination: how often somebody with the event has the higher score of two people, one with it and one without."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from app.assessments.validation.cells import Cell, events, people
from app.assessments.validation.intervals import within_unit

LEAST_FOR_ERROR = 2  # people on each side: a variance needs two


@dataclass(frozen=True, slots=True)
class Discrimination:
    """The area under the ROC curve: 0.5 is chance, 1 perfect order. A side of one person has no error or interval."""

    auc: float
    se: float | None
    low: float | None
    high: float | None


def discrimination(cells: Sequence[Cell]) -> Discrimination | None:
    """AUC by counting pairs, a tie as half (Mann & Whitney 1947); the error after DeLong, DeLong & Clarke-Pearson 1988.

    ``cells`` are in the order of their scores. None when nobody, or everybody, had the event: there is no pair.
    The pairs are counted in whole numbers, so that the order of the rows can make no difference.
    """
    with_event = events(cells)
    without = people(cells) - with_event
    if not with_event or not without:
        return None
    twice_won = 0  # pairs, a tie counting one and a win two
    below_with = below_without = 0
    placements = []  # for each score: pairs won by one with the event, lost by one without, both doubled
    for cell in cells:
        clean = cell.n - cell.events
        won = 2 * below_without + clean
        twice_won += cell.events * won
        placements.append((won, 2 * (with_event - below_with) - cell.events))
        below_with, below_without = below_with + cell.events, below_without + clean
    auc = twice_won / (2 * with_event * without)
    if min(with_event, without) < LEAST_FOR_ERROR:
        return Discrimination(auc, None, None, None)
    of_with = sum(
        cell.events * (won / (2 * without) - auc) ** 2 for cell, (won, _lost) in zip(cells, placements, strict=True)
    )
    of_without = sum(
        (cell.n - cell.events) * (lost / (2 * with_event) - auc) ** 2
        for cell, (_won, lost) in zip(cells, placements, strict=True)
    )
    error = sqrt(of_with / (with_event - 1) / with_event + of_without / (without - 1) / without)
    return Discrimination(auc, error, *within_unit(auc, error))
