"""A PostgreSQL database that a test has used is the next one's only when nothing of the former is left in it."""

import os
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from app.db import Base, db
from tests import postgresql
from tests.databases import empty, on_postgresql, postgresql_template
from tests.factories.people import make_user
from tests.factories.programs import make_submitted
from tests.postgresql import Lent, connect

ADDRESS = "SQLALCHEMY_DATABASE_URI"
ALTERING = {
    "a trigger is gone": "DROP TRIGGER substitutions_frozen_insert ON substitutions",
    "a trigger is off": "ALTER TABLE journal DISABLE TRIGGER ALL",
    "a column is there": "ALTER TABLE users ADD COLUMN colour text",
    "a column is gone": "ALTER TABLE users DROP COLUMN language",
    "an index is there": "CREATE INDEX by_colour ON users (language)",
    "a function is another": "CREATE FUNCTION one() RETURNS integer AS 'SELECT 1' LANGUAGE sql",
    "another step of the migrations": "UPDATE alembic_version SET version_num = '0001'",
}

pytestmark = pytest.mark.skipif(not on_postgresql(), reason="on SQLite each test has a copy of its own")


@pytest.fixture
def database(app: Flask) -> Iterator[Lent]:
    """One of the test's own, to which the application is led meanwhile."""
    database, before = Lent(f"qadam_own_{os.getpid()}", postgresql_template(empty)), app.config[ADDRESS]
    app.config[ADDRESS] = postgresql.address_of(database.name)
    db.engine.dispose()
    yield database
    db.session.remove()
    db.engine.dispose()
    app.config[ADDRESS] = before
    postgresql.drop(database.name)


def test_rows_go_lie_in_order_again_and_are_counted_from_one(database):
    first = make_submitted(make_user()).id
    db.session.remove()
    assert filled(database)

    assert database.is_put_back()

    assert filled(database) == []
    with connect(database.name) as connection:
        assert connection.execute("SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL").fetchall() == []
        assert connection.execute(postgresql.TOUCHED).fetchall() == []
    assert make_submitted(make_user()).id == first


def filled(database: Lent) -> list[str]:
    tables = [table.name for table in Base.metadata.sorted_tables]
    with connect(database.name) as connection:
        return [one for one in tables if connection.execute(f'SELECT 1 FROM "{one}"').fetchone()]  # noqa: S608


@pytest.mark.parametrize("statement", ALTERING.values(), ids=ALTERING)
def test_a_database_of_another_shape_is_not_used_again(database, statement):
    with connect(database.name) as connection:
        connection.execute(statement)

    assert not database.is_put_back()


def test_a_database_that_somebody_is_still_at_is_not_used_again(database):
    db.session.execute(text("SELECT 1"))  # a transaction that is not ended

    assert not database.is_put_back()
