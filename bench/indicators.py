"""All the facts of a half-year against one pass of SQL over the same rows, and against their own SQL alone.

Four things are timed in turns. ``indicators`` is what a freezing does, and its floor the one pass of ``one_pass.py``:
that is the ratio that the design speaks of. ``indicators-own-sql`` sets it against the very statements through the
bare driver: what lies between is SQLAlchemy and the counting in Python. ``indicators-reading`` sets it against a pass
that only reads every table which the statement names, each once and whole, and puts nothing together: no figure could
come of that, and it stands here to say how much of the work is reading.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import String, Table, func, literal, select, union_all

from app.db import Base, db
from app.indicators.facts.gathering import gather
from app.indicators.facts.joining import SETTINGS
from app.indicators.periods import parse
from bench.measuring import Statement, heard, timed
from bench.one_pass import one_pass

PERIOD = "2026H1"
MOST_REPEATS = 5  # one takes seconds in a large register


def compare_indicators(app: Flask, repeats: int) -> Iterator[tuple[str, float, float]]:
    """What is measured, its milliseconds and those of its floor, all taking turns."""
    period = parse(PERIOD)
    with app.app_context():

        def work() -> None:
            gather(period)
            db.session.remove()

        def passing() -> None:
            db.session.execute(statement).all()

        own = heard(app, work)
        statement = one_pass(period)
        passed, read = [*roomy(), *heard(app, passing)], reading(own)
        db.session.remove()
        acts: list[Callable[[], Any]] = [work, *(partial(replay, floor) for floor in (passed, own, read))]
        turns = [[timed(act) for act in acts] for _turn in range(min(repeats, MOST_REPEATS))]
    value, *floors = (median(times) * 1000 for times in zip(*turns, strict=True))
    for name, floor in zip(("indicators", "indicators-own-sql", "indicators-reading"), floors, strict=True):
        yield name, value, floor


def roomy() -> list[Statement]:
    """The pass may use as much memory as the facts; how to join, PostgreSQL knows best where it knows its tables."""
    if db.engine.dialect.name != "postgresql":
        return []
    return [(f"SET LOCAL work_mem = '{SETTINGS['work_mem']}'", None)]


def reading(statements: list[Statement]) -> list[Statement]:
    """One statement that reads the tables of these, each once and whole, in the columns that they name."""
    said = " ".join(statement for statement, _parameters in statements)
    tables = [table for name, table in sorted(Base.metadata.tables.items()) if names(said, name)]
    read = union_all(*(read_whole(table, said) for table in tables))
    return [(str(read.compile(db.engine, compile_kwargs={"literal_binds": True})), ())]


def names(said: str, table: str) -> bool:
    return re.search(rf"\b(FROM|JOIN) \(*{table}\b", said) is not None


def read_whole(table: Table, said: str) -> Any:
    """How many rows there are, and how often each column that is used holds something."""
    used = [column for column in table.c if re.search(rf"\b{table.name}\.\"?{column.name}\b", said)]
    looked_at = sum((func.count(column) for column in used), start=func.count())
    return select(literal(table.name, String), looked_at).select_from(table)


def replay(statements: list[Statement]) -> None:
    with closing(db.engine.raw_connection()) as connection:
        driver: Any = connection.driver_connection
        cursor = driver.cursor()
        for statement, parameters in statements:
            cursor.execute(statement, () if parameters is None else parameters)
            if cursor.description:
                cursor.fetchall()
        cursor.close()
        driver.rollback()
