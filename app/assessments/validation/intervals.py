"""The uncertainty of a share and of an estimate: 95 % intervals, and whether two shares differ."""

from collections.abc import Sequence

from scipy.stats import binomtest, chi2_contingency, norm

from app.assessments.validation.cells import Cell, Share, events, people

CONFIDENCE = 0.95
Z = float(norm.ppf((1 + CONFIDENCE) / 2))  # 1.95996…


def share(count: int, of: int) -> Share | None:
    """None for a share of nobody. Raises ValueError when there are more than there are."""
    if not of:
        return None
    interval = binomtest(count, of).proportion_ci(CONFIDENCE, method="wilson")
    return Share(count, of, count / of, float(interval.low), float(interval.high))


def within_unit(estimate: float, error: float) -> tuple[float, float]:
    """The interval of an estimate between 0 and 1 with this standard error, cut off at both ends."""
    return max(0.0, estimate - Z * error), min(1.0, estimate + Z * error)


def p_of_equal_shares(first: Sequence[Cell], second: Sequence[Cell]) -> float | None:
    """The p-value of Pearson's chi-squared test, uncorrected, for two groups that would have the event equally often.

    None when nobody, or everybody, had it: there is nothing to compare.
    """
    table = [[events(cells), people(cells) - events(cells)] for cells in (first, second)]
    if not all(map(sum, table)) or not all(map(sum, zip(*table, strict=True))):
        return None
    return float(chi2_contingency(table, correction=False).pvalue)
