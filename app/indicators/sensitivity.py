"""Which figures would tell something about a person or about everyone in a group, taken one at a time."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.indicators.tables import Cells, Key, Quantity, Spot, covers

THRESHOLD = 5  # design §7
DOMINANCE = 0.8  # the (1, 80 %) rule: no single contributor may make more than this share of an amount


@dataclass(frozen=True, slots=True)
class Contribution:
    """The minutes that one helper gave to one person, both known by any number that is theirs alone."""

    cell: Key
    person: int
    helper: int
    minutes: int


def small(number: int, threshold: int) -> bool:
    """1 up to the threshold, without it: so few that somebody may know them all."""
    return 0 < number < threshold


def sensitive_counts(cells: Cells, keys: Sequence[Key], threshold: int = THRESHOLD) -> set[Spot]:
    """The counts that must not be shown whatever stands around them.

    A count is hidden when it or what it leaves of its whole is small, and when it is none or all of a group that
    has somebody in it: both tell something about everyone there, however large the group. A group that is empty is
    shown as empty. The total is a group like any other.
    """
    found: set[Spot] = set()
    for quantity in cells.quantities:
        if quantity.unit == 1:
            found |= {(quantity.code, key) for key in keys if _is_sensitive(cells, quantity, key, threshold)}
    return found


def _is_sensitive(cells: Cells, quantity: Quantity, key: Key, threshold: int) -> bool:
    number = cells.total(quantity.code, key)
    if quantity.within is None:
        return small(number, threshold)
    rest = cells.total(quantity.within, key) - number
    return small(number, threshold) or small(rest, threshold) or (number == 0) != (rest == 0)


def sensitive_amounts(
    quantity: str,
    contributions: Iterable[Contribution],
    keys: Sequence[Key],
    threshold: int = THRESHOLD,
    dominance: float = DOMINANCE,
) -> set[Spot]:
    """The amounts made up by too few people or helpers, or mostly by one of them.

    An amount is shown when at least ``threshold`` different people and as many helpers stand behind it and nobody's
    share is above ``dominance`` (an (n, k) rule with n = 1, k = 80 per cent). Nothing given at all is left to the
    count of people, without which the amount is not shown.
    """
    rows = list(contributions)
    found: set[Spot] = set()
    for key in keys:
        people: Counter[int] = Counter()
        helpers: Counter[int] = Counter()
        for row in rows:
            if covers(key, row.cell):
                people[row.person] += row.minutes
                helpers[row.helper] += row.minutes
        if people and any(_too_few_or_uneven(shares, threshold, dominance) for shares in (people, helpers)):
            found.add((quantity, key))
    return found


def _too_few_or_uneven(shares: Counter[int], threshold: int, dominance: float) -> bool:
    return len(shares) < threshold or max(shares.values()) > dominance * shares.total()
