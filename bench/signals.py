"""A night of early warning, when everything was said before, against its own SQL through the bare driver."""

from contextlib import closing
from statistics import median
from typing import Any

from flask import Flask

from app.clock import now
from app.db import db
from app.seeds.population import TODAY
from app.signals.raising import run
from bench.crowd import grow, open_cases
from bench.measuring import Statement, heard, timed

MOST_REPEATS = 5  # one takes seconds


def compare_signals(app: Flask, cases: int, repeats: int) -> tuple[int, float, float]:
    """How many open cases there are, and the milliseconds of the evaluation and of its floor, taking turns."""
    with app.app_context():
        grow(cases)
        number = open_cases()
        db.session.remove()

        def evaluate() -> None:
            run(TODAY, now())
            db.session.remove()

        evaluate()  # raises what there is; later nights find little new
        statements = heard(app, evaluate)
        pairs = [(timed(evaluate), timed(lambda: replay(statements))) for _turn in range(min(repeats, MOST_REPEATS))]
    values, floors = zip(*pairs, strict=True)
    return number, median(values) * 1000, median(floors) * 1000


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
