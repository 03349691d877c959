"""``flask signals run``: JSON on standard output; a wrong day is refused with a sentence."""

import json

import pytest

from app.clients.vocabulary import EventKind
from app.clock import today
from tests.factories.signals import fresh_case, make_event


def test_the_command_evaluates_everybody_and_says_what_it_came_to(app, officer, stopped_clock):
    make_event(fresh_case(officer), EventKind.LOST_WORK, today())
    runner = app.test_cli_runner()

    first, second = (runner.invoke(args=["signals", "run", "--on", "2026-11-20"]) for _turn in range(2))

    assert (first.exit_code, first.stderr) == (0, "")
    assert json.loads(first.stdout) == {"on": "2026-11-20", "evaluated": 1, "raised": 1, "grown": 0, "closed": 0}
    assert json.loads(second.stdout) == {"on": "2026-11-20", "evaluated": 1, "raised": 0, "grown": 0, "closed": 0}
    assert json.loads(runner.invoke(args=["signals", "run"]).stdout)["on"] == "2026-11-20"


@pytest.mark.parametrize(("day", "sentence"), [
    ("2026-11-21", "2026-11-21 has not come yet. Name today or an earlier day."),
    ("2026-02-30", "2026-02-30 is no date. Write the year, the month and the day, such as 2026-11-20."),
    ("20.11.2026", "20.11.2026 is no date. Write the year, the month and the day, such as 2026-11-20."),
])  # fmt: skip
def test_a_wrong_day_is_refused(app, stopped_clock, day, sentence):
    answer = app.test_cli_runner().invoke(args=["signals", "run", "--on", day])

    assert (answer.exit_code, answer.stdout, answer.stderr.strip()) == (2, "", sentence)
