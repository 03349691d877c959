"""How far a measure has come: hand-worked cases of what bodies told and the ministry recorded."""

from datetime import date

import pytest

from app.clients.iin import names_a_person
from app.indicators.periods import parse
from app.plan.library import plans
from app.plan.standing import MeasureStanding, Recorded, Told, days_late, standing_of
from app.plan.vocabulary import EntryKind, Progress

pytestmark = pytest.mark.one_engine
PLAN = plans()["sample-2026"]
MEASURE = PLAN.measure(4)  # led by MZ, with MVD; due on 30 September 2026
IN_TERM, AFTER = date(2026, 9, 30), date(2026, 10, 3)
NOT_BEGUN, UNDER_WAY, DONE = Progress.NOT_BEGUN, Progress.UNDER_WAY, Progress.DONE
ON = date(2026, 6, 19)


def told(state=UNDER_WAY, body="MZ", period="2026H1", accepted=True) -> Told:
    return Told(body, period, state, ON if state == DONE else None, accepted)


def recorded(*kinds: EntryKind) -> list[Recorded]:
    return [Recorded(kind, date(2026, 7, day)) for day, kind in enumerate(kinds, start=1)]


CASES = {
    "nothing told": ([], [], IN_TERM, MeasureStanding(NOT_BEGUN)),
    "nothing told and the term over": ([], [], AFTER, MeasureStanding(NOT_BEGUN, None, 3)),
    "told as not begun": ([told(NOT_BEGUN)], [], IN_TERM, MeasureStanding(NOT_BEGUN)),
    "under way, and late": ([told()], [], AFTER, MeasureStanding(UNDER_WAY, None, 3)),
    "begun by another body": ([told(NOT_BEGUN), told(body="MVD")], [], IN_TERM, MeasureStanding(UNDER_WAY)),
    "done, told by the one that convenes": ([told(DONE)], [], AFTER, MeasureStanding(DONE, ON)),
    "done, and the day was later": ([told(DONE)], [], date(2026, 6, 18), MeasureStanding(UNDER_WAY)),
    "done, told by another one": ([told(DONE, body="MVD")], [], IN_TERM, MeasureStanding(UNDER_WAY)),
    "done, and not accepted yet": ([told(DONE, accepted=False)], [], IN_TERM, MeasureStanding(UNDER_WAY)),
    "done, and later under way again": (
        [told(DONE), told(UNDER_WAY, period="2026H2")], [], IN_TERM, MeasureStanding(UNDER_WAY)),
    "evidence alone": ([], recorded(EntryKind.EVIDENCE), IN_TERM, MeasureStanding(UNDER_WAY)),
    "completed by the ministry": (
        [], recorded(EntryKind.COMPLETED, EntryKind.EVIDENCE), AFTER, MeasureStanding(DONE, date(2026, 7, 1))),
    "opened again by the ministry": (
        [told(DONE)], recorded(EntryKind.COMPLETED, EntryKind.REOPENED), AFTER, MeasureStanding(UNDER_WAY, None, 3)),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_measure_stands_where_its_rows_put_it(case):
    lines, entries, on, expected = CASES[case]

    assert standing_of(MEASURE, lines, entries, on) == expected


@pytest.mark.parametrize(
    ("submitted_on", "on", "expected"),
    [
        (None, date(2026, 7, 10), 0),
        (None, date(2026, 7, 11), 1),
        (date(2026, 7, 10), date(2026, 11, 20), 0),
        (date(2026, 7, 15), date(2026, 11, 20), 5),
    ],
)
def test_a_report_is_late_from_the_eleventh_on(submitted_on, on, expected):
    assert days_late(PLAN, parse("2026H1"), submitted_on, on) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ИИН 900501300012", True),
        ("900501 300012", True),
        ("Приказ № 118 от 2 марта 2026 года", False),
        ("БИН 123456789012", False),
        ("№ 9005013000120", False),
        (None, False),
    ],
)
def test_an_identification_number_is_seen_in_a_text(text, expected):
    assert names_a_person(text) is expected
