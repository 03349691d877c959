"""All the facts of a half-year against one pass of SQL over the same rows, and against their own SQL alone.

The pass reads every table that the statement names once, from end to end, with the columns that it uses of it, and
puts nothing together: less work cannot give the figures. It is what the design measures by. The second floor is the
statement itself through the bare driver: what the two leave between them is SQLAlchemy and the counting in Python.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import String, Table, func, literal, select, union_all

from app.db import Base, db
from app.indicators.facts.gathering import gather
from app.indicators.periods import parse
from bench.measuring import Statement, heard, timed

PERIOD = "2026H1"
MOST_REPEATS = 5  # one takes seconds in a large register


def compare_indicators(app: Flask, repeats: int) -> Iterator[tuple[str, float, float]]:
    """What is measured, its milliseconds and those of its floor, all taking turns."""
    period = parse(PERIOD)
    with app.app_context():

        def work() -> None:
            gather(period)
            db.session.remove()

        statements = heard(app, work)
        reading = the_pass(statements)
        turns = [
            (timed(work), timed(lambda: replay(statements)), timed(lambda: replay(reading)))
            for _turn in range(min(repeats, MOST_REPEATS))
        ]
    value, own, floor = (median(times) * 1000 for times in zip(*turns, strict=True))
    yield "indicators", value, floor
    yield "indicators-own-sql", value, own


def the_pass(statements: list[Statement]) -> list[Statement]:
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
            cursor.execute(statement, parameters)
            if cursor.description:
                cursor.fetchall()
        cursor.close()
        driver.rollback()
