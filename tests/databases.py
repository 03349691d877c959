"""A database for each test on the engine under test, empty or filled: made once for all workers of a run."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from app import create_app
from app.db import db
from app.seeds.commands import bring_up_to_date
from config import Config
from tests import postgresql
from tests.postgresql import Lent, address_of

NUMBERS = count(1)
RUN = "QADAM_TEST_RUN"  # where a run, of one process or of several workers, keeps what it copies
FREE: list[Lent] = []


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


def begin_run() -> None:
    """Make the place for what all workers share; a worker finds it made."""
    if RUN not in os.environ:
        os.environ[RUN] = mkdtemp(prefix="qadam-run-")


def end_run(*, is_worker: bool) -> None:
    """Leave nothing behind, neither in the folder of scratch files nor on the server."""
    while FREE:
        postgresql.drop(FREE.pop().name)
    if not is_worker:
        folder = Path(os.environ.pop(RUN))
        for made in folder.glob("*/made-on-postgresql"):
            postgresql.drop(made.read_text())
        shutil.rmtree(folder)


@contextmanager
def fresh_database(folder: Path, fill: Callable[[], None] = empty) -> Iterator[str]:
    """The address of a migrated database, empty or filled by a function; nothing of it is left afterwards."""
    if on_postgresql():
        with filled_on_postgresql(fill) if fill is not empty else lent() as name:
            yield address_of(name)
        return
    path = folder / "qadam.db"
    shutil.copy(sqlite_template(fill), path)
    try:
        yield f"sqlite:///{path}"
    finally:
        for left in folder.glob("qadam.db*"):
            left.unlink()


@contextmanager
def filled_on_postgresql(fill: Callable[[], None]) -> Iterator[str]:
    name, template = new_name(), postgresql_template(fill)
    postgresql.administer("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
    try:
        yield name
    finally:
        postgresql.drop(name)


@contextmanager
def lent() -> Iterator[str]:
    """An empty one, which the next test gets again if it can be put back."""
    database = FREE.pop() if FREE else Lent(new_name(), postgresql_template(empty))
    try:
        yield database.name
    finally:
        if database.is_put_back():
            FREE.append(database)
        else:
            postgresql.drop(database.name)


def new_name() -> str:
    return f"qadam_{os.getpid()}_{next(NUMBERS)}"


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
        name, made = f"{folder.parent.name}_{folder.name}".replace("-", "_").lower(), folder / "made-on-postgresql"
        if not made.exists():
            postgresql.drop(name)
            postgresql.administer("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", name)
            made.write_text(name)
            migrate(address_of(name), folder, fill)
    return name


@contextmanager
def one_at_a_time(fill: Callable[[], None]) -> Iterator[Path]:
    """The folder of a template: the first worker of a run makes it, while the others wait for it."""
    folder = Path(os.environ[RUN]) / fill.__name__
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
