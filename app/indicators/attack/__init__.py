"""What an outsider can derive about every hidden figure from all that is published.

Nothing here has seen the facts, and nothing here is used in choosing what to hide: it sees a release as a stranger
does. The finest cells are unknown whole numbers not below nought, every shown figure is an equation, every part is
within its whole, and each hidden figure is made as small and as large as these allow.
"""

from collections.abc import Iterable

from app.indicators.attack.outsider import Interval, Outsider
from app.indicators.attack.published import from_release
from app.indicators.tables import Cells, Release, key_in, wide_enough


def attack(release: Release) -> list[Interval]:
    """The interval of every hidden figure, and of every rest that is not two shown figures apart.

    Raises Contradiction when no whole numbers fit what is published.
    """
    return Outsider(from_release(release)).intervals()


def is_safe(release: Release) -> bool:
    """Whether every interval that ``attack`` would find is wide enough, without working out the wide ones to the end.

    Two whole-number tables that agree with all that is shown and lie far enough apart settle a figure.
    """
    return Outsider(from_release(release)).is_safe()


def unsafe(release: Release, intervals: Iterable[Interval]) -> list[Interval]:
    """The intervals that tell too much."""
    quantities = {quantity.code: quantity for quantity in release.quantities}
    return [
        found
        for found in intervals
        if not wide_enough(found.low, found.high, quantities[found.quantity], release.threshold)
    ]


def missed(intervals: Iterable[Interval], truth: Cells) -> list[Interval]:
    """The intervals that do not hold the true number: none, if the attack and the release are right."""
    quantities = {quantity.code: quantity for quantity in truth.quantities}
    wrong = []
    for found in intervals:
        number = truth.total(found.quantity, found.key)
        if found.of:
            key = key_in(quantities[found.quantity], quantities[found.of], found.key, truth.dimensions)
            number = truth.total(found.of, key) - number
        if number < found.low or (found.high is not None and number > found.high):
            wrong.append(found)
    return wrong
