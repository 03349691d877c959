"""The queue in the database that the office uses, and the work that the clock asks for."""

from collections.abc import Callable
from contextlib import closing
from functools import wraps
from typing import Any

import click
import structlog
from flask import Blueprint, Flask, current_app
from huey import Huey, PostgresHuey, SqliteHuey, crontab

bp = Blueprint("tasks", __name__, cli_group="tasks")
bp.cli.help = "The work of the clock and of the queue."
log = structlog.get_logger()

Work = Callable[[], object]
PERIODIC: list[tuple[dict[str, str], Work]] = []
ASKED_FOR: list[Callable[..., object]] = []
LONGEST_PAUSE = 1.0  # second that a request may lie unnoticed in a quiet queue
WORKERS = 2  # so that a long print never keeps the clock waiting
ON_REQUEST = "work on request"  # the place of the queue's own doors in the application's extensions


def by_the_clock(**when: str) -> Callable[[Work], Work]:
    """Have a function called by the clock: ``minute="*/10"``, ``hour="6"``; it runs inside the application."""

    def register(work: Work) -> Work:
        PERIODIC.append((when, work))
        return work

    return register


def on_request(work: Callable[..., object]) -> Callable[..., object]:
    """Let a function be asked for by ``ask``: it runs inside the application, soon, in the background."""
    ASKED_FOR.append(work)
    return work


def ask(work: Callable[..., object], *values: int) -> None:
    """Have a function that is marked with ``on_request`` called in the background, with plain values.

    Ask after the commit of what it is about: another process reads it.
    """
    app: Any = current_app
    if ON_REQUEST not in app.extensions:
        app.extensions[ON_REQUEST] = open_queue(app._get_current_object())
    queue = app.extensions[ON_REQUEST]
    with closing(queue.storage):  # asked so seldom that no connection is kept for the next time
        queue.asked_for[work.__name__](*values)


def open_queue(app: Flask) -> Huey:
    """The queue for the database in use: a SQLite file beside SQLite, tables in PostgreSQL otherwise."""
    address: str = app.config["SQLALCHEMY_DATABASE_URI"]
    queue: Huey
    if address.startswith("postgresql"):
        queue = PostgresHuey("qadam", dsn=address.replace("postgresql+psycopg://", "postgresql://"))
    else:
        queue = SqliteHuey("qadam", filename=str(app.config["HOME"] / "queue.db"))
    for when, work in PERIODIC:
        queue.periodic_task(crontab(**when))(inside(app, work))
    queue.asked_for = {work.__name__: queue.task()(inside(app, work)) for work in ASKED_FOR}
    return queue


def inside(app: Flask, work: Callable[..., object]) -> Callable[..., None]:
    """The work in an application context of its own; a failure is logged and never stops the queue."""

    @wraps(work)
    def run(*values: int) -> None:
        with app.app_context():
            work(*values)
            log.info("task done", task=work.__name__)

    return run


@bp.cli.command("run")
def run() -> None:
    """Work off the queue and the clock until told to stop."""
    app: Any = current_app
    queue = open_queue(app._get_current_object())
    queue.create_consumer(workers=WORKERS, periodic=True, check_worker_health=True, max_delay=LONGEST_PAUSE).run()


@bp.cli.command("once")
def once() -> None:
    """Do everything that the clock asks for, now, once."""
    for _when, work in PERIODIC:
        work()
        click.echo(work.__name__)
