"""Fixtures that every test may need; anything narrower lives next to its tests."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings

from app.access.models import User
from tests.applications import application, settled
from tests.browser import Browser
from tests.databases import begin_run, end_run, on_postgresql
from tests.factories.people import make_user
from tests.stopped_clock import StoppedClock

# A machine that is busy is no fault of the code.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_configure() -> None:
    begin_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    end_run(is_worker=hasattr(config, "workerinput"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, run only what touches data: a pure rule gives the same answer on every engine."""
    if on_postgresql():
        touching = [item for item in items if touches_data(item) and not item.get_closest_marker("one_engine")]
        config.hook.pytest_deselected(items=[item for item in items if item not in touching])
        items[:] = touching


def touches_data(item: pytest.Item) -> bool:
    return bool({"app", "address", "house"} & set(getattr(item, "fixturenames", ())))


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of the test's own, made by the migrations."""
    with settled(application(), tmp_path) as app:
        yield app


@pytest.fixture
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> StoppedClock:
    """The time stands still at noon of 20 November 2026, for all of the application, until the test moves it."""
    clock = StoppedClock()
    monkeypatch.setattr("app.clock.source", clock)
    return clock


@pytest.fixture
def officer(app: Flask) -> User:
    return make_user()


@pytest.fixture
def sign_in(app: Flask) -> Callable[[User], Browser]:
    """A browser in which the user is signed in."""

    def enter(user: User) -> Browser:
        browser: Browser = app.test_client()
        browser.enter(user)
        return browser

    return enter
