from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessments.instrument import load_instrument
from app.assessments.scoring import Contribution, Refusal, RefusalKind, Refused, score
from app.assessments.vocabulary import Level
from tests.assessments.answering import ADULT, TEXT, all_answers, answers_with, some_answers

SMALL = load_instrument((Path(__file__).parent / "small.yaml").read_text(encoding="utf-8"))
REST = {"housing": "none", "reading": "easy"}
SCORED = [item for section in ADULT.scored for item in section.items]
DOUBTFUL = [item.code for item in SCORED if item.may_be_unknown]


@pytest.mark.parametrize(
    ("past", "idle", "places", "points", "level"),
    [
        ("no", "no", "no", 0, "low"),
        ("no", "yes", "no", 2, "low"),
        ("some", "yes", "no", 3, "medium"),
        ("no", "yes", "yes", 4, "medium"),
        ("some", "yes", "yes", 5, "high"),
        ("yes", "yes", "yes", 7, "high"),
    ],
)
def test_points_fall_in_a_band(past, idle, places, points, level):
    result = score(SMALL, {"past": past, "idle": idle, "places": places})

    assert (result.points, result.maximum, result.level, result.level_if_worst) == (points, 7, level, level)


def test_every_contribution_is_told_in_the_order_of_the_file():
    result = score(SMALL, {"places": "yes", "past": "some", "idle": "no"})

    assert result.contributions == (
        Contribution("criminal_history", "past", "some", 1, 3),
        Contribution("free_time", "idle", "no", 0, 2),
        Contribution("free_time", "places", "yes", 2, 2),
    )
    assert [(domain.code, domain.points, domain.maximum, domain.level) for domain in result.by_domain] == [
        ("criminal_history", 1, 3, "medium"),
        ("free_time", 2, 4, "medium"),
    ]


def test_an_incomplete_assessment_has_points_but_no_level():
    result = score(SMALL, {"past": "yes", "idle": "yes"})

    assert (result.points, result.level, result.level_if_worst, result.missing) == (5, None, None, ("places",))
    assert (result.domain("criminal_history").level, result.domain("free_time").level) == ("high", None)
    assert result.domain("free_time").missing == ("places",)


def test_nothing_answered_is_nothing_known():
    result = score(SMALL, {})

    assert (result.points, result.level, result.contributions) == (0, None, ())
    assert (result.missing, result.unasked) == (("past", "idle", "places"), ("housing", "reading"))


def test_an_unknown_item_shows_whether_the_level_could_change():
    result = score(SMALL, {"past": "some", "places": "no"}, unknown=["idle"])

    assert (result.points, result.level, result.level_if_worst) == (1, "low", "medium")
    assert (result.level_may_change, result.unknown, result.missing) == (True, ("idle",), ())
    assert (result.domain("free_time").level, result.domain("free_time").level_if_worst) == ("low", "medium")


def test_an_unknown_item_may_leave_the_level_as_it_is():
    result = score(SMALL, {"past": "yes", "places": "yes"}, unknown=["idle"])

    assert (result.level, result.level_if_worst, result.level_may_change) == ("high", "high", False)


def test_more_unknown_items_than_allowed_give_no_level():
    result = score(SMALL, {"past": "yes"}, unknown=["idle", "places"])

    assert (result.points, result.level, result.level_if_worst) == (3, None, None)
    assert (result.missing, result.unknown) == ((), ("idle", "places"))
    assert result.domain("criminal_history").level == "high"


def test_a_domain_of_which_nothing_is_known_has_no_level():
    permissive = replace(SMALL, allow_unknown=2)

    result = score(permissive, {"past": "no"}, unknown=["idle", "places"])

    assert (result.level, result.level_if_worst) == ("low", "medium")
    assert result.domain("free_time").level is None


def test_sections_without_points_never_change_the_points():
    plain = {"past": "some", "idle": "yes", "places": "no"}

    needy = score(SMALL, {**plain, "housing": "urgent", "reading": "hard"})

    assert (needy.points, needy.level) == (score(SMALL, plain).points, score(SMALL, plain).level)
    assert [(remark.item_code, remark.need, remark.barrier) for remark in needy.remarks] == [
        ("housing", "high", False),
        ("reading", None, True),
    ]


