"""What stands side by side at a review: levels, needs and steps, from rows alone."""

from dataclasses import dataclass
from datetime import date

import pytest

from app.assessments.history.comparison import Change
from app.programs.progress.looking_back import change_of, moved_since, needs_then_and_now
from app.programs.vocabulary import StepState

pytestmark = pytest.mark.one_engine
SINCE = date(2026, 6, 1)


@dataclass(frozen=True)
class Need:
    code: str
    level: str | None


@dataclass(frozen=True)
class Word:
    state: StepState
    on: date
    note: str | None = None


@pytest.mark.parametrize(
    ("then", "now", "change"),
    [
        ("high", "medium", Change.LOWER),
        ("low", "high", Change.HIGHER),
        ("medium", "medium", Change.SAME),
        (None, "high", Change.UNCLEAR),
        ("high", None, Change.UNCLEAR),
    ],
)
def test_a_level_is_lower_the_same_or_higher(then, now, change):
    assert change_of(then, now) is change


def test_every_need_of_either_assessment_has_a_line_the_newer_order_first():
    then = [Need("family", "high"), Need("attitudes", "low")]
    now = [Need("attitudes", "medium"), Need("free_time", "high")]

    lines = [(line.code, line.then, line.now) for line in needs_then_and_now(then, now)]

    assert lines == [("attitudes", "low", "medium"), ("free_time", None, "high"), ("family", "high", None)]


def test_a_step_moved_when_something_was_said_on_that_day_or_after():
    said = {
        "a": [Word(StepState.UNDER_WAY, date(2026, 5, 1)), Word(StepState.DONE, SINCE, "Works.")],
        "b": [Word(StepState.DONE, date(2026, 5, 31))],
        "c": [Word(StepState.CANNOT_YET, date(2026, 7, 1))],
    }

    moved = moved_since(said, SINCE)

    assert {thread: (one.then, one.now, one.note) for thread, one in moved.items()} == {
        "a": (StepState.UNDER_WAY, StepState.DONE, "Works."),
        "c": (StepState.NOT_STARTED, StepState.CANNOT_YET, None),
    }
