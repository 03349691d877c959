"""By the clock: make the visits of the weeks ahead, a batch at a time."""

from collections.abc import Callable
from datetime import date, datetime

from app.clock import now, today
from app.db import db
from app.supervision.calendar.first import expect_some
from app.supervision.calendar.planning import plan_some
from app.tasks.queue import by_the_clock, log


@by_the_clock(minute="25")
def plan_visits() -> None:
    """Make the visits that are missing: of the reporting days, and for first appearances."""
    log.info("visits", rhythms=in_batches(plan_some), first=in_batches(expect_some))


def in_batches(make_some: Callable[[date, datetime], int]) -> int:
    """Each batch is saved by itself; what somebody else holds at the moment waits for the next hour."""
    count = 0
    while made := make_some(today(), now()):
        db.session.commit()
        count += made
    db.session.rollback()
    return count
