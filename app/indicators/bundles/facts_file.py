"""Facts from outside the database: a CSV of counts, read into the figures to be protected.

Whatever is wrong with it is said in a sentence that names the line and what to do.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import StringIO
from itertools import islice
from math import prod
from pathlib import Path
from typing import NamedTuple

from app.indicators.bundles.asked_tables import read_tables
from app.indicators.bundles.faults import BadFacts, refuse_faults, text_of
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

Lines = Iterator[tuple[int, list[str]]]  # with their numbers
Counts = dict[tuple[str, ...], int]


class Facts(NamedTuple):
    """The figures to be protected. ``stated``: the nestings of the cells that everybody may be told of.

    ``doubtful``: those that a table shows and nobody stated; they are not among the cells' own.
    """

    cells: Cells
    tables: tuple[Table, ...]
    stated: tuple[Nesting, ...]
    doubtful: tuple[Nesting, ...]


def read_facts(facts: Path, tables: Path) -> Facts:
    """What the two files hold. Rows of the same codes add up; columns that no table asks for are summed over.

    The codes of a dimension are sorted: the same facts in another order are the same facts. Raises BadFacts, TooLarge.
    """
    asked = read_tables(tables)
    rows = lines_of(facts)
    _, columns = next(rows, (1, []))
    refuse_faults(_faults_of_columns(columns, asked.tables))
    used = [name for name in columns if any(name in table for table in asked.tables)]
    counted = _counted(rows, [columns.index(name) for name in used], columns)
    codes = [tuple(sorted(set(each))) for each in zip(*counted, strict=True)] if used else []
    dimensions = tuple(Dimension(name, own) for name, own in zip(used, codes, strict=True))
    _refuse_large(dimensions, asked.tables)
    refuse_faults(_sums(dimensions))
    stated = _stated(asked.nested or {}, dimensions, counted)
    apart, together = found_in(dimensions, counted, asked.tables) if asked.nested is None else ((), ())
    cells = Cells(_as_traits(dimensions, stated), (Quantity(COUNT),), {COUNT: counted}, stated or apart)
    return Facts(cells, tuple(Table(table, (COUNT,)) for table in asked.tables), stated, together)


def lines_of(path: Path) -> Lines:
    """The rows of a CSV with the numbers of their lines, without blank ones; commas, semicolons or tabs."""
    text = text_of(path)
    if "\0" in text:
        raise BadFacts(f"{path.name} is no text. Save it as CSV in UTF-8 and try again.")
    head = text.lstrip().partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    reader = csv.reader(StringIO(text), delimiter=separator, strict=True)
    try:
        for row in reader:
            if any(field.strip() for field in row):
                yield reader.line_num, [field.strip() for field in row]
    except csv.Error as fault:
        raise BadFacts(f"{path.name}, line {reader.line_num}: {fault}. Check the quotation marks.") from fault


def _faults_of_columns(columns: Sequence[str], wanted: Sequence[Sequence[str]]) -> Iterator[str]:
    """Why the columns do not serve the tables."""
    if not columns:
        yield "The file of facts is empty. Its first line names the dimensions and “count”."
        return
    if COUNT not in columns:
        yield f"The facts have no column “{COUNT}”. Their columns are: {_listed(columns)}."
    for name in dict.fromkeys(columns):
        if not name:
            yield "Line 1: a column has no name. Name it, or leave it out."
        elif columns.count(name) > 1:
            yield f"The facts have two columns “{name[:LONGEST]}”. Give each its own name."
        elif name in TAKEN:
            yield f"A dimension cannot be called “{name}”: tables of figures have a column of that name. Rename it."
        elif fault := _fault_of_code(name, "the name of a column"):
            yield f"Line 1: {fault}"
    dimensions = [name for name in columns if name != COUNT]
    if unknown := [
        each for each in dict.fromkeys(name for table in wanted for name in table) if each not in dimensions
    ]:
        yield f"The tables name {_quoted(unknown)}, which the facts do not have. They have: {_listed(dimensions)}."


def _quoted(names: Sequence[str]) -> str:
    return _listed([f"“{name[:LONGEST]}”" for name in names], 10)


def _listed(names: Sequence[str], most: int = 20) -> str:
    listed = ", ".join(name[: LONGEST + 2] for name in islice(names, most))
    return (listed + (", …" if len(names) > most else "")) or "none"


def _counted(rows: Lines, places: Sequence[int], columns: Sequence[str]) -> Counts:
    """The counts by their codes in the columns that the tables ask for."""
    counted: Counts = {}
    refuse_faults(_add_up(rows, places, columns, counted))
    if not counted:
        raise BadFacts("The file of facts holds no facts. Write a line for each group, with its codes and its count.")
    if (total := sum(counted.values())) > MOST:
        raise BadFacts(f"The counts add up to {total}, above {MOST}. Count in thousands, or check them.")
    return counted


def _add_up(rows: Lines, places: Sequence[int], columns: Sequence[str], counted: Counts) -> Iterator[str]:
    """Add the lines to ``counted``, and tell of each that cannot be."""
    known: set[tuple[str, int]] = set()
    at = columns.index(COUNT)
    for line, row in rows:
        if len(row) != len(columns):
            yield f"Line {line} has {len(row)} fields where the first line has {len(columns)}. Complete it."
            continue
        cell = tuple(row[place] for place in places)
        for code, place in zip(cell, places, strict=True):
            if (code, place) not in known and (fault := _fault_of_code(code, columns[place])):
                yield f"Line {line}: {fault}"
            known.add((code, place))
        if fault := _fault_of_count(row[at]):
            yield f"Line {line}: {fault}"
        else:
            counted[cell] = counted.get(cell, 0) + int(row[at].partition(".")[0])


def _fault_of_count(text: str) -> str | None:
    if not WHOLE.fullmatch(text):
        return f"the count “{text[:LONGEST]}” is not a whole number of nought or more."
    digits = text.partition(".")[0].lstrip("0")
    if len(digits) > len(str(MOST)):
        return f"the count {digits[:20]}… is above {MOST}. Count in thousands, or check it."
    return None


def _fault_of_code(code: str, column: str) -> str | None:
    if not code:
        return f"no code for “{column}”. Write one for what is not known too, such as _U."
    if code == TOTAL:
        return f"{TOTAL} stands for a total. The facts hold no totals: leave such lines out."
    if len(code) > LONGEST:
        return f"the code for “{column}” is longer than {LONGEST} signs: “{code[:20]}…”. Shorten it."
    if unseen := next((sign for sign in code if not sign.isprintable()), None):
        return f"the code for “{column}” holds an unseen sign, U+{ord(unseen):04X}. Write it without."
    if code[0] in "=@" or (code[0] in "+-" and not NUMBER.fullmatch(code)):
        return f"“{code}” begins as a formula does, and a spreadsheet would run it. Rename it."
    return None


def _as_traits(dimensions: Sequence[Dimension], stated: Sequence[Nesting]) -> tuple[Dimension, ...]:
    """Each dimension as something that may not be known of everybody in a group; but places that lie in each other."""
    places = {name for each in stated for name in (each.inner, each.outer)}
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


def _sums(dimensions: Sequence[Dimension]) -> Iterator[str]:
    """A code made of others with a plus stands for them together, to whoever reads codes as SDMX has them."""
    for each in dimensions:
        for code in each.categories:
            if "+" in code and set(code.split("+")) <= set(each.categories):
                yield f"“{code}” of “{each.code}” reads as a sum of other codes. Leave sums out, or rename it."


def _stated(nested: Mapping[str, str], dimensions: Sequence[Dimension], counted: Counts) -> tuple[Nesting, ...]:
    """The nestings that the file of tables states, with the codes as the facts have them."""
    faults: list[str] = []
    stated = [_nesting(inner, outer, dimensions, counted, faults) for inner, outer in sorted(nested.items())]
    refuse_faults(faults)
    return tuple(stated)


def _nesting(inner: str, outer: str, dimensions: Sequence[Dimension], counted: Counts, faults: list[str]) -> Nesting:
    places = {each.code: place for place, each in enumerate(dimensions)}
    parents: dict[str, str] = {}
    if inner not in places or outer not in places or inner == outer:
        faults.append(_not_nested(inner, outer, "name two dimensions of the tables"))
        return Nesting(inner, outer, ())
    for cell in sorted(counted, key=lambda each: (not counted[each], each)):
        code, parent = cell[places[inner]], cell[places[outer]]
        if parents.setdefault(code, parent) != parent and counted[cell]:
            faults.append(_not_nested(inner, outer, f"“{code}” stands in “{parents[code]}” and in “{parent}”"))
            break
    return Nesting(inner, outer, tuple(sorted(parents.items())))


def _not_nested(inner: str, outer: str, why: str) -> str:
    return f"“{inner}” cannot lie in “{outer}”: {why}. Correct “nested”, or the facts."
