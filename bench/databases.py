"""The databases to measure on: a file of SQLite, and one of the PostgreSQL server that is given."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
from sqlalchemy import make_url


def databases(folder: Path, engines: set[str]) -> Iterator[tuple[str, str]]:
    """Engine and address, one after the other; what was made on a server is dropped again."""
    if "sqlite" in engines:
        yield "sqlite", f"sqlite:///{folder / 'bench.db'}"
    if "postgresql" in engines and (server := os.environ.get("TEST_DATABASE_URL")):
        name = f"qadam_bench_{os.getpid()}"
        administer(server, f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
        try:
            yield "postgresql", make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def administer(server: str, statement: str) -> None:
    url = make_url(server).set(drivername="postgresql", database="postgres")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(statement)
