"""What becomes of missing answers, of an instrument that may not apply, and of what cannot be checked."""

from pathlib import Path

import pytest

from app.assessments.calculation.evaluation import AnswersRefused
from app.assessments.instrument import load_instrument
from app.assessments.outcome import outcome

pytestmark = pytest.mark.one_engine

TEXT = "{kk: к, ru: р, en: e}"
LEVELS = f"levels: [{{code: low, name: {TEXT}}}, {{code: high, name: {TEXT}}}]"
CUTOFFS = "cutoffs: [{version: 1, bands: [{level: low, from: 0, to: 9}, {level: high, from: 10}]}]"


def calculation(body: str):
    return load_instrument(f"""\
use: calculation
code: little
version: 1
valid_from: 2026-01-01
validated: false
title: {TEXT}
purpose: {TEXT}
notice: {TEXT}
sources: [Somebody]
inputs:
  - {{code: first, type: whole, least: -9, most: 99, best: 0, worst: 20, name: {TEXT}}}
  - {{code: second, type: whole, name: {TEXT}}}
  - {{code: third, type: whole, optional: true, name: {TEXT}}}
{body}
""")


def told(body: str, **answers):
    return outcome(calculation(body), answers).to_json()


def reasons(body: str, **answers):
    with pytest.raises(AnswersRefused) as caught:
        told(body, **answers)
    return list(caught.value.reasons)


ALLOW = "missing: {policy: allow, at_most: 1}\n"
PROJECT = "missing: {policy: project}\n"
SUM = "scores: [{name: risk, value: {sum: [first, second]}}]"
KNOWN_SUM = "scores: [{name: risk, value: {sum_known: [first, second, third]}}]"


def test_under_forbid_only_what_is_optional_may_be_missing():
    assert reasons(KNOWN_SUM) == ["first has no answer", "second has no answer"]
    assert told(KNOWN_SUM, first=1, second=2)["scores"]["risk"]["value"] == 3
    assert told(KNOWN_SUM, first=1, second=2)["missing"] == ["third"]


def test_under_allow_a_sum_needs_all_and_a_sum_of_the_known_does_not():
    assert told(ALLOW + SUM, first=1)["scores"]["risk"]["value"] is None
    assert told(ALLOW + KNOWN_SUM, first=1)["scores"]["risk"]["value"] == 1
    assert told(ALLOW + KNOWN_SUM, third=1)["scores"]["risk"]["value"] is None  # two are missing that should be there


def test_under_project_a_score_without_levels_tells_its_value_at_worst():
    assert told(PROJECT + SUM, second=1)["scores"]["risk"] == {
        "value": 1,
        "level": None,
        "provisional": True,
        "level_if_worst": None,
        "value_if_worst": 21,
    }


def test_under_project_a_score_with_levels_is_provisional_only_where_the_level_could_change():
    scores = f"scores: [{{name: risk, value: {{most: [first, second]}}, {LEVELS}, {CUTOFFS}}}]"

    assert told(PROJECT + scores, second=15)["scores"]["risk"] == {"value": 15, "level": "high"}
    assert told(PROJECT + scores, second=5)["scores"]["risk"] == {
        "value": 5,
        "level": "low",
        "provisional": True,
        "level_if_worst": "high",
    }


def test_an_instrument_that_does_not_apply_is_no_refusal():
    found = told(f"applies_when: {{more_than: [first, 5]}}\n{SUM}", first=5)

    assert (found["applicable"], found["scores"], found["steps"]) == (
        False,
        {"risk": {"value": None, "level": None}},
        [],
    )
    assert found["missing"] == ["second", "third"]


@pytest.mark.parametrize(
    ("policy", "told_reasons"),
    [
        ("", ["first has no answer", "second has no answer"]),
        (ALLOW, ["it cannot be told whether the instrument applies: an answer is missing"]),
        (PROJECT, ["it cannot be told whether the instrument applies: an answer is missing", "second has no answer"]),
    ],
)
def test_while_it_is_not_known_whether_it_applies_there_is_no_score(policy, told_reasons):
    assert reasons(f"{policy}applies_when: {{more_than: [first, 5]}}\n{SUM}") == told_reasons


