"""What several bundles together tell a stranger, as one system of figures.

Bundles of the same period speak of the same people, so a figure of one is an equation for the others. Bundles of
another period speak of other numbers, whatever their names: those are kept apart.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import gcd
from typing import Any

from app.indicators.attack.published import Counted, Cut, Published, Rate, Statement, nested
from app.indicators.bundles.reading import Bundle, Line, Unreadable
from app.indicators.tables import TOTAL, Key

PER = 100  # a rate is so many per hundred where nothing else is said


def together(bundles: Sequence[Bundle]) -> Published:
    """All that the bundles tell, at the threshold of the first. Raises Unreadable for what contradicts itself."""
    cuts = tuple(_cuts(bundles))
    quantities: dict[str, Counted] = {}
    for bundle in bundles:
        for each in _quantities(bundle, [cut.code for cut in cuts]):
            quantities.setdefault(each.code, each)
    statements: list[Statement] = []
    rates: list[Rate] = []
    for bundle in bundles:
        _tell(bundle, cuts, quantities, statements, rates)
    return Published(
        cuts,
        tuple(quantities.values()),
        tuple(statements),
        bundles[0].threshold,
        tuple(rates),
        tuple(_nested(bundles, cuts)),
    )


def table_name(bundle: Bundle, line: Line) -> str:
    """Which table of which bundle: the file, as statements carry it."""
    return f"{bundle.folder}\n{line.table}"


def key_of(cuts: Iterable[Cut], line: Line) -> Key:
    codes = dict(line.codes)
    return tuple(codes.get(cut.code, TOTAL) for cut in cuts)


def _cuts(bundles: Sequence[Bundle]) -> Iterator[Cut]:
    """Each dimension with the codes of all bundles. A code made of others, ``a+b``, is the two together."""
    for name in dict.fromkeys(name for bundle in bundles for name in bundle.dimensions):
        codes = list(dict.fromkeys(code for bundle in bundles for code in bundle.dimensions.get(name, ())))
        groups = {code: members for bundle in bundles for code, members in bundle.groups.get(name, {}).items()}
        for code in codes:
            members = tuple(code.split("+"))
            if len(members) > 1 and set(members) <= set(codes):
                groups[code] = members
        finest = tuple(code for code in codes if code not in groups)
        for code, members in groups.items():
            if not members or not set(members) <= set(finest):
                raise Unreadable([f"“{code}” stands for codes of “{name}” that are not there."])
        yield Cut(name, finest, groups)


def _quantities(bundle: Bundle, dims: Sequence[str]) -> Iterator[Counted]:
    """The quantities that the bundle describes, and those that only stand in its rows."""
    described = bundle.about.get("quantities")
    found = [
        _counted(each, dims)
        for each in (described if isinstance(described, list) else ())
        if isinstance(each, dict) and isinstance(each.get("code"), str)
    ]
    known = {each.code for each in found}
    for each in found:
        if strange := {each.within, each.shown_with} - known - {None} or {each.code} & {each.within, each.shown_with}:
            raise Unreadable(
                [f"“{each.code}” is within, or shown with, what cannot be: {', '.join(map(str, strange))}."]
            )
    yield from found
    for line in bundle.lines:
        if line.indicator not in known:
            known.add(line.indicator)
            yield Counted(line.indicator)


def _counted(each: Mapping[str, Any], dims: Sequence[str]) -> Counted:
    try:
        own = each.get("dims")
        found = Counted(
            each["code"],
            each.get("within"),
            each.get("shown_with"),
            int(each.get("unit") or 1),
            None if own is None else tuple(own),
            tuple((code, at) for code, at in each.get("at") or ()),
        )
    except (TypeError, ValueError) as fault:
        raise Unreadable([f"“{each['code']}” is not described as a quantity is."]) from fault
    strange = {*(found.dims or ()), *(code for code, _ in found.at)} - set(dims)
    if strange or found.unit < 1:
        raise Unreadable([f"“{each['code']}” names a dimension that is not there: {', '.join(sorted(strange))}."])
    return found


def _tell(
    bundle: Bundle,
    cuts: tuple[Cut, ...],
    quantities: dict[str, Counted],
    statements: list[Statement],
    rates: list[Rate],
) -> None:
    """Take down every row of a bundle."""
    ratios = _ratios(bundle)
    for line in bundle.lines:
        key, table = key_of(cuts, line), table_name(bundle, line)
        statements.append(Statement(line.indicator, key, line.value, table))
        whole = quantities[line.indicator].within or f"{line.indicator} / {DENOMINATOR_OF}"
        if line.denominator is not None:
            quantities.setdefault(whole, Counted(whole))
            statements.append(Statement(whole, key, line.denominator, table))
        if line.rate and whole in quantities:
            rates.append(rate_of(line.indicator, whole, key, line.rate, ratios.get(line.indicator, PER)))


DENOMINATOR_OF = "denominator"


def rate_of(numerator: str, denominator: str, key: Key, printed: str, per: int = PER) -> Rate:
    """What a rounded rate says: the quotient lies within half a unit of its last digit, either end included."""
    digits = len(printed.partition(".")[2])
    middle, scale = 2 * int(printed.replace(".", "")), 2 * per * 10**digits
    low, high = max(middle - 1, 0), middle + 1
    shared = gcd(low, high, scale)
    return Rate(numerator, denominator, key, low // shared, high // shared, scale // shared)


def _ratios(bundle: Bundle) -> dict[str, int]:
    listed = bundle.about.get("rates")
    return {
        each["numerator"]: each["per"]
        for each in (listed if isinstance(listed, list) else ())
        if isinstance(each, dict) and isinstance(each.get("numerator"), str) and isinstance(each.get("per"), int)
    }


def _nested(bundles: Sequence[Bundle], cuts: Sequence[Cut]) -> Iterator[tuple[str, str, frozenset[tuple[str, str]]]]:
    codes = {cut.code: cut.categories for cut in cuts}
    for bundle in bundles:
        listed = bundle.about.get("nested")
        for each in listed if isinstance(listed, list) else ():
            if not isinstance(each, dict) or not {each.get("dimension"), each.get("in")} <= codes.keys():
                raise Unreadable([f"{bundle.name}: a nesting names a dimension that is not there."])
            parents = each.get("parents")
            inner, outer = each["dimension"], each["in"]
            yield nested(inner, outer, parents if isinstance(parents, dict) else {}, codes[inner], codes[outer])
