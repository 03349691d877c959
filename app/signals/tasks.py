"""Every night: evaluate the rules of early warning for everybody; and on the spot for whom something is recorded."""

from datetime import date

from app.assessments.acute.reviewing import after_review
from app.assessments.completing import after_completion
from app.clients.cases import Case
from app.clients.events import after_event
from app.clock import now, today
from app.signals.raising import look_again, run
from app.supervision.calendar.models import Visit
from app.supervision.calendar.outcomes import after_visit
from app.tasks.queue import by_the_clock, log


@by_the_clock(hour="2", minute="40")
def raise_signals() -> None:
    """As of today: the night's run speaks of the day that begins."""
    outcome = run(today(), now())
    log.info("signals", evaluated=outcome.evaluated, raised=outcome.raised, closed=outcome.closed)


def on_the_spot(case: Case, on: date) -> None:
    """One person, when an event or an acute review is recorded or withdrawn, or an assessment is completed."""
    look_again(case, on, now())


def after_a_visit(visit: Visit, on: date) -> None:
    on_the_spot(visit.case, on)


for moment in (after_event, after_review, after_completion):
    moment.append(on_the_spot)
after_visit.append(after_a_visit)
