"""What figures given out before leave to a later release: some are public already, some must not be told by it.

A release is protected as one system; so must be two that speak of the same people. Two revisions of a period give the
same figures again, and their difference is the one person who was entered late. A year and its half-years overlap.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from app.indicators.sensitivity import THRESHOLD, small
from app.indicators.tables import TOTAL, Cells, Dimension, Release, Spot

Group = tuple[tuple[str, str], ...]  # the dimensions that are not at the total, with their codes
Place = tuple[str, Group]  # a figure by its names: releases of different periods may have different dimensions
Shown = Mapping[Place, int | None]


@dataclass(frozen=True, slots=True)
class Before:
    """What was given out before of the same days, each period with its revisions, the latest last.

    For a year ``halves`` are its half-years; for a half-year they are the other one, and ``year`` is the year of both.
    """

    revisions: Sequence[Release] = ()
    year: Sequence[Release] = ()
    halves: Sequence[Sequence[Release]] = ()
    is_year: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """What a later release is bound to.

    ``fixed``: figures of the revision before that did not move: True ones are public, False ones were hidden and stay
    so. ``sensitive``: figures that would tell of a few people beside what was given out.
    """

    fixed: dict[Spot, bool] = field(default_factory=dict)
    sensitive: set[Spot] = field(default_factory=set)


def held(
    truth: Mapping[Spot, int], dimensions: Sequence[Dimension], before: Before, threshold: int = THRESHOLD
) -> Held:
    """What a release of the figures in ``truth`` is bound to by what was given out before.

    A figure that the last revision hid stays hidden, and one that it showed and that is the same is public. One that
    moved by less than the threshold since any revision that showed it is hidden now. Between a year and its
    half-years a figure is hidden when another of them hides it, when two of them differ by less than the threshold,
    or when the year and the sum of its halves do.
    """
    found = Held()
    revisions = [shown_in(release) for release in before.revisions]
    years = [shown_in(release) for release in before.year]
    halves = [[shown_in(release) for release in several] for several in before.halves]
    for spot, number in truth.items():
        place = place_of(spot, dimensions)
        last = revisions[-1].get(place, number + threshold) if revisions else number + threshold
        if last is None or last == number:
            found.fixed[spot] = last is not None
        elif (
            any(_differs_little(number, each.get(place), threshold) for each in revisions)
            or any(_tells(number, each, place, threshold) for each in (sum(halves, []) if before.is_year else years))
            or any(small(abs(gap), threshold) for gap in _gaps(number, place, years, halves, before.is_year))
        ):
            found.sensitive.add(spot)
    return found


def place_of(spot: Spot, dimensions: Sequence[Dimension]) -> Place:
    """A figure by the names of its group, whatever other dimensions its release has."""
    quantity, key = spot
    group = ((each.code, code) for each, code in zip(dimensions, key, strict=True) if code != TOTAL)
    return quantity, tuple(sorted(group))


def shown_in(release: Release) -> Shown:
    return {place_of((each.quantity, each.key), release.dimensions): each.value for each in release.figures}


def _differs_little(number: int, other: int | None, threshold: int) -> bool:
    return other is not None and small(abs(number - other), threshold)


def _tells(number: int, other: Shown, place: Place, threshold: int) -> bool:
    return place in other and (other[place] is None or _differs_little(number, other[place], threshold))


def _gaps(
    number: int, place: Place, years: Sequence[Shown], halves: Sequence[Sequence[Shown]], is_year: bool
) -> Iterable[int]:
    """How far the year is from the sum of its halves, by every revision that shows the figure."""
    several = [[each[place] for each in revisions if each.get(place) is not None] for revisions in halves]
    if is_year:
        return [number - sum(known or 0 for known in pair) for pair in product(*several)] if len(several) > 1 else []
    whole = [each[place] for each in years if each.get(place) is not None]
    return [(year or 0) - number - (other or 0) for year in whole for known in several for other in known]


def moved(before: Release, after: Release) -> list[dict[str, Any]]:
    """The figures that stand otherwise in the later release than in the earlier, as both of them show them.

    Nothing but what was shown goes in: a figure that is hidden in both is not named, whether it moved or not.
    """
    earlier, later = shown_in(before), shown_in(after)
    return [
        {"quantity": quantity, "group": dict(group), "before": earlier.get((quantity, group)), "after": value}
        for (quantity, group), value in later.items()
        if earlier.get((quantity, group)) != value
    ]


def numbers_of(cells: Cells, spots: Iterable[Spot]) -> dict[Spot, int]:
    """The true number of each figure, all of them in one walk over the cells for each way of adding up."""
    numbers: dict[Spot, int] = dict.fromkeys(spots, 0)
    ways: dict[str, set[tuple[bool, ...]]] = {}
    for quantity, key in numbers:
        ways.setdefault(quantity, set()).add(tuple(code == TOTAL for code in key))
    for quantity, patterns in ways.items():
        for cell, number in cells.values.get(quantity, {}).items():
            for pattern in patterns:
                spot = (
                    quantity,
                    tuple(TOTAL if at_total else code for at_total, code in zip(pattern, cell, strict=True)),
                )
                if spot in numbers:
                    numbers[spot] += number
    return numbers
