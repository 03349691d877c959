"""The processes that print a batch: one for each core, so that none waits for another to set its type."""

import os
import sys
from pathlib import Path
from subprocess import Popen

from flask import current_app
from sqlalchemy import Select, select

from app.clock import now
from app.db import db
from app.printing.batches.models import BatchCancellation, BatchItem
from app.printing.batches.working import AT_A_TIME, work

FLASK = ("-m", "flask", "--app", "wsgi", "papers", "work")


def print_batch(batch_id: int) -> None:
    """Print a batch: a short one here, a longer one by a process for each core. Returns when they are done.

    A process of the crew that dies leaves its claim behind; the clock takes the batch up again when that has run out.
    While another crew is at work this one is not called: it would only crowd the machine.
    """
    if db.session.scalar(select(at_work().where(BatchItem.batch_id == batch_id).exists())):
        db.session.rollback()
        return
    count = db.session.query(BatchItem).filter_by(batch_id=batch_id, settled_at=None).count()
    db.session.rollback()
    if count <= AT_A_TIME:
        work(batch_id)
        return
    size = min(len(os.sched_getaffinity(0)), -(-count // AT_A_TIME))
    crew = [Popen([sys.executable, *FLASK, str(batch_id)], env=surroundings(), cwd=root()) for _one in range(size)]  # noqa: S603
    for process in crew:
        process.wait()


def surroundings() -> dict[str, str]:
    """The environment of this process, with the same database, keys and home as this application has."""
    config = current_app.config
    return os.environ | {
        "QADAM_HOME": str(config["HOME"]),
        "DATABASE_URL": config["SQLALCHEMY_DATABASE_URI"],
        "SECRET_KEY": config["SECRET_KEY"],
        "DATA_KEY": config["DATA_KEY"],
    }


def root() -> str:
    return str(Path(current_app.root_path).parent)


def at_work() -> Select[int]:
    """The batches of the papers that a process which is alive has claimed."""
    return select(BatchItem.batch_id).where(BatchItem.settled_at.is_(None), BatchItem.claimed_until >= now())


def left_behind() -> list[int]:
    """Batches with papers that are not settled, and with nobody alive at work on any of them, the oldest first."""
    waiting = (
        select(BatchItem.batch_id)
        .where(
            BatchItem.settled_at.is_(None),
            BatchItem.batch_id.not_in(at_work()),
            ~select(BatchCancellation.batch_id).where(BatchCancellation.batch_id == BatchItem.batch_id).exists(),
        )
        .distinct()
        .order_by(BatchItem.batch_id)
        .limit(10)
    )
    return list(db.session.scalars(waiting))
