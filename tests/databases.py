"""A database for each test: copied from one that was made once for all workers, on the engine under test."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import gettempdir, mkdtemp

import psycopg
from sqlalchemy import make_url

from app import create_app
from app.db import db
from app.seeds.commands import bring_up_to_date
from config import Config

NUMBERS = count(1)


class TestConfig(Config):
    """Settings for one test; keys are fixed, so that stored digests repeat."""

    __test__ = False
    TESTING = True
    DEMONSTRATION = True
    WTF_CSRF_ENABLED = False
    SECRET_KEY = "for tests only"  # noqa: S105
    DATA_KEY = "Zm9yIHRlc3RzIG9ubHksIDMyIGJ5dGVzIGxvbmcuLi4="  # 32 bytes in base64

    def __init__(self, url: str, home: Path) -> None:
        self.SQLALCHEMY_DATABASE_URI = url
        self.HOME = home
        self.SQLALCHEMY_ENGINE_OPTIONS = {"query_cache_size": 5_000}


def on_postgresql() -> bool:
    return bool(os.environ.get("TEST_DATABASE_URL"))


def empty() -> None:
    """Leave the database as the migrations made it."""


@contextmanager
def fresh_database(folder: Path, fill: Callable[[], None] = empty) -> Iterator[str]:
    """The address of a migrated database, empty or filled by a function; it is dropped afterwards."""
    if not on_postgresql():
        path = folder / "qadam.db"
        shutil.copy(sqlite_template(fill), path)
        yield f"sqlite:///{path}"
        return
    name = f"qadam_{os.getpid()}_{next(NUMBERS)}"
    administer(f'CREATE DATABASE "{name}" TEMPLATE "{postgresql_template(fill)}" STRATEGY FILE_COPY')
    try:
        yield address_of(name)
    finally:
        administer(f'DROP DATABASE "{name}" WITH (FORCE)')


@cache
def sqlite_template(fill: Callable[[], None]) -> Path:
    with one_at_a_time(fill) as folder:
        made = folder / "template.db"
        if not made.exists():
            migrate(f"sqlite:///{folder / 'making.db'}", folder, fill)
            (folder / "making.db").rename(made)
    return made


@cache
def postgresql_template(fill: Callable[[], None]) -> str:
    with one_at_a_time(fill) as folder:
        name, made = f"qadam_template_{folder.name[-40:]}".lower().replace("-", "_"), folder / "made"
        if not made.exists():
            administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            administer(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
            migrate(address_of(name), folder, fill)
            made.touch()
    return name


@contextmanager
def one_at_a_time(fill: Callable[[], None]) -> Iterator[Path]:
    """The folder of a template: the first worker of a run makes it, while the others wait for it."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    name = f"qadam-template-{fill.__name__.replace('_', '-')}-"
    folder = Path(gettempdir()) / f"{name}{run[:16]}" if run else Path(mkdtemp(prefix=name))
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def migrate(url: str, folder: Path, fill: Callable[[], None]) -> None:
    with create_app(TestConfig(url, folder)).app_context():
        bring_up_to_date()
        fill()
        db.session.remove()
        if url.startswith("sqlite"):
            with db.engine.connect() as connection:  # one file holds all, so that it can be copied
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.exec_driver_sql("BEGIN")
        db.engine.dispose()


def address_of(name: str) -> str:
    return make_url(os.environ["TEST_DATABASE_URL"]).set(database=name).render_as_string(hide_password=False)


def administer(statement: str) -> None:
    url = make_url(os.environ["TEST_DATABASE_URL"]).set(drivername="postgresql", database="postgres")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(statement)
