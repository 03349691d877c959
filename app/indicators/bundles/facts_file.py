"""Facts from outside the database: a CSV of counts and a list of tables, read into the figures to be protected.

Whatever is wrong with them is said in one sentence that names the line and what to do.
"""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from math import prod
from pathlib import Path
from typing import Any, NoReturn

from app.indicators.bundles.nesting import found_in
from app.indicators.bundles.tables_file import INDICATOR, STATUS, VALUE
from app.indicators.tables import TOTAL, Cells, Dimension, Nesting, Quantity, Table, TooLarge

COUNT = "count"
TAKEN = (INDICATOR, VALUE, STATUS, "rate", "denominator")  # columns of tables of figures, here or elsewhere
MOST = 10**9  # people behind all the facts; the solver's arithmetic is not exact far above
MOST_CELLS, MOST_FIGURES = 5_000, 20_000  # that can be protected together; with their totals, tables have so many
LONGEST = 100  # signs of a code
WHOLE = re.compile(r"\d+(\.0*)?", re.ASCII)
NUMBER = re.compile(r"[+-]\d*([.,]\d+)?", re.ASCII)  # begins as a formula does, and is none
SEPARATORS = ",;\t"


class BadFacts(ValueError):
    """The files cannot be used; the message says why and what to do."""


def read_facts(facts: Path, tables: Path) -> tuple[Cells, tuple[Table, ...]]:
    """What the two files hold. Rows of the same codes add up; columns that no table asks for are summed over.

    The codes of a dimension are sorted: the same facts in another order are the same facts. Raises BadFacts, TooLarge.
    """
    wanted, nested = read_tables(tables)
    rows = lines_of(facts)
    _, head = next(rows, (1, []))
    columns = _columns(head, wanted)
    used = [name for name in columns if any(name in table for table in wanted)]
    counted = _counted(rows, [columns.index(name) for name in used], columns)
    codes = [tuple(sorted(each)) for each in zip(*counted, strict=True)] if used else []
    dimensions = tuple(Dimension(name, tuple(dict.fromkeys(own))) for name, own in zip(used, codes, strict=True))
    _refuse_large(dimensions, wanted)
    for each in dimensions:
        _refuse_sums(each)
    nestings = _stated(nested, dimensions, counted) if nested is not None else found_in(dimensions, counted, wanted)
    cells = Cells(_as_traits(dimensions, nestings), (Quantity(COUNT),), {COUNT: counted}, nestings)
    return cells, tuple(Table(table, (COUNT,)) for table in wanted)


def read_tables(path: Path) -> tuple[list[tuple[str, ...]], dict[str, str] | None]:
    """The tables, each once, and the dimensions said to lie in others; None when nothing is said of that."""
    try:
        data: Any = json.loads(_text(path))
    except (ValueError, RecursionError) as fault:
        if isinstance(fault, BadFacts):
            raise
        raise BadFacts(f"{path.name} is not JSON. Write a list of lists, such as {_EXAMPLE}.") from fault
    nested = None
    if isinstance(data, dict):
        nested, data = data.get("nested", {}), data.get("tables")
        if not isinstance(nested, dict) or not all(isinstance(outer, str) for outer in nested.values()):
            raise BadFacts(f'{path.name}: write "nested" as {{"office": "region"}}: a dimension, and what it lies in.')
    if not isinstance(data, list) or not data:
        raise BadFacts(f"{path.name} names no table. Write a list of lists of dimensions, such as {_EXAMPLE}.")
    for table in data:
        if not isinstance(table, list) or not all(isinstance(name, str) for name in table):
            raise BadFacts(f"{path.name}: each table is a list of names of dimensions, such as {_EXAMPLE}.")
        if twice := next((name for name in table if table.count(name) > 1), None):
            raise BadFacts(f"{path.name}: a table names “{twice}” twice. Name each dimension once.")
    return list({frozenset(table): tuple(table) for table in reversed(data)}.values())[::-1], nested


_EXAMPLE = '[["region", "sex"], ["region", "age"]]'


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise BadFacts(f"{path.name} is not written in UTF-8. Save it as UTF-8 and try again.") from fault
    except (OSError, ValueError) as fault:
        raise BadFacts(f"{path} cannot be read. Check its name and that you may open it.") from fault


