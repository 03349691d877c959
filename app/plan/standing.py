"""How far a measure has come, as told by its rows; and how late a body's report is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.indicators.periods import HalfYear
from app.plan.plan import Measure, Plan
from app.plan.vocabulary import EntryKind, Progress


@dataclass(frozen=True, slots=True)
class Told:
    """What a body's last word on a half-year says of a measure. ``accepted``: the ministry took it so."""

    body: str
    period: str  # codes sort as time does
    state: Progress
    done_on: date | None
    accepted: bool


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the ministry recorded of the measure itself, in the order in which it did."""

    kind: EntryKind
    on: date


@dataclass(frozen=True, slots=True)
class MeasureStanding:
    """Where a measure stands on a day. ``days_late`` is 0 while it is done or its term runs."""

    progress: Progress
    done_on: date | None = None
    days_late: int = 0

    @property
    def is_late(self) -> bool:
        return self.days_late > 0


def standing_of(measure: Measure, told: Iterable[Told], recorded: Iterable[Recorded], on: date) -> MeasureStanding:
    """Done: when the ministry recorded its completion last, or, without a record of the ministry's, when the convening
    body's last accepted report says so. Under way: when any report that was not returned, or any evidence, says that
    something is done. Else not begun. Late: not done after the last day of its term.
    """
    lines, entries = list(told), list(recorded)
    if (done_on := completed_on(measure, lines, entries)) and done_on <= on:
        return MeasureStanding(Progress.DONE, done_on)
    begun = any(one.state != Progress.NOT_BEGUN for one in lines) or bool(entries)
    days_late = max((on - measure.due_on).days, 0)
    return MeasureStanding(Progress.UNDER_WAY if begun else Progress.NOT_BEGUN, None, days_late)


def completed_on(measure: Measure, told: Iterable[Told], recorded: Iterable[Recorded]) -> date | None:
    turns = [one for one in recorded if one.kind != EntryKind.EVIDENCE]
    if turns:
        return turns[-1].on if turns[-1].kind == EntryKind.COMPLETED else None
    said = [one for one in told if one.body == measure.lead and one.accepted]
    last = max(said, key=lambda one: one.period, default=None)
    return last.done_on if last and last.state == Progress.DONE else None


def days_late(plan: Plan, period: HalfYear, submitted_on: date | None, on: date) -> int:
    """How many days after the last one the report came in, or has not come in yet; 0 for in time."""
    return max(((submitted_on or on) - plan.due_on(period)).days, 0)
