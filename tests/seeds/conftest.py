"""A second application on a database of its own, to compare two with each other."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.db import db
from tests.databases import TestConfig, fresh_database


@pytest.fixture
def another(tmp_path: Path) -> Iterator[Callable[[], Flask]]:
    with ExitStack() as stack:

        def make() -> Flask:
            home = tmp_path / "another"
            home.mkdir()
            app = create_app(TestConfig(stack.enter_context(fresh_database(home)), home))
            stack.callback(close, app)
            return app

        yield make


def close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
