"""How far two raters agree: shares, weighted kappa, and the intraclass correlation. Exact: fractions, not floats."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

Answer = TypeVar("Answer")
Pair = tuple[Answer, Answer]

# Fewer pairs say nothing: our own choice, the same as for every figure of validation (the research brief, section 7).
LEAST_PAIRS = 30


class Weight(StrEnum):
    """How much a disagreement counts, by how far the two categories lie apart."""

    NOMINAL = "nominal"  # every disagreement alike: Cohen's own kappa
    LINEAR = "linear"
    QUADRATIC = "quadratic"

    def of(self, distance: int) -> int:
        match self:
            case Weight.NOMINAL:
                return int(distance > 0)
            case Weight.LINEAR:
                return distance
            case Weight.QUADRATIC:
                return distance * distance


def percent_agreement(pairs: Sequence[Pair[Answer]]) -> Fraction | None:
    """The share of pairs, 0 to 1, in which both said the same; None without pairs."""
    return Fraction(sum(first == second for first, second in pairs), len(pairs)) if pairs else None


def kappa(
    pairs: Sequence[Pair[Answer]], categories: Sequence[Answer], weight: Weight = Weight.LINEAR
) -> Fraction | None:
    """Weighted kappa of two raters: 1 for full agreement, 0 for as much as by chance.

    categories: every possible answer in its order; neighbours lie one step apart. None without pairs, and where
    chance leaves no room to disagree (both raters always said one and the same).
    Raises ValueError for an answer outside the categories.
    Sources: Cohen, J. (1960), Educational and Psychological Measurement 20, 37-46 (nominal); Cohen, J. (1968),
    Psychological Bulletin 70, 213-220 (weighted): one less the observed disagreement over the expected one.
    """
    if not pairs:
        return None
    places = {category: place for place, category in enumerate(categories)}
    if strange := {answer for pair in pairs for answer in pair} - places.keys():
        raise ValueError(f"outside the categories: {sorted(map(str, strange))}")
    ranked = [(places[first], places[second]) for first, second in pairs]
    observed = Fraction(sum(weight.of(abs(first - second)) for first, second in ranked), len(ranked))
    firsts, seconds = (Counter(side) for side in zip(*ranked, strict=True))
    by_chance = Fraction(
        sum(
            count * other * weight.of(abs(place - there))
            for place, count in firsts.items()
            for there, other in seconds.items()
        ),
        len(ranked) ** 2,
    )
    return 1 - observed / by_chance if by_chance else None


def icc(ratings: Sequence[Sequence[int]]) -> Fraction | None:
    """ICC(2,1): one rater's figure, absolute agreement, two-way random effects. At most 1; may fall below 0.

    ratings: points, a row for each subject, a column for each rater, nothing missing; two or more of both. None with
    fewer, and where every figure is the same. Our columns are "first" and "second" rather than two people: what differs
    between the columns is then whoever rates second from the file, which absolute agreement is to count as error.
    Source: Shrout, P. E., Fleiss, J. L. (1979), Psychological Bulletin 86, 420-428: table 2 and the formula
    (BMS - EMS) / (BMS + (k-1) EMS + k (JMS - EMS) / n).
    Raises ValueError when the rows are not of one length.
    """
    n = len(ratings)
    k = len(ratings[0]) if ratings else 0
    if any(len(row) != k for row in ratings):
        raise ValueError("every subject needs a figure from each rater")
    least = 2
    if n < least or k < least:
        return None
    correction = Fraction(sum(map(sum, ratings)) ** 2, n * k)
    total = sum(figure * figure for row in ratings for figure in row) - correction
    between = Fraction(sum(sum(row) ** 2 for row in ratings), k) - correction
    judges = Fraction(sum(sum(column) ** 2 for column in zip(*ratings, strict=True)), n) - correction
    bms, jms = between / (n - 1), judges / (k - 1)
    ems = (total - between - judges) / ((n - 1) * (k - 1))
    spread = bms + (k - 1) * ems + k * (jms - ems) / n
    return (bms - ems) / spread if spread else None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two raters agree on one matter. Every figure is None under 30 pairs, and where it has no meaning.

    share: of the pairs that are alike, 0 to 1; nominal kappa for answers without an order, linear and quadratic for
    those with one; icc: of the points.
    """

    pairs: int
    share: Fraction | None = None
    nominal: Fraction | None = None
    linear: Fraction | None = None
    quadratic: Fraction | None = None
    icc: Fraction | None = None

    @property
    def too_few(self) -> bool:
        return self.pairs < LEAST_PAIRS


def on_points(pairs: Sequence[Pair[int]]) -> Agreement:
    """Of totals: the intraclass correlation alone."""
    return Agreement(len(pairs), icc=icc(pairs)) if enough(pairs) else Agreement(len(pairs))


def on_order(pairs: Sequence[Pair[Answer]], order: Sequence[Answer]) -> Agreement:
    """Of categories that have an order, lowest first."""
    if not enough(pairs):
        return Agreement(len(pairs))
    return Agreement(
        len(pairs),
        share=percent_agreement(pairs),
        linear=kappa(pairs, order, Weight.LINEAR),
        quadratic=kappa(pairs, order, Weight.QUADRATIC),
    )


def on_answers(pairs: Sequence[Pair[Answer]], points: Mapping[Answer, int], scored: bool) -> Agreement:
    """Of one item. points: of every possible answer; answers of equal points are one category of a scored item."""
    if not enough(pairs):
        return Agreement(len(pairs))
    share = percent_agreement(pairs)
    if not scored:
        return Agreement(len(pairs), share, nominal=kappa(pairs, tuple(points), Weight.NOMINAL))
    worth = [(points[first], points[second]) for first, second in pairs]
    order = sorted(set(points.values()))
    linear, quadratic = (kappa(worth, order, weight) for weight in (Weight.LINEAR, Weight.QUADRATIC))
    return Agreement(len(pairs), share, None, linear, quadratic, icc(worth))


def enough(pairs: Sequence[object]) -> bool:
    return len(pairs) >= LEAST_PAIRS
