"""How each engine is opened: SQLite with its journal, keys and waiting; PostgreSQL for short answers."""

from typing import Any

from flask import has_request_context, request
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

# Seconds that a writer waits for another one before giving up.
PATIENCE = 20


def listen(engine: Engine) -> None:
    """Set up what an engine needs on each connection and each transaction."""
    if engine.dialect.name == "postgresql":
        event.listen(engine, "connect", open_postgresql)
        return
    event.listen(engine, "connect", open_sqlite)
    event.listen(engine, "begin", begin_sqlite)


def open_postgresql(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """A page reads a few rows of large tables: compiling its plan takes longer, and reading all rows longer still."""
    driver: Any = connection
    driver.autocommit = True  # for as long as the connection lives, not for one transaction
    cursor = connection.cursor()
    cursor.execute("SET jit = off")
    cursor.execute("SET random_page_cost = 1.1")  # of a disk without moving parts; the server's own 4 is of the others
    cursor.close()
    driver.autocommit = False


def open_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    driver: Any = connection
    driver.isolation_level = None  # the driver's own BEGIN is replaced by begin_sqlite
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={PATIENCE * 1000}")
    cursor.close()


def begin_sqlite(connection: Connection) -> None:
    """Take the writer's place at once unless the request only reads.

    A SQLite transaction that reads first and writes later fails when somebody else
    wrote in between, however long it would be willing to wait.
    """
    reads = has_request_context() and request.method in {"GET", "HEAD", "OPTIONS"}
    writes = connection.get_execution_options().get("writes", not reads)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
