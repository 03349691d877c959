"""What a referral waits for, and by when: the service's answer, then the start of the help."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.assistance.referrals.vocabulary import Awaited, Standing


@dataclass(frozen=True, slots=True)
class Clock:
    """The day by which a provider is to answer, or to start; a reminder moves it."""

    about: Awaited
    due_on: date

    def is_late_on(self, day: date) -> bool:
        return self.due_on < day


def clock(
    stands: Standing, answer_by: date, start_by: date | None, reminders: Iterable[tuple[Awaited, date]]
) -> Clock | None:
    """The clock that runs for a referral that stands so; None when it waits for nobody.

    ``start_by`` is set by the acceptance; ``reminders`` are what each was about and the day by which an answer to it
    is awaited: the latest such day counts in place of the first.
    """
    about, first = (Awaited.ANSWER, answer_by) if stands.awaits_answer else (Awaited.START, start_by)
    if first is None or stands not in {Standing.MADE, Standing.RECEIVED, Standing.ACCEPTED}:
        return None
    return Clock(about, max([first, *(next_on for what, next_on in reminders if what is about)]))
