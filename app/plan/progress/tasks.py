"""Through the day: remind those who speak for a body of the reports that are not in."""

from sqlalchemy.exc import IntegrityError

from app.clock import now
from app.db import db
from app.plan.progress.reminding import Due, begin, finish, parcel_of, waiting
from app.supervision.messages.gateways.choosing import channels, gateway_for
from app.supervision.messages.timing import is_awake
from app.supervision.messages.vocabulary import Channel
from app.tasks.queue import by_the_clock, log


@by_the_clock(minute="25,55")
def remind_of_reports() -> None:
    """Send what is to go out now. Running it twice, or two of it at once, sends nothing twice."""
    if not is_awake(now()) or Channel.EMAIL not in channels():
        return
    sent = sum(remind(due) for due in waiting(now()))
    if sent:
        log.info("reminders of reports", sent=sent)


def remind(due: Due) -> bool:
    """One letter: written down, handed over, and what came of it; False when another process was before."""
    reminder = begin(due, gateway_for, now())
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return False
    finish(reminder, gateway_for(Channel.EMAIL).send(parcel_of(due, reminder)), now())
    db.session.commit()
    return True
