"""What changed since a programme was approved or last reviewed: pure, from rows to lines that stand side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.assessments.history.comparison import Change
from app.assessments.vocabulary import Level
from app.programs.proposals.proposing import Needed
from app.programs.vocabulary import StepState


@dataclass(frozen=True, slots=True)
class NeedThenNow:
    """The level of one need in two assessments; None where the assessment gave it no level or did not name it."""

    code: str
    then: str | None
    now: str | None

    @property
    def change(self) -> Change:
        return change_of(self.then, self.now)


def change_of(then: str | None, now: str | None) -> Change:
    """Lower, the same or higher; unclear where one of the two has no level."""
    if then is None or now is None:
        return Change.UNCLEAR
    step = Level(now).rank - Level(then).rank
    return Change.SAME if step == 0 else Change.HIGHER if step > 0 else Change.LOWER


def needs_then_and_now(then: Sequence[Needed], now: Sequence[Needed]) -> tuple[NeedThenNow, ...]:
    """Every need of either assessment: in the order of the newer one, then what only the earlier one named."""
    before, after = ({need.code: need.level for need in needs} for needs in (then, now))
    codes = [*after, *(code for code in before if code not in after)]
    return tuple(NeedThenNow(code, before.get(code), after.get(code)) for code in codes)


class Said(Protocol):
    """A word on how a step stands."""

    @property
    def state(self) -> StepState: ...
    @property
    def on(self) -> date: ...
    @property
    def note(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Moved:
    """A step on which something was said since a day: how it stood then, how it stands now, and the words."""

    thread: str
    then: StepState
    now: StepState
    on: date
    note: str | None


def moved_since(said: Mapping[str, Sequence[Said]], since: date) -> dict[str, Moved]:
    """By thread, the steps on which something was said on that day or after it; what was said is in its order."""
    found = {}
    for thread, rows in said.items():
        before = [row for row in rows if row.on < since]
        after = [row for row in rows if row.on >= since]
        if after:
            then = before[-1].state if before else StepState.NOT_STARTED
            found[thread] = Moved(thread, then, after[-1].state, after[-1].on, after[-1].note)
    return found
