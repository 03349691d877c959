"""What two releases tell by their difference: the few who came between.

Two revisions of a period give the same figures again. A year holds its half-years, and what happens in it is the sum of
what happens in them.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from app.indicators.attack.published import Cut
from app.indicators.attack.unknowns import Unknowns
from app.indicators.bundles.joining import key_of, together
from app.indicators.bundles.reading import Bundle, Line
from app.indicators.tables import Key

YEAR = 4  # signs of the code of a year; its half-years begin with it

Spot = tuple[str, Key]
Shown = Mapping[Spot, int]


def is_same_period(bundle: Bundle, other: Bundle) -> bool:
    """A bundle that names no period may be of any."""
    return bundle.period == other.period or None in (bundle.period, other.period)


def differences(bundle: Bundle, earlier: Sequence[Bundle]) -> Iterator[dict[str, Any]]:
    """Figures whose difference from what was published before is of fewer than the threshold, and rests of which it is.

    What the same period showed before, and shows unchanged, is public already and is not named. A rest is what a part
    leaves of its whole, ``of``, where both are shown. An amount differs by whole units: by hours where it is minutes.
    """
    published = together([bundle, *earlier])
    units = {each.code: each.unit for each in published.quantities}
    now = _shown(bundle, published.cuts)
    known = {id(each): _shown(each, published.cuts) for each in earlier}
    unknowns = Unknowns(published)
    rests = {name: _rests(shown, unknowns) for name, shown in known.items()}
    for shown, before, of in ((now, known, False), (_rests(now, unknowns), rests, True)):
        for spot, line in _lines(bundle, published.cuts).items():
            if spot in shown:
                numbers = [(each, before[id(each)].get(spot)) for each in earlier]
                about = _entry(line, shown[spot]) | ({"of": unknowns.quantities[spot[0]].within} if of else {})
                least = bundle.threshold * units[spot[0]]
                yield from (about | told for told in _beside(bundle, shown[spot], numbers, least))


def _beside(
    bundle: Bundle, value: int, earlier: Sequence[tuple[Bundle, int | None]], least: int
) -> Iterator[dict[str, Any]]:
    """What was published before that is too near to a number."""
    same = [(each, number) for each, number in earlier if is_same_period(bundle, each)]
    around = [
        (each, number) for each, number in earlier if not is_same_period(bundle, each) and _year(each) == _year(bundle)
    ]
    if any(number == value for _, number in same):
        return
    for other, before in [*same, *(pair for pair in around if _is_year(pair[0]) != _is_year(bundle))]:
        if before is not None and 0 < abs(value - before) < least:
            yield {"before": before, "release": other.name}
    for year, halves in _sums(bundle, value, around):
        if 0 < abs(year - halves) < least:
            yield {"year": year, "halves": halves}


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


def _rests(shown: Shown, unknowns: Unknowns) -> Shown:
    """What each part leaves of its whole where both are shown, by the part."""
    found = {}
    for (code, key), number in shown.items():
        part = unknowns.quantities[code]
        whole = unknowns.whole_of(part, key) if part.within else None
        above = shown.get((part.within or "", whole)) if whole else None
        if above is not None:
            found[code, key] = above - number
    return found


def _lines(bundle: Bundle, cuts: Sequence[Cut]) -> dict[Spot, Line]:
    """Each shown figure once, however many tables show it."""
    found: dict[Spot, Line] = {}
    for line in bundle.lines:
        if line.value is not None:
            found.setdefault((line.indicator, key_of(cuts, line)), line)
    return found


def _entry(line: Line, value: int) -> dict[str, Any]:
    return {"table": line.table, "indicator": line.indicator, "key": dict(line.codes), "value": value}


def _year(bundle: Bundle) -> str:
    return (bundle.period or "")[:YEAR]


def _is_year(bundle: Bundle) -> bool:
    return len(bundle.period or "") == YEAR
