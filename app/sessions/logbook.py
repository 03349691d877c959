"""Writing down a session, and refusing one that cannot have been so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from flask_babel import gettext as _

from app.access.models import User
from app.clock import COUNTRY
from app.sessions.models import Match, Session
from app.sessions.overlap import Span, overlap
from app.sessions.refusals import Refused
from app.sessions.vocabulary import Absence, Medium
from app.web.formats import format_date

# Minutes. A longer session is a slip of the finger, or two sessions.
LONGEST = 12 * 60


@dataclass(frozen=True, slots=True)
class Held:
    """What the helper says of a session; without a meeting there is a reason, and no time."""

    on: date
    starts_at: time
    minutes: int
    medium: Medium
    place: str | None
    absence: Absence | None  # why they did not meet; nothing when they met
    done: str | None
    goal_thread: str | None
    is_worried: bool
    concern: str | None  # words count as a worry, whatever was ticked

    @property
    def has_met(self) -> bool:
        return self.absence is None

    @property
    def span(self) -> Span:
        return Span(datetime.combine(self.on, self.starts_at, COUNTRY), self.minutes if self.has_met else 0)


def log_session(match: Match, held: Held, others: Iterable[Span], by: User, at: datetime) -> Session:
    """Log a session; ``others`` are those of the same helper around that day. Raise Refused when it cannot be."""
    refuse_day(match, held, at)
    refuse_contradiction(held)
    refuse_overlap(held.span, others)
    if held.goal_thread is not None and held.goal_thread not in match.threads:
        raise Refused(_("Choose one of the goals that you help with."), "goal_thread")
    return Session(
        match=match, on=held.on, starts_at=held.starts_at, minutes=held.span.minutes, medium=held.medium,
        place=held.place, has_met=held.has_met, absence=held.absence, done=held.done,
        goal_thread=held.goal_thread, has_concern=held.concern is not None, concern=held.concern,
        logged_by=by, logged_at=at,
    )  # fmt: skip


def refuse_day(match: Match, held: Held, at: datetime) -> None:
    if held.on > at.astimezone(COUNTRY).date():
        raise Refused(_("This day has not come yet. Log a session once it was held."), "on")
    if held.on < match.starts_on:
        began = format_date(match.starts_on)
        raise Refused(_("Your help to this person began on %(date)s. Enter that day or a later one.", date=began), "on")
    if not match.had_consent_on(held.on):
        raise Refused(_("The person's consent did not stand on this day. Check the date, or ask the officer."), "on")
    if held.span.ends > at:
        raise Refused(_("This session is not over yet. Check the time, or log it when it is over."), "starts_at")


def refuse_contradiction(held: Held) -> None:
    if held.has_met and held.minutes <= 0:
        raise Refused(_("You met, so enter how many minutes it took."), "minutes")
    if held.has_met and held.minutes > LONGEST:
        raise Refused(_("A session takes 12 hours at most. Check the minutes."), "minutes")
    if held.has_met and not held.done:
        raise Refused(_("Write in a few words what you did."), "done")
    if held.is_worried and not held.concern:
        raise Refused(_("Write in a few words what worries you."), "concern")


def refuse_overlap(span: Span, others: Iterable[Span]) -> None:
    """The sentence names no person: the other session may be with somebody else."""
    for other in others:
        if overlap(span, other):
            raise Refused(
                _(
                    "You already logged a session from %(start)s to %(end)s that day. Nobody is in two places: "
                    "check the date and the time.",
                    start=f"{other.starts.astimezone(COUNTRY):%H:%M}",
                    end=f"{other.ends.astimezone(COUNTRY):%H:%M}",
                ),
                "starts_at",
            )
