"""By the clock: make the visits of the weeks ahead, a batch of rhythms at a time."""

from app.clock import now, today
from app.db import db
from app.supervision.calendar.planning import plan_some
from app.tasks.queue import by_the_clock, log


@by_the_clock(minute="25")
def plan_visits() -> None:
    """Make the visits that are missing. Each batch is saved by itself; what another one holds waits an hour."""
    planned = 0
    while looked_at := plan_some(today(), now()):
        db.session.commit()
        db.session.expunge_all()
        planned += looked_at
    db.session.rollback()
    log.info("visits", rhythms=planned)
