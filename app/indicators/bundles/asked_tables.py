"""The file that says which tables are wanted of given facts, and which dimensions everybody knows to lie in others."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.indicators.bundles.faults import BadFacts, refuse_faults, text_of

EXAMPLE = '[["region", "sex"], ["region", "age"]]'


@dataclass(frozen=True, slots=True)
class Asked:
    """The tables, each once; ``nested``: None when nothing is said of it."""

    tables: tuple[tuple[str, ...], ...]
    nested: Mapping[str, str] | None


def read_tables(path: Path) -> Asked:
    """What the file asks for. Raises BadFacts."""
    try:
        data: Any = json.loads(text_of(path))
    except (ValueError, RecursionError) as fault:
        if isinstance(fault, BadFacts):
            raise
        raise BadFacts(f"{path.name} is not JSON. Write a list of lists, such as {EXAMPLE}.") from fault
    nested = None
    if isinstance(data, dict):
        nested, data = data.get("nested", {}), data.get("tables")
        if not isinstance(nested, dict) or not all(isinstance(outer, str) for outer in nested.values()):
            raise BadFacts(f'{path.name}: write "nested" as {{"office": "region"}}: a dimension, and what it lies in.')
    if not isinstance(data, list) or not data:
        raise BadFacts(f"{path.name} names no table. Write a list of lists of dimensions, such as {EXAMPLE}.")
    refuse_faults(_faults(data, path.name))
    return Asked(tuple({frozenset(table): tuple(table) for table in _firsts(data)}.values()), nested)


def _faults(tables: Sequence[Any], name: str) -> Iterator[str]:
    for number, table in enumerate(tables, start=1):
        if not isinstance(table, list) or not all(isinstance(each, str) for each in table):
            yield f"{name}, table {number}: each table is a list of names of dimensions, such as {EXAMPLE}."
        else:
            for each in dict.fromkeys(each for each in table if table.count(each) > 1):
                yield f"{name}, table {number}: it names “{each}” twice. Name each dimension once."


def _firsts(tables: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Each table as it stands first, whatever the order of its dimensions."""
    seen: set[frozenset[str]] = set()
    for table in tables:
        if frozenset(table) not in seen:
            seen.add(frozenset(table))
            yield table
