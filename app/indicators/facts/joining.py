"""How PostgreSQL is to join: whole sets with whole sets."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import func, select

from app.db import db

SETTINGS = {
    "enable_nestloop": "off",
    "enable_sort": "off",
    "max_parallel_workers_per_gather": "0",
    "work_mem": "128MB",
}


@contextmanager
def in_sets() -> Iterator[None]:
    """Keep PostgreSQL from looping over one set for each row of another, and from sorting to group, until the end.

    It cannot know how many rows the parts of the statement have, takes them for one, and loops: at two thousand
    people 19 seconds instead of half a second (measured), and worse with the square of their number. For the same
    reason it would sort by long texts where a table in memory counts in one go, and call for helpers many times over:
    on two busy cores that was 14 s instead of 5 to 9 s at a hundred thousand people. SQLite looks up by its own
    indexes and needs nothing.
    """
    if db.engine.dialect.name != "postgresql":
        yield
        return
    before = db.session.execute(select(*(func.current_setting(name).label(name) for name in SETTINGS))).one()
    put(SETTINGS)
    yield
    put(dict(before._mapping))


def put(settings: Mapping[str, str]) -> None:
    """Settings for the rest of the transaction, in one statement."""
    db.session.execute(select(*(func.set_config(name, value, True) for name, value in settings.items())))