def lines_of(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV with the numbers of their lines, without blank ones; commas, semicolons or tabs."""
    text = _text(path)
    if "\0" in text:
        raise BadFacts(f"{path.name} is no text. Save it as CSV in UTF-8 and try again.")
    head = next(iter(text.splitlines()), "")
    separator = max(SEPARATORS, key=head.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)
    try:
        for row in reader:
            if any(field.strip() for field in row):
                yield reader.line_num, [field.strip() for field in row]
    except csv.Error as fault:
        raise BadFacts(f"{path.name}, line {reader.line_num}: {fault}. Check the quotation marks.") from fault


def _columns(head: Sequence[str], wanted: Sequence[Sequence[str]]) -> list[str]:
    """The names of the columns. Raises BadFacts when they do not serve the tables."""
    columns = list(head)
    if not columns:
        raise BadFacts("The file of facts is empty. Its first line names the dimensions and “count”.")
    if COUNT not in columns:
        raise BadFacts(f"The facts have no column “{COUNT}”. Their columns are: {_listed(columns)}.")
    if twice := next((name for name in columns if columns.count(name) > 1), None):
        raise BadFacts(f"The facts have two columns “{twice}”. Give each its own name.")
    for name in columns:
        if name in TAKEN:
            raise BadFacts(
                f"A dimension cannot be called “{name}”: tables of figures have a column of that name. Rename it."
            )
        _check_code(name, 1, "the name of a column")
    dimensions = [name for name in columns if name != COUNT]
    for name in (name for table in wanted for name in table):
        if name not in dimensions:
            raise BadFacts(f"The tables name “{name}”, which the facts do not have. They have: {_listed(dimensions)}.")
    return columns


def _listed(names: Sequence[str], most: int = 20) -> str:
    listed = ", ".join(name[:LONGEST] for name in islice(names, most))
    return (listed + (", …" if len(names) > most else "")) or "none"


def _counted(
    rows: Iterator[tuple[int, list[str]]], places: Sequence[int], columns: Sequence[str]
) -> dict[tuple[str, ...], int]:
    """The counts by their codes in the columns that the tables ask for."""
    counted: dict[tuple[str, ...], int] = {}
    known: set[str] = set()
    at = columns.index(COUNT)
    total = 0
    for line, row in rows:
        if len(row) != len(columns):
            raise BadFacts(f"Line {line} has {len(row)} fields where the first line has {len(columns)}. Complete it.")
        cell = tuple(row[place] for place in places)
        for place, code in zip(places, cell, strict=True):
            if code not in known:
                _check_code(code, line, columns[place])
                known.add(code)
        number = _number(row[at], line)
        total += number
        counted[cell] = counted.get(cell, 0) + number
    if not counted:
        raise BadFacts("The file of facts holds no facts. Write a line for each group, with its codes and its count.")
    if total > MOST:
        raise BadFacts(f"The counts add up to {total}, above {MOST}. Count in thousands, or check them.")
    return counted


def _number(text: str, line: int) -> int:
    if not WHOLE.fullmatch(text):
        raise BadFacts(f"Line {line}: the count “{text[:LONGEST]}” is not a whole number of nought or more.")
    digits = text.partition(".")[0].lstrip("0")
    if len(digits) > len(str(MOST)):
        raise BadFacts(f"Line {line}: the count {digits[:20]}… is above {MOST}. Count in thousands, or check it.")
    return int(digits or 0)


def _check_code(code: str, line: int, column: str) -> None:
    if not code:
        raise BadFacts(f"Line {line}: no code for “{column}”. Write one for what is not known too, such as _U.")
    if code == TOTAL:
        raise BadFacts(f"Line {line}: {TOTAL} stands for a total. The facts hold no totals: leave such lines out.")
    if len(code) > LONGEST or not code.isprintable():
        raise BadFacts(f"Line {line}: the code for “{column}” is longer than {LONGEST} signs, or holds unseen ones.")
    if code[0] in "=@" or (code[0] in "+-" and not NUMBER.fullmatch(code)):
        raise BadFacts(f"Line {line}: “{code}” begins as a formula does, and a spreadsheet would run it. Rename it.")


def _as_traits(dimensions: Sequence[Dimension], nestings: Sequence[Nesting]) -> tuple[Dimension, ...]:
    """Each dimension as something that may not be known of everybody in a group; but places that lie in each other."""
    places = {name for each in nestings for name in (each.inner, each.outer)}
    return tuple(replace(each, attribute=len(each.categories) > 1 and each.code not in places) for each in dimensions)


def _refuse_large(dimensions: Sequence[Dimension], tables: Sequence[Sequence[str]]) -> None:
    """Before anything is made of them: what is refused for its size must not take the memory of the machine first."""
    sizes = {each.code: len(each.categories) + 1 for each in dimensions}
    figures = sum(prod(sizes[name] for name in table) for table in tables)
    cells = sum(prod(sizes[name] - 1 for name in table) for table in tables)
    if figures > MOST_FIGURES:
        raise TooLarge(
            f"These tables have {cells:,} cells and {figures:,} figures; up to {MOST_CELLS:,} and {MOST_FIGURES:,}"
            " can be protected together. Use broader categories, or tables of fewer dimensions."
        )


def _refuse_sums(dimension: Dimension) -> None:
    """A code made of others with a plus stands for them together, to whoever reads codes as SDMX has them."""
    for code in dimension.categories:
        if "+" in code and set(code.split("+")) <= set(dimension.categories):
            raise BadFacts(
                f"“{code}” of “{dimension.code}” reads as a sum of other codes. Leave sums out, or rename it."
            )


def _stated(
    nested: dict[str, str], dimensions: Sequence[Dimension], counted: dict[tuple[str, ...], int]
) -> tuple[Nesting, ...]:
    """The nestings that the file of tables states, with the codes as the facts have them."""
    places = {each.code: place for place, each in enumerate(dimensions)}
    stated = []
    for inner, outer in sorted(nested.items()):
        if inner not in places or outer not in places or inner == outer:
            _refuse_nesting(inner, outer, "name two dimensions of the tables")
        parents: dict[str, str] = {}
        for cell in sorted(counted, key=lambda each: (not counted[each], each)):
            code, parent = cell[places[inner]], cell[places[outer]]
            if parents.setdefault(code, parent) != parent and counted[cell]:
                _refuse_nesting(inner, outer, f"“{code}” stands in “{parents[code]}” and in “{parent}”")
        stated.append(Nesting(inner, outer, tuple(sorted(parents.items()))))
    return tuple(stated)


def _refuse_nesting(inner: str, outer: str, why: str) -> NoReturn:
    raise BadFacts(f"“{inner}” cannot lie in “{outer}”: {why}. Correct “nested”, or the facts.")
