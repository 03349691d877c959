"""The small rules: months, progress, comparison, storing a result, explaining it."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessments.history.comparison import Change, compare
from app.assessments.history.explanation import blocks, matters
from app.assessments.progress import progress, stopping_place
from app.assessments.scoring import score
from app.assessments.stored import from_json, to_json
from app.assessments.vocabulary import Kind, Level
from app.web.months import months_after
from tests.assessments.answering import ADULT, all_answers, answers_with, some_answers


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 20), 6, date(2027, 5, 20)),
        (date(2026, 11, 20), 12, date(2027, 11, 20)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
        (date(2026, 6, 15), -216, date(2008, 6, 15)),
    ],
)
def test_months_lead_to_the_same_day_or_to_the_last_of_a_shorter_month(day, months, expected):
    assert months_after(day, months) == expected


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(0, 240))
def test_months_never_lead_into_a_month_too_far(day, months):
    later = months_after(day, months)

    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).month != later.month


def test_progress_tells_what_is_missing_section_by_section():
    first = progress(ADULT, {"earlier_convictions", "first_age", "anger"}, {"anger"})

    assert [(part.section.code, part.answered, part.total, part.is_done) for part in first[:3]] == [
        ("criminal_history", 2, 5, False),
        ("self_control", 1, 4, False),
        ("attitudes", 0, 4, False),
    ]
    assert [item.code for item in first[0].missing] == ["kinds_of_offence", "earlier_custody", "earlier_breaches"]
    assert [item.code for item in first[1].unsourced] == ["anger"]


@pytest.mark.parametrize(("answered", "unsourced", "section", "item"), [
    (set(), set(), "criminal_history", "earlier_convictions"),
    ({"anger"}, set(), "self_control", "acting_on_impulse"),
    ({"anger", "acting_on_impulse", "problem_solving", "keeping_on"}, set(), "attitudes", "responsibility"),
    ({"anger", "acting_on_impulse", "problem_solving", "keeping_on"}, {"anger"}, "self_control", "anger"),
    ({item.code for item in ADULT.section("responsivity").items}, set(), "criminal_history", "earlier_convictions"),
])  # fmt: skip
def test_one_goes_on_in_the_last_section_that_was_begun_or_after_it(answered, unsourced, section, item):
    stop = stopping_place(progress(ADULT, answered, unsourced))

    assert (stop.section.code, stop.item.code) == (section, item)


def test_there_is_nowhere_to_go_on_when_all_is_done():
    assert stopping_place(progress(ADULT, {item.code for _, item in ADULT.items()}, set())) is None


def test_a_section_is_done_when_all_is_answered_and_every_answer_has_its_source():
    codes = {item.code for _, item in ADULT.items()}

    assert all(part.is_done for part in progress(ADULT, codes, set()))
    assert not progress(ADULT, codes, {"anger"})[1].is_done


@given(some_answers(ADULT))
def test_a_result_comes_back_from_json_as_it_was(answers):
    unknown = {item.code for _, item in ADULT.items() if item.may_be_unknown and item.code not in answers}
    result = score(ADULT, answers, unknown)

    assert from_json(json.loads(json.dumps(to_json(result)))) == result


@given(all_answers(ADULT))
def test_an_explanation_leaves_no_point_out(answers):
    result = score(ADULT, answers)
    shown = blocks(ADULT, result)

    assert sum(line.points for block in shown for line in block.lines) == result.points
    assert sum(line.maximum for block in shown for line in block.lines) == result.maximum
    assert [block.score.points for block in shown] == sorted((block.score.points for block in shown), reverse=True)
    for block in shown:
        points = [line.points for line in block.lines]
        assert points == sorted(points, reverse=True)


def test_an_answer_that_is_not_known_is_shown_without_words():
    result = score(ADULT, {"anger": "force"}, {"problem_solving"})
    lines = {line.item_code: line for block in blocks(ADULT, result) for line in block.lines}

    assert (lines["anger"].answer["en"], lines["anger"].points) == (
        "Used force or broke things in anger within the last year", 2,
    )  # fmt: skip
    assert (lines["problem_solving"].answer, lines["problem_solving"].points) == (None, 0)


def test_support_and_responsivity_are_told_apart_from_risk():
    result = score(ADULT, {"housing": "urgent", "motivation": "hesitant"}, {"documents"})

    support = matters(ADULT, result, Kind.SUPPORT)
    assert {code: (matter.name["en"], matter.level) for code, matter in support.items()} == {
        "documents": ("Documents", None),
        "housing": ("Housing", Level.HIGH),
    }
    assert list(matters(ADULT, result, Kind.RESPONSIVITY)) == ["motivation"]


def test_a_comparison_starts_with_the_whole_and_leaves_out_what_cannot_change():
    best, worst = score(ADULT, answers_with(ADULT, min)), score(ADULT, answers_with(ADULT, max))
    rows = compare((ADULT, best), (ADULT, worst))

    assert [row.code for row in rows][:3] == [None, "self_control", "attitudes"]
    assert "criminal_history" not in {row.code for row in rows}
    assert {row.change for row in rows} == {Change.HIGHER}
    assert {row.change for row in compare((ADULT, worst), (ADULT, best))} == {Change.LOWER}
    assert {row.change for row in compare((ADULT, worst), (ADULT, worst))} == {Change.SAME}


def test_without_a_level_nothing_is_compared():
    full, partly = score(ADULT, answers_with(ADULT, min)), score(ADULT, {})

    assert {row.change for row in compare((ADULT, partly), (ADULT, full))} == {Change.UNCLEAR}
