"""Batches in the background: printed as soon as they are asked for, and every minute whatever was left behind."""

from app.db import db
from app.printing.batches.crew import left_behind, print_batch
from app.tasks.queue import by_the_clock, on_request


@on_request
def print_soon(batch_id: int) -> None:
    print_batch(batch_id)


@by_the_clock(minute="*")
def take_up_again() -> None:
    """Go on with batches whose processes died, or which nobody has begun."""
    waiting = left_behind()
    db.session.rollback()
    for batch_id in waiting:
        print_batch(batch_id)
