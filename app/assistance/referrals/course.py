"""The course of a referral: which event may follow which, and on which day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.assistance.referrals.vocabulary import Event, Obstacle, Standing


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened to a referral, on the day on which it happened."""

    event: Event
    on: date


ENDS = {
    Event.DECLINED: Standing.DECLINED, Event.DONE: Standing.DONE, Event.DROPPED: Standing.DROPPED,
    Event.WITHDRAWN: Standing.WITHDRAWN,
}  # fmt: skip
# How far an event takes a referral. Life leaves out what it likes: a service may start, or help, without an answer.
REACHED = {Event.RECEIVED: Standing.RECEIVED, Event.ACCEPTED: Standing.ACCEPTED, Event.STARTED: Standing.UNDER_WAY}
# What may come next, the most likely first: the page offers it so.
NEXT: dict[Standing, tuple[Event, ...]] = {
    Standing.MADE: (
        Event.ACCEPTED, Event.DECLINED, Event.RECEIVED, Event.STARTED, Event.DONE, Event.WITHDRAWN,
    ),
    Standing.RECEIVED: (Event.ACCEPTED, Event.DECLINED, Event.STARTED, Event.DONE, Event.WITHDRAWN),
    Standing.ACCEPTED: (Event.STARTED, Event.DONE, Event.DROPPED, Event.WITHDRAWN),
    Standing.UNDER_WAY: (Event.ATTENDED, Event.DONE, Event.DROPPED),
    Standing.DONE: (),
    Standing.DECLINED: (),
    Standing.DROPPED: (),
    Standing.WITHDRAWN: (),
}  # fmt: skip


def standing(facts: Iterable[Fact]) -> Standing:
    """How a referral stands by its facts, in whichever order they come."""
    events = {fact.event for fact in facts}
    for event, end in ENDS.items():
        if event in events:
            return end
    for event, reached in reversed(REACHED.items()):
        if event in events:
            return reached
    return Standing.MADE


def next_events(facts: Sequence[Fact]) -> tuple[Event, ...]:
    """The events that may be recorded now, the most likely first.

    A day on which the person attended may be learnt after the end; nothing else may.
    """
    stands = standing(facts)
    if NEXT[stands]:
        return NEXT[stands]
    return (Event.ATTENDED,) if any(fact.event is Event.STARTED for fact in facts) else ()


def obstacle(made_on: date, facts: Sequence[Fact], new: Fact, today: date) -> Obstacle | None:
    """Why ``new`` cannot be recorded beside the facts of a referral that was made on a day; None when it can.

    ``facts`` were recorded one by one, each by this rule.
    """
    if new.on > today:
        return Obstacle.IN_THE_FUTURE
    if new.on < made_on:
        return Obstacle.BEFORE_THE_REFERRAL
    if (found := out_of_order(facts, new.event)) is not None:
        return found
    if new.event is Event.ATTENDED:
        return attendance(facts, new.on)
    return Obstacle.BEFORE_AN_EARLIER_EVENT if any(new.on < fact.on for fact in facts) else None


def out_of_order(facts: Sequence[Fact], event: Event) -> Obstacle | None:
    """What the events themselves forbid, whatever their days."""
    stands = standing(facts)
    if event in next_events(facts):
        return None
    if not stands.is_open:
        return Obstacle.ENDED
    if event in {fact.event for fact in facts}:
        return Obstacle.KNOWN_ALREADY
    if event is Event.ATTENDED:
        return Obstacle.NOT_STARTED
    if event is Event.DROPPED:
        return Obstacle.NOT_ACCEPTED
    return Obstacle.STARTED_ALREADY if stands is Standing.UNDER_WAY else Obstacle.ACCEPTED_ALREADY


def attendance(facts: Sequence[Fact], on: date) -> Obstacle | None:
    """A day of attendance lies between the start and the end, and is told once."""
    if any(fact == Fact(Event.ATTENDED, on) for fact in facts):
        return Obstacle.KNOWN_ALREADY
    if any(fact.event is not Event.ATTENDED and fact.event not in ENDS and on < fact.on for fact in facts):
        return Obstacle.BEFORE_AN_EARLIER_EVENT
    if any(fact.event in ENDS and fact.on < on for fact in facts):
        return Obstacle.AFTER_THE_END
    return None
