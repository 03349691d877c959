"""Every night: open the deadlines that are missing, and compare the open ones with the norms of the day."""

from app.clock import now, today
from app.db import db
from app.supervision.deadlines.comparing import open_missing, propose_changes
from app.tasks.queue import by_the_clock, log


@by_the_clock(hour="1", minute="50")
def keep_deadlines() -> None:
    """A commit for every few hundred cases, so that nobody waits for the night's work."""
    counts = {"opened": 0, "proposed": 0}
    for name, work in (("opened", open_missing), ("proposed", propose_changes)):
        for count in work(today(), now()):
            counts[name] += count
            db.session.commit()
    log.info("deadlines", **counts)
