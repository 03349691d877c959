"""A page against its floor: the page's own SQL through the bare driver, in a bare Flask view with as long an answer."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from statistics import median
from time import perf_counter
from typing import Any

from flask import Flask
from sqlalchemy import event

from app.db import db
from bench.pages import Reader

WARM_UP = 8
Statement = tuple[str, Any]


def compare(reader: Reader, address: str, repeats: int) -> tuple[float, float]:
    """Milliseconds of the page and of its floor: medians of so many turns, the two taking turns."""
    for _turn in range(WARM_UP):
        body = reader.open(address)
    statements = statements_of(reader, address)
    with bare_view(reader.app, statements, len(body)) as floor:
        for _turn in range(WARM_UP):
            floor()
        pairs = [(timed(lambda: reader.open(address)), timed(floor)) for _turn in range(repeats)]
    values, floors = zip(*pairs, strict=True)
    return median(values) * 1000, median(floors) * 1000


def timed(act: Callable[[], Any]) -> float:
    started = perf_counter()
    act()
    return perf_counter() - started


def statements_of(reader: Reader, address: str) -> list[Statement]:
    """What one request says to the database."""
    return heard(reader.app, lambda: reader.open(address))


def heard(app: Flask, act: Callable[[], Any]) -> list[Statement]:
    """What an act says to the database, as it reaches the driver, without the opening of transactions."""
    said: list[Statement] = []

    def listen(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            said.append((statement, parameters))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", listen)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    return said


@contextmanager
def bare_view(app: Flask, statements: list[Statement], length: int) -> Iterator[Callable[[], Any]]:
    """Ask a Flask application that does nothing but this; reads in one transaction, each write in its own."""
    with app.app_context(), closing(db.engine.raw_connection()) as connection:
        driver: Any = connection.driver_connection
        is_sqlite = db.engine.dialect.name == "sqlite"
        bare = Flask("bare")
        body = b" " * length

        @bare.get("/")
        def page() -> bytes:
            cursor = driver.cursor()
            for statement, parameters in statements:
                writes = statement.startswith(("INSERT", "UPDATE"))
                if writes and is_sqlite:  # its connections here open no transaction by themselves
                    cursor.execute("BEGIN IMMEDIATE")
                cursor.execute(statement, parameters)
                if cursor.description:
                    cursor.fetchall()
                if writes:
                    driver.commit()
            if not is_sqlite:
                driver.commit()
            cursor.close()
            return body

        browser = bare.test_client()
        yield lambda: browser.get("/")
