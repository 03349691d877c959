"""The arithmetic of acute reviews: sums, moves, the person's mean, and for how long a review speaks."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessments.acute.chart import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Look, picture
from app.assessments.acute.sums import (
    Standing,
    Sum,
    Turn,
    Unfit,
    due_on,
    moved,
    points_of,
    standing,
    usual,
    weigh,
)
from tests.factories.acute import acute_form

FORM = acute_form()
ITEMS = [item for _section, item in FORM.items()]
QUIET = {item.code: next(one.code for one in item.options if one.points == 0) for item in ITEMS}
WHOLE = st.fixed_dictionaries({item.code: st.sampled_from([one.code for one in item.options]) for item in ITEMS})


def option(item_code, points):
    return next(one.code for one in FORM.item(item_code).options if one.points == points)


def points(answers):
    return {code: points_of(FORM.item(code), chosen) for code, chosen in answers.items()}


def test_the_form_asks_seven_questions_of_concern_and_four_of_protection_each_up_to_two_points():
    sums = weigh(FORM, QUIET)

    assert (sums.acute, sums.protective, sums.total) == (Sum(0, 14), Sum(0, 8), 0)
    assert {tuple(sorted(one.points for one in item.options)) for item in ITEMS} == {(0, 1, 2)}


def test_points_are_summed_apart_and_the_total_is_their_difference():
    answers = QUIET | {
        "anger": option("anger", 2), "work": option("work", 1),
        "support": option("support", 2), "plans": option("plans", 2), "routine": option("routine", 1),
    }  # fmt: skip

    sums = weigh(FORM, answers)

    assert (sums.acute.points, sums.protective.points, sums.total) == (3, 5, -2)


def test_what_is_not_known_has_no_points_and_makes_its_sum_at_least_so_much():
    sums = weigh(FORM, QUIET | {"anger": None, "mood": option("mood", 2)})

    assert (sums.acute, sums.acute.is_whole) == (Sum(2, 14, unknown=1), False)
    assert sums.protective.is_whole


def test_missing_wrong_and_strange_answers_are_refused_together():
    answers = {code: chosen for code, chosen in QUIET.items() if code not in ("mood", "support")}

    with pytest.raises(Unfit) as refusal:
        weigh(FORM, answers | {"anger": "shouts", "weather": "no"})

    assert refusal.value.missing == ("mood", "support")
    assert refusal.value.wrong == ("anger",)
    assert refusal.value.strange == ("weather",)


def test_more_concern_is_worse_and_more_protection_is_better():
    before = QUIET | {"housing": option("housing", 2), "support": option("support", 2), "mood": None}
    now = QUIET | {"anger": option("anger", 1), "plans": option("plans", 1), "support": option("support", 1)}

    turns = [(move.item_code, move.turn) for move in moved(FORM, points(before), points(now))]

    assert turns == [
        ("anger", Turn.WORSE), ("mood", Turn.UNCLEAR), ("housing", Turn.BETTER),
        ("plans", Turn.BETTER), ("support", Turn.WORSE),
    ]  # fmt: skip


def test_a_question_that_only_one_of_two_forms_asked_has_not_moved():
    assert moved(FORM, {"anger": 2, "gone": 1}, {"anger": 2, "mood": 1}) == ()


def test_the_usual_is_the_mean_of_the_last_three_whole_sums():
    sums = [Sum(9, 14), Sum(2, 14), Sum(3, 14), Sum(12, 14, unknown=2), Sum(5, 14)]

    assert usual(sums) == Fraction(10, 3)
    assert usual(sums[:1]) == 9
    assert usual([Sum(4, 14, unknown=1)]) is None
    assert usual([]) is None


@pytest.mark.parametrize(
    ("last", "day", "expected"),
    [
        (None, date(2026, 11, 20), Standing.UNKNOWN),
        (date(2026, 10, 21), date(2026, 11, 20), Standing.CURRENT),  # 30 days
        (date(2026, 10, 20), date(2026, 11, 20), Standing.UNKNOWN),  # 31 days
        (date(2026, 11, 20), date(2026, 11, 20), Standing.CURRENT),
    ],
)
def test_a_review_speaks_for_thirty_days_and_then_nothing_is_known(last, day, expected):
    assert FORM.valid_days == 30
    assert standing(last, FORM.valid_days, day) is expected
    if last:
        assert (day <= due_on(last, FORM.valid_days)) is (expected is Standing.CURRENT)


@given(WHOLE, st.data())
def test_a_worse_answer_never_lowers_the_total_and_moves_exactly_that_question(answers, data):
    item = data.draw(st.sampled_from(ITEMS))
    other = data.draw(st.sampled_from(item.options)).code
    before, now = weigh(FORM, answers), weigh(FORM, answers | {item.code: other})

    moves = moved(FORM, points(answers), points(answers | {item.code: other}))

    assert [move.item_code for move in moves] == ([] if before == now else [item.code])
    if moves:
        assert (now.total > before.total) is (moves[0].turn is Turn.WORSE)


def test_the_picture_keeps_days_in_proportion_and_sums_on_their_scale():
    looks = [Look(date(2026, 9, 1), 0, 8), Look(date(2026, 9, 11), 14, 0), Look(date(2026, 10, 1), 7, 4)]

    drawn = picture(looks, 14)

    assert [spot.x for spot in drawn.acute] == [LEFT, round(LEFT + (WIDTH - LEFT - RIGHT) / 3, 1), WIDTH - RIGHT]
    assert [spot.y for spot in drawn.acute] == [HEIGHT - BOTTOM, TOP, (HEIGHT - BOTTOM + TOP) / 2]
    assert picture(looks[:1], 14) is None
    assert picture([], 0) is None
