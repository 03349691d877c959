"""In the background: freeze what was asked for, take up what was left, and at night the half-year that is due."""

from app.clock import today
from app.db import db
from app.indicators.models import Freezing
from app.indicators.periods import last_over
from app.indicators.queries import waiting
from app.indicators.working import freeze_now, work
from app.tasks.claims import left_behind
from app.tasks.queue import by_the_clock, log, on_request
from app.web.refusals import NotPossible


@on_request
def freeze_soon(freezing_id: int) -> None:
    work(freezing_id)


@by_the_clock(minute="*")
def take_up_freezing() -> None:
    """Go on with orders whose process died, or which nobody has begun."""
    orders = left_behind(Freezing)
    db.session.rollback()
    for freezing_id in orders:
        work(freezing_id)


@by_the_clock(hour="3", minute="20")
def freeze_half_year() -> None:
    """The last half-year, from the day on which its report is due.

    Not sooner: what was done in its last days is confirmed in the first days after it, and would be lost to it. An
    analyst who needs it sooner can freeze it. A half-year in which nobody was registered yet is left alone, and one
    with so few people that an analyst has to say so.
    """
    period = last_over(today())
    if period in waiting(today()) and today() >= period.report_due_on:
        try:
            refusal = freeze_now(period).refusal
        except NotPossible as sentence:
            refusal = str(sentence)
        if refusal:
            log.warning("not frozen", period=period.code, reason=refusal)
