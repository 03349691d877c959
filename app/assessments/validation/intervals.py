"""The uncertainty of a share and of an estimate: 95 % intervals."""

from scipy.stats import binomtest, norm

from app.assessments.validation.cells import Share

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
