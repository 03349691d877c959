"""Calibration: whether as many had the event as a score promises."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, xlogy

from app.assessments.validation.cells import Cell, Share, events, people
from app.assessments.validation.intervals import share

MOST_SCORES = 20  # more distinct scores than this are shown as bands
BANDS = 10
TOLERANCE = 1e-12  # of the slope of the log-likelihood, per person and standard deviation of the score


@dataclass(frozen=True, slots=True)
class Recalibration:
    """P(event) = 1 / (1 + exp(-(b0 + b1 × score))), and how well that fits the very people it was fitted to."""

    b0: float
    b1: float
    brier: float  # the mean squared distance between probability and what happened; 0 is perfect
    log_loss: float  # nats per person

    def probability(self, score: float) -> float:
        return float(expit(self.b0 + self.b1 * score))


@dataclass(frozen=True, slots=True)
class Row:
    """People with a score of ``low`` to ``high``, both included, and how many of them had the event."""

    low: float
    high: float
    happened: Share


def recalibrate(cells: Sequence[Cell]) -> Recalibration | None:
    """The logistic curve of greatest likelihood.

    None where there is none: no spread of scores, or a score that parts those with the event from those without
    (Albert & Anderson 1984).
    """
    if not overlaps(cells):
        return None
    score, n, happened = (np.array([getattr(cell, name) for cell in cells], float) for name in ("score", "n", "events"))
    everybody = n.sum()
    middle = (n * score).sum() / everybody
    spread = np.sqrt((n * (score - middle) ** 2).sum() / everybody)
    if not spread:  # less than a float can hold
        return None
    design = np.stack([np.ones_like(score), (score - middle) / spread])

    def loss(weights: np.ndarray) -> float:
        logit = weights @ design
        return float((n * np.logaddexp(0, logit) - happened * logit).sum() / everybody)

    def slope(weights: np.ndarray) -> np.ndarray:
        return design @ (n * expit(weights @ design) - happened) / everybody

    def curve(weights: np.ndarray) -> np.ndarray:
        probability = expit(weights @ design)
        return (design * (n * probability * (1 - probability))) @ design.T / everybody

    found = minimize(loss, np.zeros(2), jac=slope, hess=curve, method="trust-exact", options={"gtol": TOLERANCE})
    weights = found.x - np.linalg.solve(curve(found.x), slope(found.x))  # one step more: to the last digits
    b1 = float(weights[1] / spread)
    b0 = float(weights[0] - b1 * middle)
    probability = expit(b0 + b1 * score)
    return Recalibration(
        b0, b1, brier(cells, lambda one: float(expit(b0 + b1 * one))), _log_loss(n, happened, probability)
    )


def overlaps(cells: Sequence[Cell]) -> bool:
    """Whether neither side lies wholly above the other."""
    bad = [cell.score for cell in cells if cell.events]
    good = [cell.score for cell in cells if cell.n > cell.events]
    return bool(bad and good) and min(bad) < max(good) and min(good) < max(bad)


def brier(cells: Iterable[Cell], probability: Callable[[float], float]) -> float:
    """The mean squared distance between a score's probability and what happened (Brier 1950)."""
    squares = everybody = 0.0
    for cell in cells:
        expected = probability(cell.score)
        squares += cell.events * (1 - expected) ** 2 + (cell.n - cell.events) * expected**2
        everybody += cell.n
    return squares / everybody


def expected(cells: Iterable[Cell], probability: Callable[[float], float]) -> float:
    """How many events the probabilities promise; beside those that were observed it is E/O."""
    return sum(cell.n * probability(cell.score) for cell in cells)


def calibration_table(cells: Sequence[Cell], least: int = 1, least_events: int = 0) -> list[Row]:
    """The share with the event by score, or by bands of neighbouring scores where there are many.

    Bands hold about equal numbers. Neighbours are put together until a row has ``least`` people and ``least_events``
    events; what is left over at the top joins the last row. No row at all when everybody together does not.
    """
    size = max(least, people(cells) / BANDS if len(cells) > MOST_SCORES else 1)
    rows: list[list[Cell]] = [[]]
    for cell in cells:
        if rows[-1] and people(rows[-1]) >= size and events(rows[-1]) >= least_events:
            rows.append([])
        rows[-1].append(cell)
    if len(rows) > 1 and (people(rows[-1]) < least or events(rows[-1]) < least_events):
        rows[-2:] = [rows[-2] + rows[-1]]
    if people(rows[0]) < least or events(rows[0]) < least_events:
        return []
    shares = ((row, share(events(row), people(row))) for row in rows)
    return [Row(row[0].score, row[-1].score, happened) for row, happened in shares if happened]


def _log_loss(n: np.ndarray, happened: np.ndarray, probability: np.ndarray) -> float:
    return float(-(xlogy(happened, probability) + xlogy(n - happened, 1 - probability)).sum() / n.sum())
