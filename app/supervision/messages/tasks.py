"""Through the day: remind people of their visits, once each, and note what the gateways tell."""

from sqlalchemy.exc import IntegrityError

from app.clock import now
from app.db import db
from app.supervision.messages.gateways.choosing import channels, gateway_for
from app.supervision.messages.sending import begin, failed, finish, note, parcel_of, waiting
from app.supervision.messages.timing import is_awake
from app.supervision.messages.vocabulary import Result
from app.tasks.queue import by_the_clock, log

MOST = 1000  # messages and reports in one run; the next one comes ten minutes later


@by_the_clock(minute="*/10")
def send_reminders() -> None:
    """Send what is to go out now. Running it twice, or two of it at once, sends nothing twice."""
    if not is_awake(now()):
        return
    counts = dict.fromkeys(Result, 0)
    for visit_id in (*failed(now(), MOST), *waiting(now(), MOST)):
        if (came := remind(visit_id)) is not None:
            counts[came] += 1
    if any(counts.values()):
        log.info("reminders", **{kind.value: count for kind, count in counts.items()})


def remind(visit_id: int) -> Result | None:
    """One reminder: written down, made, and its result written down; None when there was nothing to send.

    The database takes one message for a visit and one attempt of each number: whoever comes second steps back here,
    before anything is sent.
    """
    attempt = begin(visit_id, gateway_for, now())
    if attempt is None:
        return None
    parcel = parcel_of(attempt)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return None
    answer = gateway_for(parcel.channel).send(parcel)
    finish(attempt, answer, now())
    db.session.commit()
    return answer.kind


@by_the_clock(minute="*/10")
def note_reports() -> None:
    """Keep what the gateways tell of messages sent earlier, and have them forget it."""
    for gateway in {one.name: one for one in map(gateway_for, channels())}.values():
        for report in gateway.reports(MOST):
            note(report, now())
            db.session.commit()
            gateway.forget(report)
