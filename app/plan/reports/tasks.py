"""In the background: publish the report that was asked for, and take up what was left."""

from app.db import db
from app.plan.reports.models import Publishing
from app.plan.reports.working import work
from app.tasks.claims import left_behind
from app.tasks.queue import by_the_clock, on_request


@on_request
def publish_soon(publishing_id: int) -> None:
    work(publishing_id)


@by_the_clock(minute="*")
def take_up_publishing() -> None:
    """Go on with orders whose process died, or which nobody has begun."""
    orders = left_behind(Publishing)
    db.session.rollback()
    for publishing_id in orders:
        work(publishing_id)
