"""How PostgreSQL is to join: whole sets with whole sets."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from app.db import db

SETTINGS = {"enable_nestloop": "off", "work_mem": "'64MB'"}


@contextmanager
def in_sets() -> Iterator[None]:
    """Keep PostgreSQL from looping over one set for each row of another, until the end.

    It cannot know how many rows the parts of the statement have, takes them for one, and loops: at two thousand
    people 19 seconds instead of half a second (measured), and worse with the square of their number. SQLite looks up
    by its own indexes and needs nothing.
    """
    if db.engine.dialect.name != "postgresql":
        yield
        return
    for setting, value in SETTINGS.items():
        db.session.execute(text(f"SET LOCAL {setting} = {value}"))
    yield
    for setting in SETTINGS:
        db.session.execute(text(f"SET LOCAL {setting} TO DEFAULT"))
