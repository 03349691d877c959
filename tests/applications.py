"""An application that serves many tests in turn, each on a database and in a home of its own.

Making one, and having it meet each page and each statement for the first time, takes ten times as long as most tests.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event, make_url

from app import create_app
from app.assessments import library
from app.db import db
from tests.browser import Browser
from tests.databases import TestConfig, empty, fresh_database, on_postgresql

NOWHERE = "postgresql+psycopg://127.0.0.1/nowhere", "sqlite:////nowhere/qadam.db"
ALTERED = "request_class", "test_client_class"
KEPT = "config", "view_functions", "extensions"
WHERE: dict[Flask, str] = {}


@cache
def application(config: type[TestConfig] = TestConfig) -> Flask:
    """One for all tests of a worker; who adds an address to it makes another by ``new_application``."""
    return new_application(config)


def new_application(config: type[TestConfig] = TestConfig) -> Flask:
    """An application that is nowhere yet: ``settled`` says on which database and in which home it works."""
    app = create_app(config(NOWHERE[0] if on_postgresql() else NOWHERE[1], Path("/nowhere")))
    app.test_client_class = Browser
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(templates())
    with app.app_context():
        event.listen(db.engine, "do_connect", lead_to_where(app))
    return app


@cache
def templates() -> str:
    """Compiled templates, for all workers and both engines: each is written whole, and read only if its source is."""
    folder = Path(gettempdir()) / "qadam-templates"
    folder.mkdir(exist_ok=True)
    return str(folder)


def lead_to_where(app: Flask) -> Callable[..., None]:
    """Each connection is opened to the database that the settings name at this moment."""

    def lead(_dialect: Any, _entry: Any, values: list[Any], names: dict[str, Any]) -> None:
        url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
        if url.drivername == "sqlite":
            values[0] = url.database
        else:
            names.update(url.translate_connect_args(username="user", database="dbname"))

    return lead


@contextmanager
def settled(app: Flask, home: Path, fill: Callable[[], None] = empty) -> Iterator[Flask]:
    """The application on a migrated database, empty or filled; afterwards it is as it was, whatever a test altered."""
    kept = {name: dict(getattr(app, name)) for name in KEPT} | {name: getattr(app, name) for name in ALTERED}
    with fresh_database(home, fill) as url, app.app_context():
        if url != WHERE.get(app):
            db.engine.dispose()  # a PostgreSQL database that is used again is better met by one who knows it
        WHERE[app] = url
        app.config.update(SQLALCHEMY_DATABASE_URI=url, HOME=home)
        library.read_also(home / "instruments")
        yield app
        db.session.remove()
        if not on_postgresql():
            db.engine.dispose()
    for name in KEPT:
        getattr(app, name).clear()
        getattr(app, name).update(kept[name])
    for name in ALTERED:
        setattr(app, name, kept[name])
