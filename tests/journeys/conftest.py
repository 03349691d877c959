"""A running system with the demonstration office, and real browsers to walk through it."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import Popen

import pytest
from flask import Flask
from playwright.sync_api import Browser, Playwright, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from app.db import db
from app.printing.batches.crew import surroundings
from tests.databases import TestConfig, fresh_database
from tests.demonstration import demonstration_office
from tests.journeys.walker import Walker
from tests.stopped_clock import StoppedClock

CHROMIUM = "/usr/bin/chromium"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class GuardedConfig(TestConfig):
    """The tests' settings with the forms' guard on, as an office runs it."""

    WTF_CSRF_ENABLED = True


@pytest.fixture
def served(tmp_path: Path, stopped_clock: StoppedClock) -> Iterator[Flask]:
    """The application on a database of its own, with the demonstration office in it."""
    with fresh_database(tmp_path, demonstration_office) as url:
        app = create_app(GuardedConfig(url, tmp_path))
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def address(served: Flask) -> Iterator[str]:
    """Where the application is served."""
    server = make_server("127.0.0.1", 0, served, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def worker(served: Flask) -> Iterator[None]:
    """The real worker of the queue beside the server, as bin/run starts it."""
    with served.app_context():
        process = Popen([sys.executable, "-m", "flask", "--app", "wsgi", "tasks", "run"], env=surroundings())  # noqa: S603
    yield
    process.terminate()
    process.wait()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=SWITCHES)
    yield browser
    browser.close()


@pytest.fixture
def walker(chromium: Browser, address: str) -> Iterator[Callable[..., Walker]]:
    """Open a browser of one's own: ``walker("officer")``, ``walker("mentor", width=360)``, ``scripts=False``."""
    contexts = []

    def enter(name: str, width: int = 1280, height: int = 900, *, scripts: bool = True, dark: bool = False) -> Walker:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            locale="en",
            base_url=address,
            accept_downloads=True,
        )
        contexts.append(context)
        walker = Walker(context.new_page(), looks=scripts, dark=dark)
        walker.sign_in(name)
        return walker

    yield enter
    for context in contexts:
        context.close()
