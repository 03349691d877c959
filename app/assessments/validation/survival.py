"""Time until the event, of people who were watched for different times (Kaplan–Meier), and whether groups differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.stats import CensoredData, chi2, ecdf, multivariate_hypergeom

from app.assessments.validation.intervals import within_unit

LEAST_GROUPS = 2


@dataclass(frozen=True, slots=True)
class Watched:
    """``n`` people whose watch ended at ``time``, in any unit, the same for all, not below nought.

    It ended with the event for ``events`` of them; what came after is unknown for the others.
    """

    time: float
    n: int
    events: int


@dataclass(frozen=True, slots=True)
class Step:
    """Survival from ``time`` on, until the next step."""

    time: float
    at_risk: int
    events: int
    survival: float
    se: float  # Greenwood's
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class LogRank:
    chi2: float
    df: int
    p: float


def by_time(counts: Iterable[tuple[float, int, int]]) -> tuple[Watched, ...]:
    """One row for each time, the shortest first, from (time, people, events) in any order, repeats added up."""
    sums: dict[float, list[int]] = {}
    for time, n, events in counts:
        both = sums.setdefault(time, [0, 0])
        both[0] += n
        both[1] += events
    return tuple(Watched(time, *sums[time]) for time in sorted(sums) if sums[time][0])


def kaplan_meier(watched: Sequence[Watched]) -> list[Step]:
    """A step for each time with an event, the shortest first; nothing while there was no event.

    The estimate is SciPy's, the error Greenwood's (1926), which SciPy only gives as an interval.
    """
    steps: list[Step] = []
    if not watched:
        return steps
    time = [one.time for one in watched]
    happened, unknown = [one.events for one in watched], [one.n - one.events for one in watched]
    sample = CensoredData(uncensored=np.repeat(time, happened), right=np.repeat(time, unknown))
    estimate = ecdf(sample).sf
    survival = dict(zip(estimate.quantiles, estimate.probabilities, strict=True))
    left, variance = sum(one.n for one in watched), 0.0
    for one in watched:
        if one.events:
            still = float(survival[one.time])
            variance += one.events / (left * (left - one.events)) if left > one.events else 0.0
            error = still * sqrt(variance)
            steps.append(Step(one.time, left, one.events, still, error, *within_unit(still, error)))
        left -= one.n
    return steps


def survival_at(steps: Sequence[Step], time: float) -> Step | None:
    """The step that holds at a time; None before the first event, when everybody survives."""
    return next((step for step in reversed(steps) if step.time <= time), None)


def log_rank(groups: Sequence[Sequence[Watched]]) -> LogRank | None:
    """Whether groups differ (Mantel 1966; for two groups as SciPy's ``logrank``, which compares no more than two).

    At each time with an event, those who have it are as if drawn from all who are left; that distribution's mean and
    covariance are SciPy's. None for fewer than two groups or no event while two were left.
    """
    groups = [group for group in groups if group]
    times = sorted({one.time for group in groups for one in group if one.events})
    if len(groups) < LEAST_GROUPS or not times:
        return None
    at_risk = np.stack([left_at(times, group) for group in groups], axis=1)
    happened = np.stack([happened_at(times, group) for group in groups], axis=1)
    drawn = multivariate_hypergeom(m=at_risk, n=happened.sum(axis=1))
    surplus = (happened - drawn.mean()).sum(axis=0)[:-1]  # the last follows from the others
    covariance = drawn.cov().sum(axis=0)[:-1, :-1]
    df = int(np.linalg.matrix_rank(covariance, hermitian=True))
    if not df:
        return None
    statistic = float(surplus @ np.linalg.pinv(covariance, hermitian=True) @ surplus)
    return LogRank(statistic, df, float(chi2.sf(statistic, df)))


def left_at(times: Sequence[float], group: Sequence[Watched]) -> np.ndarray:
    """How many of a group are still watched just before each time."""
    gone = np.cumsum([0, *(one.n for one in group)])
    return gone[-1] - gone[np.searchsorted([one.time for one in group], times)]


def happened_at(times: Sequence[float], group: Sequence[Watched]) -> np.ndarray:
    events = {one.time: one.events for one in group}
    return np.array([events.get(time, 0) for time in times])