def test_an_instrument_of_which_it_cannot_be_computed_whether_it_applies_refuses():
    assert reasons(f"applies_when: {{more_than: [{{ln: first}}, 5]}}\n{SUM}", first=0, second=1) == [
        "it cannot be told whether the instrument applies: there is no logarithm of 0"
    ]


def test_a_check_that_cannot_be_computed_refuses_and_one_that_is_not_known_does_not():
    checks = f"checks: [{{refuse_when: {{more_than: [{{ln: first}}, 5]}}, reason: {TEXT}}}]\n"

    assert reasons(checks + SUM, first=0, second=1) == ["the answers cannot be checked: there is no logarithm of 0"]
    assert told(ALLOW + checks + KNOWN_SUM, second=1)["scores"]["risk"]["value"] == 1


def test_what_chooses_the_cut_offs_may_not_be_missing_even_where_it_is_optional():
    day = f"  - {{code: day, type: date, optional: true, name: {TEXT}}}\n"
    scores = f"scores: [{{name: risk, value: first, dated_by: day, {LEVELS}, {CUTOFFS}}}]"

    assert reasons(day + scores, first=1, second=2) == ["day has no answer"]


def test_a_value_below_or_above_all_bands_refuses():
    ended = CUTOFFS.replace("{level: high, from: 10}", "{level: high, from: 10, to: 20}")
    scores = f"scores: [{{name: risk, value: first, {LEVELS}, {ended}}}]"

    assert reasons(scores, first=-1, second=0) == ["risk cannot be computed: -1 is outside the cut-offs"]
    assert reasons(scores, first=21, second=0) == ["risk cannot be computed: 21 is outside the cut-offs"]


def test_between_two_bands_the_lower_one_goes_on():
    scores = f"scores: [{{name: risk, value: {{product: [first, 0.5]}}, {LEVELS}, {CUTOFFS}}}]"

    assert told(scores, first=19, second=0)["scores"]["risk"] == {"value": 9.5, "level": "low"}


def test_steps_may_be_written_in_any_order_and_are_told_in_that_of_the_file():
    steps = "steps: [{name: last, value: {sum: [before, 1]}}, {name: before, value: {sum: [first, 1]}}]\n"

    assert told(steps + SUM, first=1, second=1)["steps"] == [
        {"name": "last", "value": 3},
        {"name": "before", "value": 2},
    ]


def test_reasons_are_told_in_the_language_that_is_asked_for():
    checks = (
        "checks: [{refuse_when: {more_than: [first, 5]}, reason: {kk: тым көп, ru: слишком много, en: too many}}]\n"
    )
    for language, reason in (("kk", "тым көп"), ("ru", "слишком много"), ("en", "too many")):
        with pytest.raises(AnswersRefused) as caught:
            outcome(calculation(checks + SUM), {"first": 6, "second": 1}, language)
        assert caught.value.reasons == (reason,)


def test_an_assessment_may_have_checks_and_scores_beside_its_points():
    small = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")
    together = load_instrument(f"""{small}
checks: [{{refuse_when: {{all: [{{equal: [past, "some"]}}, {{equal: [idle, "yes"]}}]}}, reason: {TEXT}}}]
steps: [{{name: double, value: {{product: [2, {{points: total}}]}}}}]
scores: [{{name: twice, value: double}}]
""")
    answers = {item.code: item.options[0].code for _, item in together.items()}

    scores = outcome(together, answers | {"past": "some", "idle": None}).to_json()["scores"]
    assert scores["total"] == {"value": 1, "level": "low", "provisional": True, "level_if_worst": "medium"}
    assert scores["twice"] == {"value": 2, "level": None}

    with pytest.raises(AnswersRefused) as caught:
        outcome(together, answers | {"past": "some", "idle": "yes", "places": "somewhere"})
    assert caught.value.reasons == ("places has no option somewhere", "e")
