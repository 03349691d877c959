"""Fairness: the errors that a limit between low and high scores makes in each group, and why not all can be equal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.assessments.validation.cells import Cell, Share, events, people
from app.assessments.validation.intervals import share

MEASURES = ("base_rate", "selection_rate", "fpr", "fnr", "ppv", "npv")


@dataclass(frozen=True, slots=True)
class Errors:
    """What a limit did in one group. Each share is None where it would be one of nobody."""

    tn: int
    fp: int
    fn: int
    tp: int
    base_rate: Share | None  # had the event, of everybody
    selection_rate: Share | None  # at or above the limit, of everybody
    fpr: Share | None  # at or above the limit, of those without the event
    fnr: Share | None  # below the limit, of those with the event
    ppv: Share | None  # had the event, of those at or above the limit
    npv: Share | None  # did not have it, of those below


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a measure lies apart: the groups with the highest and the lowest value."""

    measure: str
    highest: str
    lowest: str
    difference: float  # between the shares, 0 to 1
    ratio: float | None  # the highest by the lowest; None when the lowest is nought


def errors(cells: Sequence[Cell], positive_from: float) -> Errors:
    """The four counts at a limit, a score of ``positive_from`` itself lying above it, and the shares among them."""
    above = [cell for cell in cells if cell.score >= positive_from]
    tp, n = events(above), people(cells)
    fp, fn = people(above) - tp, events(cells) - tp
    tn = n - tp - fp - fn
    return Errors(
        tn=tn,
        fp=fp,
        fn=fn,
        tp=tp,
        base_rate=share(tp + fn, n),
        selection_rate=share(tp + fp, n),
        fpr=share(fp, fp + tn),
        fnr=share(fn, fn + tp),
        ppv=share(tp, tp + fp),
        npv=share(tn, tn + fn),
    )


def gaps(groups: Mapping[str, Errors]) -> list[Gap]:
    """The widest gap of each measure; none for a measure that fewer than two groups have."""
    found = []
    for measure in MEASURES:
        values = {name: one.value for name, group in groups.items() if (one := getattr(group, measure))}
        if len(values) > 1:
            highest, lowest = max(values, key=values.__getitem__), min(values, key=values.__getitem__)
            top, bottom = values[highest], values[lowest]
            found.append(Gap(measure, highest, lowest, top - bottom, top / bottom if bottom else None))
    return found


def implied_fpr(base_rate: float, ppv: float, fnr: float) -> float | None:
    """The share of false alarms that follows when the other three are given: p/(1-p) × (1-PPV)/PPV × (1-FNR).

    An identity (Chouldechova 2017, eq. 2.6): groups with equal PPV and FNR and unequal base rates cannot have equal
    FPR. Above 1 the three cannot even occur together. None where it divides by nought.
    """
    if not ppv or base_rate >= 1:
        return None
    return base_rate / (1 - base_rate) * (1 - ppv) / ppv * (1 - fnr)


def implied_ppv(base_rate: float, fpr: float, fnr: float) -> float | None:
    """The share of the flagged who have the event that follows when the other three are given.

    The same identity, turned round: groups with equal FPR and FNR and unequal base rates cannot have equal PPV
    (Kleinberg, Mullainathan & Raghavan 2016).
    """
    hits, alarms = base_rate * (1 - fnr), (1 - base_rate) * fpr
    return hits / (hits + alarms) if hits + alarms else None
