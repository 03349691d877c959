"""A PostgreSQL database that serves one test after the other: put back as it was, or dropped when that cannot be done.

Making one for each test takes longer than most tests: a thousand files are copied, and the server reads its own
catalogue, and plans each statement, for the first time again.
"""

import os
from typing import Any

import psycopg
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import make_url

# What a step of the migrations, or a test that alters the database itself, leaves behind: everything but rows.
SHAPE = """
    SELECT 'columns', count(*), max(xmin::text::bigint) FROM pg_attribute
    UNION ALL SELECT 'defaults', count(*), max(xmin::text::bigint) FROM pg_attrdef
    UNION ALL SELECT 'constraints', count(*), max(xmin::text::bigint) FROM pg_constraint
    UNION ALL SELECT 'triggers', count(*), max(xmin::text::bigint) FROM pg_trigger
    UNION ALL SELECT 'functions', count(*), max(xmin::text::bigint) FROM pg_proc
    UNION ALL SELECT 'types', count(*), max(xmin::text::bigint) FROM pg_type
    UNION ALL SELECT 'schemas', count(*), max(xmin::text::bigint) FROM pg_namespace
    UNION ALL SELECT 'tables', count(*), sum(hashtext(concat(relname, relkind))) FROM pg_class
"""
TOUCHED = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
    "AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0"
)
COUNTED_ON = "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences "
FORGOTTEN = (
    "UPDATE pg_class SET relpages = 0, reltuples = -1, relallvisible = 0 "
    "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND reltuples >= 0 AND relname <> 'alembic_version'"
)
BUSY = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND pid <> "
Shape = list[tuple[Any, ...]]


def address_of(name: str) -> str:
    return make_url(os.environ["TEST_DATABASE_URL"]).set(database=name).render_as_string(hide_password=False)


def connect(name: str = "postgres") -> psycopg.Connection:
    url = make_url(os.environ["TEST_DATABASE_URL"]).set(drivername="postgresql", database=name)
    return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)


def administer(statement: str, *names: str) -> None:
    """Do something to whole databases; each ``{}`` of the statement is the name of one."""
    with connect() as connection:
        connection.execute(SQL(statement).format(*map(Identifier, names)))  # type: ignore[arg-type]


def drop(name: str) -> None:
    administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


class Lent:
    """A database that holds no row but the number of its last migration, and is to be as empty for the next test."""

    def __init__(self, name: str, template: str) -> None:
        self.name = name
        administer("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
        with connect(name) as connection:
            self.shape = shape(connection)

    def is_put_back(self) -> bool:
        """Take away all rows and count from one again; false if somebody is still at it, or it has another shape."""
        try:
            with connect(self.name) as connection:
                if shape(connection) != self.shape or is_busy(connection):
                    return False
                empty(connection)
        except psycopg.Error:
            return False
        return True


def shape(connection: psycopg.Connection) -> Shape:
    [version] = connection.execute("SELECT array_agg(version_num) FROM alembic_version").fetchall()
    return [*connection.execute(SHAPE).fetchall(), version]  # type: ignore[arg-type]


def is_busy(connection: psycopg.Connection) -> bool:
    found = connection.execute(BUSY + str(connection.info.backend_pid)).fetchone()  # type: ignore[arg-type]
    return bool(found and found[0])


def empty(connection: psycopg.Connection) -> None:
    """Rows go without their triggers; each file is made empty too, and the planner forgets what it learned of them.

    So rows lie in order again, and statements are planned as in a database that is new.
    """
    touched = [Identifier(name) for (name,) in connection.execute(TOUCHED)]
    with connection.transaction():
        connection.execute("SET LOCAL lock_timeout = '5s'")
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(each("DELETE FROM {};", touched))
    connection.execute(COUNTED_ON + "WHERE last_value IS NOT NULL")
    if touched:
        connection.execute(SQL("VACUUM (INDEX_CLEANUP on, TRUNCATE on) {}").format(SQL(", ").join(touched)))
        connection.execute(FORGOTTEN)


def each(statement: str, names: list[Identifier]) -> Composed:
    return SQL("").join(SQL(statement).format(name) for name in names)  # type: ignore[arg-type]
