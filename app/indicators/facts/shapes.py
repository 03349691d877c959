"""The shapes of sources: lines about people or events, and what is asked about each person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, Select

from app.indicators.counts import HELPER, OFFICE, PERSON
from app.indicators.facts.asking import Ask

COLUMNS = {PERSON: "client_id", HELPER: "helper_id", OFFICE: "office_id"}


@dataclass(frozen=True, slots=True)
class Source:
    """Lines about people or events, as one statement: the counts and the lists behind them both come of it.

    The lines have ``client_id case_id office_id``, a column for each of ``dimensions`` that holds one of its codes,
    and a whole number for each quantity of ``counts`` (its column by its code): 1 where the line counts, an amount,
    0 or empty where it does not. ``contributors`` are who may stand behind an amount: their columns are COLUMNS.
    """

    code: str
    lines: Callable[[Ask], Select[Any]]
    dimensions: tuple[str, ...]
    counts: Mapping[str, str]
    contributors: tuple[str, ...] = (PERSON, OFFICE)


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that is asked about every person on the register.

    ``of`` gives at most one row for a person: ``client_id`` and ``columns``. Who has no row gets the value that
    stands here by the column: 0 for a count, a code for a dimension.
    """

    of: Callable[[Ask], CTE]
    columns: Mapping[str, int | str]
