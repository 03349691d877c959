"""Reads a formula from its YAML."""

import re
from collections.abc import Callable, Mapping
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from typing import Any

import yaml

from app.assessments.calculation.expressions import Expression
from app.assessments.calculation.operators import Value
from app.assessments.reading import Reader

ROUNDING = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "half_down": ROUND_HALF_DOWN,
    "up": ROUND_UP,
    "down": ROUND_DOWN,
    "ceiling": ROUND_CEILING,
    "floor": ROUND_FLOOR,
}
MOST_PLACES = 12  # of a rounded number: more would only print noise
NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,20})?")
NAME = re.compile(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*")
CONSTANTS = {"true": True, "false": False}  # so that nothing can have these names
NOTHING = Expression("constant")


def read_formula(read: Reader, node: yaml.Node | None, place: str) -> Expression:
    """The formula at a node. What is wrong is noted in the reader, and the formula is then of no use.

    A plain number or true/false is a constant, a plain word a name, a word in quotes a word; anything else is a mapping
    of one operator to its operands.
    """
    if node is None:
        return NOTHING
    if isinstance(node, yaml.ScalarNode):
        return _plain(read, node, place)
    if not isinstance(node, yaml.MappingNode) or len(node.value) != 1:
        read.note(place, "is not a formula: a number, a name, or one operator with its operands", node)
        return NOTHING
    key, operands = node.value[0]
    operator = key.value if isinstance(key, yaml.ScalarNode) else ""
    if operator not in READERS:
        read.note(place, f"has an unknown operator: {operator}", key)
        return NOTHING
    parts, setting = READERS[operator](read, operands, f"{place}.{operator}")
    return Expression(operator, parts, setting, place, key.start_mark.line + 1)


def _plain(read: Reader, node: yaml.ScalarNode, place: str) -> Expression:
    line = node.start_mark.line + 1
    if node.style:  # in quotes
        return Expression("constant", setting=node.value, place=place, line=line)
    if node.value in CONSTANTS:
        return Expression("constant", setting=CONSTANTS[node.value], place=place, line=line)
    if NUMBER.fullmatch(node.value):
        return Expression("constant", setting=Decimal(node.value), place=place, line=line)
    if NAME.fullmatch(node.value):
        return Expression("name", setting=node.value, place=place, line=line)
    read.note(place, "is neither a number, nor true or false, nor a name", node)
    return NOTHING


def read_number(read: Reader, node: yaml.Node | None, place: str) -> Decimal:
    """A number as it is written, digit by digit."""
    if node is None:
        return Decimal(0)
    if not isinstance(node, yaml.ScalarNode) or node.style or not NUMBER.fullmatch(node.value):
        read.note(place, "is not a number", node)
        return Decimal(0)
    return Decimal(node.value)


def _constant(read: Reader, node: yaml.Node, place: str) -> Value:
    """A value that stands in a table by itself: words need no quotes there."""
    if isinstance(node, yaml.ScalarNode) and not node.style:
        if node.value in CONSTANTS:
            return CONSTANTS[node.value]
        if NUMBER.fullmatch(node.value):
            return Decimal(node.value)
    return read.words(node, place)


Read = tuple[tuple[Expression, ...], Any]


def _list(least: int, most: int | None = None) -> Callable[[Reader, yaml.Node, str], Read]:
    def reader(read: Reader, node: yaml.Node, place: str) -> Read:
        members = read.sequence(node, place)
        if members and (len(members) < least or (most is not None and len(members) > most)):
            read.note(place, f"takes {least} operands" if most == least else f"takes at least {least} operands", node)
            return (), None
        return tuple(read_formula(read, *member) for member in members), None

    return reader


def _single(read: Reader, node: yaml.Node, place: str) -> Read:
    return (read_formula(read, node, place),), None


def _named(*keys: str) -> Callable[[Reader, yaml.Node, str], Read]:
    """Operands by name, in this order."""

    def reader(read: Reader, node: yaml.Node, place: str) -> Read:
        fields = read.mapping(node, place, keys)
        return tuple(read_formula(read, fields.get(key), f"{place}.{key}") for key in keys), None

    return reader


def _a_name(read: Reader, node: yaml.Node, place: str) -> Read:
    return (), read.code(node, place)


def _lookup(read: Reader, node: yaml.Node, place: str) -> Read:
    fields = read.mapping(node, place, ("of", "rows"))
    parts, limits = [read_formula(read, fields.get("of"), f"{place}.of")], []
    for row, where in read.sequence(fields.get("rows"), f"{place}.rows"):
        found = read.mapping(row, where, ("value",), optional=("from", "to"))
        first = read_number(read, found["from"], f"{where}.from") if "from" in found else None
        last = read_number(read, found["to"], f"{where}.to") if "to" in found else None
        limits.append((first, last))
        parts.append(read_formula(read, found.get("value"), f"{where}.value"))
        if first is not None and last is not None and last < first:
            read.note(where, "ends before it starts", row)
        if len(limits) > 1:
            _check_order(read, limits[-2][1], first, where, row)
    return tuple(parts), tuple(limits)


def _check_order(read: Reader, before: Decimal | None, first: Decimal | None, where: str, row: yaml.Node) -> None:
    if before is None or first is None:
        read.note(where, "follows a row without an end, or has no start", row)
    elif first <= before:
        read.note(where, f"overlaps: starts at {first}, but the row before ends at {before}", row)
    elif first > before + 1:
        read.note(where, f"leaves a gap: starts at {first}, but the row before ends at {before}", row)


def _match(read: Reader, node: yaml.Node, place: str) -> Read:
    fields = read.mapping(node, place, ("of", "cases"), optional=("otherwise",))
    of = read_formula(read, fields.get("of"), f"{place}.of")
    cases, parts = fields.get("cases"), []
    words = []
    if isinstance(cases, yaml.MappingNode) and cases.value:
        for key, value in cases.value:
            word = read.words(key, f"{place}.cases")
            if word in words:
                read.note(f"{place}.cases", f"has the key twice: {word}", key)
            words.append(word)
            parts.append(read_formula(read, value, f"{place}.cases.{word}"))
    elif cases is not None:
        read.note(f"{place}.cases", "is not a mapping of words to values", cases)
    if "otherwise" in fields:
        parts.append(read_formula(read, fields["otherwise"], f"{place}.otherwise"))
    return (of, *parts), tuple(words)


def _matrix(read: Reader, node: yaml.Node, place: str) -> Read:
    fields = read.mapping(node, place, ("row", "rows_from", "column", "columns_from", "values"))
    sides = tuple(read_formula(read, fields.get(side), f"{place}.{side}") for side in ("row", "column"))
    rows, columns = (_starts(read, fields.get(key), f"{place}.{key}") for key in ("rows_from", "columns_from"))
    cells: list[Expression] = []
    lines = read.sequence(fields.get("values"), f"{place}.values")
    for line, where in lines:
        members = read.sequence(line, where)
        if len(members) != len(columns):
            read.note(where, f"has {len(members)} values for {len(columns)} columns", line)
        cells += [Expression("constant", setting=_constant(read, *member)) for member in members]
    if len(lines) != len(rows):
        read.note(f"{place}.values", f"has {len(lines)} lines for {len(rows)} rows", fields.get("values"))
    return (*sides, *cells), (rows, columns)


def _starts(read: Reader, node: yaml.Node | None, place: str) -> tuple[Decimal, ...]:
    starts = tuple(read_number(read, *member) for member in read.sequence(node, place))
    if len(set(starts)) < len(starts):
        read.note(place, "has the same limit twice", node)
    return starts


def _linear(read: Reader, node: yaml.Node, place: str) -> Read:
    fields = read.mapping(node, place, ("terms",), optional=("intercept",))
    intercept = read_number(read, fields.get("intercept"), f"{place}.intercept")
    parts, weights = [], []
    for term, where in read.sequence(fields.get("terms"), f"{place}.terms"):
        found = read.mapping(term, where, ("weight", "of"))
        weights.append(read_number(read, found.get("weight"), f"{where}.weight"))
        parts.append(read_formula(read, found.get("of"), f"{where}.of"))
    return tuple(parts), (intercept, tuple(weights))


def _round(read: Reader, node: yaml.Node, place: str) -> Read:
    fields = read.mapping(node, place, ("of", "mode"), optional=("places",))
    places = read.whole(fields["places"], f"{place}.places") if "places" in fields else 0
    mode = read.words(fields.get("mode"), f"{place}.mode")
    if mode and mode not in ROUNDING:
        read.note(f"{place}.mode", f"is not one of {', '.join(ROUNDING)}", fields["mode"])
    if places > MOST_PLACES:
        read.note(f"{place}.places", f"is more than {MOST_PLACES}", fields["places"])
    return (read_formula(read, fields.get("of"), f"{place}.of"),), (places, ROUNDING.get(mode))


def _clamp(read: Reader, node: yaml.Node, place: str) -> Read:
    fields = read.mapping(node, place, ("of",), optional=("least", "most"))
    least, most = (
        read_number(read, fields[key], f"{place}.{key}") if key in fields else None for key in ("least", "most")
    )
    if least is not None and most is not None and most < least:
        read.note(place, "ends before it starts", node)
    return (read_formula(read, fields.get("of"), f"{place}.of"),), (least, most)


def _one_of(read: Reader, node: yaml.Node, place: str) -> Read:
    fields = read.mapping(node, place, ("of", "values"))
    members = read.sequence(fields.get("values"), f"{place}.values")
    return (read_formula(read, fields.get("of"), f"{place}.of"),), tuple(_constant(read, *member) for member in members)


def _highest(read: Reader, node: yaml.Node, place: str) -> Read:
    fields = read.mapping(node, place, ("order", "of"))
    order = tuple(read.words(*member) for member in read.sequence(fields.get("order"), f"{place}.order"))
    if len(set(order)) < len(order):
        read.note(f"{place}.order", "has a word twice", fields["order"])
    of = read.sequence(fields.get("of"), f"{place}.of")
    return tuple(read_formula(read, *member) for member in of), order


READERS: Mapping[str, Callable[[Reader, yaml.Node, str], Read]] = {
    **dict.fromkeys(("sum", "product", "least", "most", "all", "any", "count", "sum_known", "first_known"), _list(1)),
    **dict.fromkeys(("difference", "quotient"), _list(2, 2)),
    **dict.fromkeys(("equal", "at_least", "more_than", "at_most", "less_than"), _list(2, 2)),
    **dict.fromkeys(("negative", "ln", "exp", "logistic", "not"), _single),
    **dict.fromkeys(("known", "points"), _a_name),
    "if": _named("when", "then", "else"),
    "age": _named("born", "on"),
    "days": _named("from", "to"),
    "lookup": _lookup,
    "match": _match,
    "matrix": _matrix,
    "linear": _linear,
    "round": _round,
    "clamp": _clamp,
    "one_of": _one_of,
    "highest": _highest,
}