def test_an_assessment_is_complete_when_the_sections_without_points_are_answered_too():
    plain = {"past": "some", "idle": "yes", "places": "no"}

    assert not score(SMALL, plain).complete
    assert score(SMALL, {**plain, **REST}).complete
    assert score(SMALL, {**plain, "reading": "easy"}, unknown=["housing"]).complete


def test_answers_that_do_not_fit_are_refused_with_every_reason():
    with pytest.raises(Refused) as refused:
        score(SMALL, {"past": "often", "idle": "no", "zeal": "yes", "b": ""}, unknown=["reading", "idle", "age"])

    assert refused.value.refusals == (
        Refusal(RefusalKind.NO_SUCH_OPTION, "past", "often"),
        Refusal(RefusalKind.BOTH, "idle", "no"),
        Refusal(RefusalKind.MUST_BE_KNOWN, "reading"),
        Refusal(RefusalKind.NO_SUCH_ITEM, "age"),
        Refusal(RefusalKind.NO_SUCH_ITEM, "b"),
        Refusal(RefusalKind.NO_SUCH_ITEM, "zeal"),
    )
    assert str(refused.value).startswith("past: no_such_option; idle: both")


def test_the_adult_instrument_runs_from_nought_to_its_maximum():
    least, most = score(ADULT, answers_with(ADULT, min)), score(ADULT, answers_with(ADULT, max))

    assert (least.points, least.level, most.points, most.level) == (0, "low", 61, "high")
    assert least.complete
    assert most.complete


@given(all_answers(ADULT))
def test_the_total_is_the_sum_of_its_contributions_and_of_its_domains(answers):
    result = score(ADULT, answers)

    assert result.complete
    assert result.points == sum(part.points for part in result.contributions)
    assert result.points == sum(domain.points for domain in result.by_domain)
    assert result.maximum == sum(part.maximum for part in result.contributions)
    assert [part.item_code for part in result.contributions] == [item.code for item in SCORED]


@given(all_answers(ADULT))
def test_an_old_assessment_scores_again_to_the_same_values_in_any_order_of_answers(answers):
    assert score(load_instrument(TEXT), dict(sorted(answers.items()))) == score(ADULT, answers)


@given(all_answers(ADULT), st.sampled_from(SCORED), st.data())
def test_more_points_never_lower_a_level(answers, item, data):
    now = item.option(answers[item.code])
    higher = data.draw(st.sampled_from([option for option in item.options if option.points >= now.points]))

    before, after = score(ADULT, answers), score(ADULT, {**answers, item.code: higher.code})

    assert after.points - before.points == higher.points - now.points
    assert after.level.rank >= before.level.rank
    assert all(new.level.rank >= old.level.rank for new, old in zip(after.by_domain, before.by_domain, strict=True))


@given(some_answers(ADULT))
def test_a_level_is_given_exactly_when_nothing_scored_is_missing(answers):
    result = score(ADULT, answers)

    assert set(result.missing) == {item.code for item in SCORED} - answers.keys()
    assert (result.level is None) == bool(result.missing)
    assert set(result.missing) | set(result.unasked) == {item.code for _, item in ADULT.items()} - answers.keys()


@given(all_answers(ADULT), st.sets(st.sampled_from(DOUBTFUL), max_size=6))
def test_the_truth_about_unknown_items_lies_between_the_level_and_the_worst(answers, unknown):
    known = {code: option for code, option in answers.items() if code not in unknown}

    truth, result = score(ADULT, answers), score(ADULT, known, unknown)

    assert (result.level is None) == (len(unknown) > ADULT.allow_unknown)
    if result.level:
        assert result.level.rank <= truth.level.rank <= result.level_if_worst.rank


@given(st.integers(0, 61))
def test_the_adult_levels_rise_with_the_points(points):
    expected = Level.LOW if points <= 20 else Level.MEDIUM if points <= 40 else Level.HIGH

    assert ADULT.level_at(points) is expected


def test_points_outside_every_band_are_an_error():
    with pytest.raises(ValueError, match="62 points"):
        ADULT.level_at(62)
