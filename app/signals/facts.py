"""What the rules may know of a case on a day: plain values, gathered elsewhere and asked for nothing more."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.clients.vocabulary import EventKind, Stage


class Review(NamedTuple):
    """The latest acute review beside those before it. A sum with unknown answers is "at least" so much."""

    id: int
    on: date
    acute: int
    protective: int
    protective_unknown: int
    earlier: int  # how many reviews lie before it, counted no further than the rule looks back
    earlier_acute: int | None  # the acute sums of those together
    earlier_unknown: int | None  # and their unknown acute answers
    protective_before: int | None  # of the review just before


class Item(NamedTuple):
    """An acute item of the latest review; ``before`` is None when it was not known, or never asked."""

    review_id: int
    on: date
    code: str
    points: int
    before: int | None


class Event(NamedTuple):
    """Something noted in the case and not withdrawn."""

    id: int
    kind: EventKind
    on: date


class Absence(NamedTuple):
    """A session to which the person did not come."""

    session_id: int
    on: date


class Missed(NamedTuple):
    """A visit to the office to which the person did not come, as far as is known without a valid reason."""

    visit_id: int
    on: date


class Completed(NamedTuple):
    """The latest completed assessment, and by when the norms want the next one."""

    assessment_id: int
    due_on: date


class Step(NamedTuple):
    """A step of the programme in force that is neither done nor dropped."""

    program_id: int
    thread: str
    due_on: date


class Help(NamedTuple):
    """A match that goes on: since when, and when the two met last."""

    match_id: int
    starts_on: date
    last_on: date | None


@dataclass(slots=True)
class Facts:
    """One open case. What is not there was not found: an empty value never means that all is well."""

    case_id: int
    registered_on: date
    term_to: date | None = None
    stage: Stage | None = None
    stage_from: date | None = None
    is_to_be_reviewed: bool = False  # at visits, by the acute form
    review: Review | None = None
    items: tuple[Item, ...] = ()
    events: tuple[Event, ...] = ()
    absences: tuple[Absence, ...] = ()
    visits: tuple[Missed, ...] = ()
    first_due_on: date | None = None  # by when the first assessment was due, where there is none
    completed: Completed | None = None
    has_program: bool = True  # a version was approved
    first_assessed_on: date | None = None
    steps: tuple[Step, ...] = ()
    helps: tuple[Help, ...] = ()
