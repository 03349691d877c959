"""Which figures would tell something about a person or about everyone in a group, taken one at a time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.indicators.tables import TOTAL, Cells, Key, Quantity, Spot, covers, key_in, leaves_rest

THRESHOLD = 5  # design §7
DOMINANCE = 0.8  # the (1, 80 %) rule: no single contributor may make more than this share of an amount


class Reason(StrEnum):
    """Why a figure is hidden for its own sake. Told to the analyst who prepares a release, never published."""

    SMALL = "small"
    SMALL_REST = "small-rest"
    NONE_OR_ALL = "none-or-all"
    FULL = "full"
    DOMINANCE = "dominance"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True)
class Contribution:
    """The minutes that one helper gave to one person, both known by any number that is theirs alone.

    ``office`` is the one that arranged it, where a cell may hold more than one.
    """

    cell: Key
    person: int
    helper: int
    minutes: int
    office: str = ""


def small(number: int, threshold: int) -> bool:
    """1 up to the threshold, without it: so few that somebody may know them all."""
    return 0 < number < threshold


def sensitive_counts(cells: Cells, keys: Sequence[Key], threshold: int = THRESHOLD) -> set[Spot]:
    """The counts of ``why_hidden`` at the keys."""
    spots = [(quantity.code, key) for quantity in cells.quantities for key in keys]
    return set(why_hidden(cells, spots, {spot: cells.total(*spot) for spot in spots}, threshold))


def why_hidden(
    cells: Cells, spots: Sequence[Spot], numbers: Mapping[Spot, int], threshold: int = THRESHOLD
) -> dict[Spot, Reason]:
    """The counts that must not be shown whatever stands around them, each with the first reason that applies.

    A count is hidden when it or what it leaves of its whole is small, and when it is none or all of a group that
    has somebody in it: both tell something about everyone there, however large the group. A group that is empty is
    shown as empty. The total is a group like any other. A count that is part of nothing is hidden when it is all of
    a group that is cut by an attribute (``full_groups``). ``numbers`` are the true figures of the spots.
    """
    by_code = {quantity.code: quantity for quantity in cells.quantities}
    found: dict[Spot, Reason] = {}
    for spot in spots:
        quantity = by_code[spot[0]]
        if quantity.unit == 1:
            number = numbers[spot]
            rest = _rest(cells, by_code.get(quantity.within or ""), quantity, spot, numbers)
            if reason := _reason(number, rest, threshold):
                found[spot] = reason
    for _, full in full_groups(cells, spots, numbers):
        found.setdefault(full, Reason.FULL)
    return found


def _reason(number: int, rest: int | None, threshold: int) -> Reason | None:
    if small(number, threshold):
        return Reason.SMALL
    if rest is None:
        return None
    if small(rest, threshold):
        return Reason.SMALL_REST
    return Reason.NONE_OR_ALL if (number == 0) != (rest == 0) else None


def _rest(cells: Cells, whole: Quantity | None, part: Quantity, spot: Spot, numbers: Mapping[Spot, int]) -> int | None:
    """What a part leaves of its whole; None where it leaves nothing that means anything."""
    if whole is None or not leaves_rest(part, whole, spot[1], cells.dimensions):
        return None
    at = whole.code, key_in(part, whole, spot[1], cells.dimensions)
    return (numbers[at] if at in numbers else cells.total(*at)) - numbers[spot]


def full_groups(cells: Cells, spots: Sequence[Spot], numbers: Mapping[Spot, int]) -> list[tuple[Spot, Spot]]:
    """(group, the one category of an attribute in which all of it fall), where the group has somebody in it.

    That nobody of the group is in the other categories may not be known: the difference of the two must stay
    uncertain as a hidden figure does.
    """
    plain = {quantity.code for quantity in cells.quantities if quantity.within is None and quantity.unit == 1}
    found = []
    for place, dimension in enumerate(cells.dimensions):
        for code, key in spots if dimension.attribute and len(dimension.categories) > 1 else ():
            group = code, (*key[:place], TOTAL, *key[place + 1 :])
            if key[place] != TOTAL and code in plain and numbers.get(group) == numbers[code, key] > 0:
                found.append((group, (code, key)))
    return found


def sensitive_amounts(
    quantity: str,
    contributions: Iterable[Contribution],
    keys: Sequence[Key],
    threshold: int = THRESHOLD,
    dominance: float = DOMINANCE,
) -> set[Spot]:
    """The amounts made up by too few people or helpers, or mostly by one of them, or mostly by one of the offices.

    An amount is shown when at least ``threshold`` different people and as many helpers stand behind it and nobody's
    share is above ``dominance`` (an (n, k) rule with n = 1, k = 80 per cent). An office's share counts where there is
    another one, which could take off its own and know the rest. Nothing given at all is left to the count of people,
    without which the amount is not shown.
    """
    rows = list(contributions)
    found: set[Spot] = set()
    for key in keys:
        people: Counter[int] = Counter()
        helpers: Counter[int] = Counter()
        offices: Counter[str] = Counter()
        for row in rows:
            if covers(key, row.cell):
                people[row.person] += row.minutes
                helpers[row.helper] += row.minutes
                offices[row.office] += row.minutes
        few = any(len(shares) < threshold or _uneven(shares, dominance) for shares in (people, helpers))
        if people and (few or (len(offices) > 1 and _uneven(offices, dominance))):
            found.add((quantity, key))
    return found


def _uneven(shares: Counter[int] | Counter[str], dominance: float) -> bool:
    return max(shares.values(), default=0) > dominance * shares.total()
