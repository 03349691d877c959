"""Counts of public data, from which the published and the computed figures must come out again.

COMPAS: ProPublica's two-year table (github.com/propublica/compas-analysis), people and recidivists by decile, and true
negatives, false positives, false negatives, true positives at "medium or high" (decile 5).
Rossi: rossi.csv beside this file, after Rossi, Berk & Lenihan, Money, Work, and Crime (1980), as in lifelines
(MIT licence, Copyright (c) 2017 Cameron Davidson-Pilon): week of arrest or 52, financial aid, people.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from app.assessments.validation.cells import by_score
from app.assessments.validation.survival import by_time

PEOPLE = (1440, 941, 747, 769, 681, 641, 592, 512, 508, 383)
RECIDIVISTS = (308, 293, 281, 334, 326, 358, 350, 350, 355, 296)
MEDIUM = 5
DECILES = by_score(zip(range(1, 11), PEOPLE, RECIDIVISTS, strict=True))

LIMITS = {  # TN, FP, FN, TP
    "Black": (990, 805, 532, 1369),
    "White": (1139, 349, 461, 505),
    "Hispanic": (318, 87, 129, 103),
    "male": (2072, 994, 1021, 1732),
    "female": (609, 288, 195, 303),
}


def at_limit(tn: int, fp: int, fn: int, tp: int) -> Iterator[tuple[float, int, int]]:
    """Two scores, 1 below the limit and 5 at it, with these counts."""
    yield 1, tn + fn, fn
    yield MEDIUM, fp + tp, tp


def rossi(*aid: str):
    with Path(__file__).with_name("rossi.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["aid"] in aid]
    people = [int(row["people"]) for row in rows]
    return by_time((float(row["week"]), n, n * int(row["arrest"])) for row, n in zip(rows, people, strict=True))
