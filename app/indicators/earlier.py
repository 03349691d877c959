"""What figures given out before leave to a later release: some are public already, some must not be told by it.

A release is protected as one system; so must be two that speak of the same people. Two revisions of a period give the
same figures again, and their difference is the one person who was entered late. A year and its half-years overlap.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from app.indicators.sensitivity import THRESHOLD, small
from app.indicators.tables import TOTAL, Cells, Dimension, Quantity, Release, Spot, has_dim, key_in

Group = tuple[tuple[str, str], ...]  # the dimensions that are not at the total, with their codes
Place = tuple[str, Group]  # a figure by its names: releases of different periods may have different dimensions
Shown = Mapping[Place, int | None]
Parts = Mapping[str, tuple[Quantity, Quantity, set[str]]]  # a part, its whole, and the dimensions that it alone has


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
    truth: Mapping[Spot, int],
    dimensions: Sequence[Dimension],
    before: Before,
    threshold: int = THRESHOLD,
    quantities: Sequence[Quantity] = (),
) -> Held:
    """What a release of the figures in ``truth`` is bound to by what was given out before.

    A figure that the last revision hid stays hidden, and one that it showed and that is the same is public. One that
    moved by less than the threshold since any revision that showed it is hidden now. Between a year and its
    half-years a figure is hidden when another of them hides it, when two of them differ by less than the threshold,
    or when the year and the sum of its halves do. With the ``quantities`` a part is hidden too where what it leaves of
    its whole would tell so: both may have moved by many, and the rest by one; or its whole, where the part is public.
    An amount is told by as many whole units: by hours where it is minutes.
    """
    found, told = Held(), Told.by(before)
    least = {each.code: threshold * each.unit for each in quantities}
    places = {spot: place_of(spot, dimensions) for spot in truth}
    for spot, number in truth.items():
        last = told.revisions[-1].get(places[spot], number + 1) if told.revisions else number + 1
        if last is None or last == number:
            found.fixed[spot] = last is not None
        elif told.gives_away(places[spot], number, least.get(spot[0], threshold)):
            found.sensitive.add(spot)
    parts = parts_of(quantities, dimensions)
    shown = {places[spot]: truth[spot] for spot in truth if spot not in found.sensitive and found.fixed.get(spot, True)}
    rests, told_of_rests = rests_in(shown, parts), told.rests(parts)
    for spot in truth:
        rest = rests.get(places[spot])
        if rest is not None and told_of_rests.gives_away(places[spot], rest, least[spot[0]]):
            part, whole, _own = parts[spot[0]]
            above = whole.code, key_in(part, whole, spot[1], dimensions)
            found.sensitive.update([each for each in (spot, above) if each not in found.fixed][:1])
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """What was given out before, by the names of the figures."""

    revisions: Sequence[Shown]
    years: Sequence[Shown]
    halves: Sequence[Sequence[Shown]]
    is_year: bool

    @classmethod
    def by(cls, before: Before) -> "Told":
        return cls(
            [shown_in(release) for release in before.revisions],
            [shown_in(release) for release in before.year],
            [[shown_in(release) for release in several] for several in before.halves],
            before.is_year,
        )

    def rests(self, parts: Parts) -> "Told":
        """What the parts left of their wholes in it."""
        return Told(
            [rests_in(each, parts) for each in self.revisions],
            [rests_in(each, parts) for each in self.years],
            [[rests_in(each, parts) for each in several] for several in self.halves],
            self.is_year,
        )

    def gives_away(self, place: Place, number: int, threshold: int) -> bool:
        """Whether a number would tell of a few people, or of fewer units than as many, beside it."""
        around = sum(map(list, self.halves), []) if self.is_year else self.years
        return (
            any(_differs_little(number, each.get(place), threshold) for each in self.revisions)
            or any(_tells(number, each, place, threshold) for each in around)
            or any(small(abs(gap), threshold) for gap in _gaps(number, place, self.years, self.halves, self.is_year))
        )


def parts_of(quantities: Sequence[Quantity], dimensions: Sequence[Dimension]) -> Parts:
    """Each part with its whole, by the code of the part."""
    known = {each.code: each for each in quantities}
    pairs = [(each, known[each.within]) for each in quantities if each.within]
    return {part.code: (part, whole, own_of(part, whole, dimensions)) for part, whole in pairs}


def own_of(part: Quantity, whole: Quantity, dimensions: Sequence[Dimension]) -> set[str]:
    """The dimensions that the part alone has: it leaves a rest only category by category of these."""
    return {each.code for each in dimensions if has_dim(part, each.code) and not has_dim(whole, each.code)}


def rests_in(shown: Shown, parts: Parts) -> dict[Place, int | None]:
    """What each part leaves of its whole where both are shown, under the name of the part."""
    found: dict[Place, int | None] = {}
    for (code, group), number in shown.items():
        if code not in parts or number is None:
            continue
        part, whole, own = parts[code]
        group_of_whole = {dim: each for dim, each in group if has_dim(whole, dim)} | dict(part.at)
        above = shown.get((whole.code, tuple(sorted(group_of_whole.items()))))
        if above is not None and own <= {dim for dim, _code in group}:
            found[code, group] = above - number
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
