"""What two releases tell by their difference: the few who came between.

Two revisions of a period give the same figures again. A year holds its half-years, and what happens in it is the sum of
what happens in them.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from app.indicators.attack.published import Cut
from app.indicators.bundles.joining import key_of, together
from app.indicators.bundles.reading import Bundle, Line
from app.indicators.tables import Key

YEAR = 4  # signs of the code of a year; its half-years begin with it

Shown = Mapping[tuple[str, Key], int]


def is_same_period(bundle: Bundle, other: Bundle) -> bool:
    """A bundle that names no period may be of any."""
    return bundle.period == other.period or None in (bundle.period, other.period)


def differences(bundle: Bundle, earlier: Sequence[Bundle]) -> Iterator[dict[str, Any]]:
    """Figures whose difference from what was published before is of fewer than the threshold.

    What the same period showed before, and shows unchanged, is public already and is not named.
    """
    published = together([bundle, *earlier])
    same = [each for each in earlier if is_same_period(bundle, each)]
    around = [each for each in earlier if not is_same_period(bundle, each) and _year(each) == _year(bundle)]
    known = {id(each): _shown(each, published.cuts) for each in earlier}
    for line in bundle.lines:
        spot = line.indicator, key_of(published.cuts, line)
        if line.value is None or any(known[id(each)].get(spot) == line.value for each in same):
            continue
        for other in [*same, *(each for each in around if _is_year(each) != _is_year(bundle))]:
            before = known[id(other)].get(spot)
            if before is not None and 0 < abs(line.value - before) < bundle.threshold:
                yield _entry(line) | {"before": before, "release": other.name}
        for year, halves in _sums(bundle, line.value, [(each, known[id(each)].get(spot)) for each in around]):
            if 0 < abs(year - halves) < bundle.threshold:
                yield _entry(line) | {"year": year, "halves": halves}


def _sums(bundle: Bundle, value: int, around: Sequence[tuple[Bundle, int | None]]) -> Iterator[tuple[int, int]]:
    """The year and the sum of its half-years, by each release that shows the figure."""
    shown = [(each, number) for each, number in around if number is not None]
    halves = [(each.period, number) for each, number in shown if not _is_year(each) and each.period != bundle.period]
    if _is_year(bundle):
        for (one, first), (two, second) in product(halves, halves):
            if (one or "") < (two or ""):
                yield value, first + second
        return
    for (each, year), (_, other) in product(shown, halves):
        if _is_year(each):
            yield year, value + other


def _shown(bundle: Bundle, cuts: Sequence[Cut]) -> Shown:
    return {(line.indicator, key_of(cuts, line)): line.value for line in bundle.lines if line.value is not None}


def _entry(line: Line) -> dict[str, Any]:
    return {"table": line.table, "indicator": line.indicator, "key": dict(line.codes), "value": line.value}


def _year(bundle: Bundle) -> str:
    return (bundle.period or "")[:YEAR]


def _is_year(bundle: Bundle) -> bool:
    return len(bundle.period or "") == YEAR
