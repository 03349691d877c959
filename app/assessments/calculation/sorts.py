"""Checks that every operator of a formula gets the sort of value it needs: numbers, truths, dates or words."""

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal

from app.assessments.calculation.expressions import Expression, Sort
from app.assessments.calculation.operators import Value
from app.assessments.reading import Reader

Sorts = list[Sort | None]

# What every operand must be, and what comes out of it.
SIGNATURES: Mapping[str, tuple[Collection[Sort], Sort]] = {
    **dict.fromkeys(
        ("sum", "product", "difference", "quotient", "least", "most", "negative", "ln", "exp", "logistic", "linear"),
        ((Sort.NUMBER,), Sort.NUMBER),
    ),
    **dict.fromkeys(("round", "clamp", "sum_known"), ((Sort.NUMBER,), Sort.NUMBER)),
    **dict.fromkeys(("all", "any", "not"), ((Sort.TRUTH,), Sort.TRUTH)),
    **dict.fromkeys(("at_least", "more_than", "at_most", "less_than"), ((Sort.NUMBER, Sort.DATE), Sort.TRUTH)),
    **dict.fromkeys(("age", "days"), ((Sort.DATE,), Sort.NUMBER)),
    **dict.fromkeys(("known", "equal", "one_of"), (tuple(Sort), Sort.TRUTH)),
    "count": ((Sort.TRUTH,), Sort.NUMBER),
    "points": ((), Sort.NUMBER),
    "highest": ((Sort.WORD,), Sort.WORD),
}
# Operators that choose one of their operands by the first ones: so many, and what these must be.
CHOOSERS = {"lookup": (1, Sort.NUMBER), "match": (1, Sort.WORD), "if": (1, Sort.TRUTH), "matrix": (2, Sort.NUMBER)}
ALIKE = ("equal", "at_least", "more_than", "at_most", "less_than")  # operands of one sort


def sort_of(read: Reader, one: Expression, sorts: Mapping[str, Sort]) -> Sort | None:
    """The sort of a formula's value, with every misuse noted; None when it cannot be told because of a fault.

    sorts: of every name that is known; a name that is not there has been reported already.
    """
    if one.operator == "name":
        return sorts.get(one.setting)
    if one.operator == "constant":
        return sort_of_value(one.setting)
    found = [sort_of(read, part, sorts) for part in one.parts]
    return (_OF_OPERATOR.get(one.operator) or _signed)(read, one, found)


def sort_of_value(value: Value | None) -> Sort | None:
    if isinstance(value, bool):
        return Sort.TRUTH
    if isinstance(value, Decimal):
        return Sort.NUMBER
    return None if value is None else Sort.WORD


def _signed(read: Reader, one: Expression, found: Sorts) -> Sort:
    wanted, result = SIGNATURES[one.operator]
    _require(read, one.parts, found, wanted)
    if one.operator in ALIKE:
        _common(read, one, found)
    if one.operator == "one_of":
        _common(read, one, found + [sort_of_value(value) for value in one.setting])
    return result


def _chosen(read: Reader, one: Expression, found: Sorts) -> Sort | None:
    many, wanted = CHOOSERS[one.operator]
    _require(read, one.parts[:many], found[:many], (wanted,))
    return _common(read, one, found[many:])


def _require(read: Reader, parts: Collection[Expression], found: Sorts, wanted: Collection[Sort]) -> None:
    for part, sort in zip(parts, found, strict=True):
        if sort is not None and sort not in wanted:
            read.note_at(part.place, f"is {sort}, not {' or '.join(wanted)}", part.line)


def _common(read: Reader, one: Expression, sorts: Sorts) -> Sort | None:
    there = [sort for sort in sorts if sort is not None]
    if len(set(there)) > 1:
        read.note_at(one.place, f"mixes {' and '.join(sorted(set(there)))}", one.line)
    return there[0] if there else None


_OF_OPERATOR: Mapping[str, Callable[[Reader, Expression, Sorts], Sort | None]] = {
    **dict.fromkeys(CHOOSERS, _chosen),
    "first_known": _common,
}
