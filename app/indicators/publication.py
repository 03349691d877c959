"""From facts to a protected release."""

from collections.abc import Iterable, Sequence

from app.indicators.calculation import TABLES, Fact, amount_code, calculate
from app.indicators.definitions import Definition
from app.indicators.sensitivity import THRESHOLD, Contribution, sensitive_amounts
from app.indicators.suppression import protect
from app.indicators.tables import Dimension, Release, all_keys


def publish(  # noqa: PLR0913 – what the period found, and how to publish it
    definitions: Sequence[Definition],
    dimensions: Sequence[Dimension],
    facts: Iterable[Fact],
    contributions: Iterable[Contribution] = (),
    *,
    threshold: int = THRESHOLD,
    tables: Sequence[Sequence[str]] = TABLES,
) -> Release:
    """All indicators of one period, protected as one release. Raises as ``calculate`` and ``protect`` do."""
    given = list(contributions)
    cells = calculate(definitions, dimensions, facts, given)
    keys = all_keys(tables, cells.dimensions)
    uneven = [sensitive_amounts(amount_code(each.code), given, keys, threshold) for each in definitions if each.amount]
    return protect(cells, tables, threshold, set().union(*uneven))
