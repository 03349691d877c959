"""Every night: freeze the half-year whose report is due, if nobody has done so."""

from app.clients.models import NotPossible
from app.clock import now, today
from app.indicators.freezing import freeze_unasked
from app.indicators.periods import last_over
from app.indicators.queries import waiting
from app.tasks.queue import by_the_clock, log


@by_the_clock(hour="3", minute="20")
def freeze_half_year() -> None:
    """The last half-year, from the day on which its report is due.

    Not sooner: what was done in its last days is confirmed in the first days after it, and would be lost to it. An
    analyst who needs it sooner can freeze it. A half-year in which nobody was registered yet is left alone.
    """
    period = last_over(today())
    if period in waiting(today()) and today() >= period.report_due_on:
        try:
            freeze_unasked(period, now())
        except NotPossible as refusal:
            log.warning("not frozen", period=period.code, reason=str(refusal))
