"""Three published predictors of reoffending: their recorded cases, every table at both ends, and what they refuse."""

import pytest

from tests.assessments.conformance.scoring_files import reasons_against, scores_of, steps_of, told

pytestmark = pytest.mark.one_engine

OVP_LEAST = {
    "sex": "female",
    "age": 60,
    "sanctions": 0,
    "violent_sanctions": 0,
    "recognises_impact": True,
    "no_fixed_abode": False,
    "unemployed": False,
    "alcohol_chronic": 0,
    "alcohol_binge": 0,
    "psychiatric_treatment": False,
    "temper": 0,
    "attitudes": 0,
}
OVP_RECORDED = OVP_LEAST | {
    "sex": "male",
    "age": 19,
    "sanctions": 31,
    "violent_sanctions": 17,
    "recognises_impact": False,
    "no_fixed_abode": True,
    "unemployed": True,
    "alcohol_chronic": 1,
    "temper": 2,
    "attitudes": 1,
}
OGP_LEAST = {
    "ogrs3_two_year": 0,
    "no_fixed_abode": False,
    "unemployed": False,
    "activities": 0,
    "drug_use": 0,
    "drug_motivation": 0,
    "thinking_1": 0,
    "thinking_2": 0,
    "thinking_3": 0,
    "attitudes": 0,
}
DC_SRP_LEAST = {
    "sex": "male",
    "adult_contact": 0,
    "child_contact": 0,
    "no_contact": 0,
    "age_at_follow_up": 60,
    "age_at_last_sanction": 15,
    "sanctions": 1,
    "stranger_victim": False,
    "offence_free_years": 0,
}


def test_the_recorded_case_of_violence_comes_out():
    assert scores_of("ovp", OVP_RECORDED) == {
        "points_in_all": (82, None),
        "one_year": (80, None),
        "two_year": (89, "very_high"),
    }


def ovp_points(**answers):
    return scores_of("ovp", OVP_LEAST | answers)["points_in_all"][0]


def test_violent_sanctions_give_points_to_the_last_row():
    points = {
        count: ovp_points(sanctions=count, violent_sanctions=count) - 5 for count in (1, 2, 3, 4, 5, 6, 17, 18, 500)
    }

    assert points == {1: 4, 2: 7, 3: 9, 4: 11, 5: 12, 6: 13, 17: 24, 18: 25, 500: 25}


def test_other_sanctions_give_points_at_both_ends_of_every_row():
    points = [ovp_points(sanctions=count) - 5 for count in (1, 2, 3, 4, 5, 10, 11, 20, 21, 10000)]

    assert points == [0, 0, 2, 2, 3, 3, 4, 4, 5, 5]
    assert ovp_points(sanctions=0) == 0


def test_age_gives_points_at_both_ends_of_every_row():
    ages = (18, 19, 20, 21, 22, 23, 24, 25, 26, 30, 31, 35, 36, 40, 41, 45, 46, 50, 51, 120)

    assert [ovp_points(age=age) for age in ages] == [
        20, 20, 17, 17, 14, 14, 12, 12, 10, 10, 8, 8, 6, 6, 4, 4, 2, 2, 0, 0,
    ]  # fmt: skip


def test_half_points_for_alcohol_are_rounded_up():
    cups = [(0, 0), (1, 0), (0, 1), (1, 1), (2, 1), (2, 2)]

    assert [ovp_points(alcohol_chronic=one, alcohol_binge=two) for one, two in cups] == [0, 3, 3, 5, 8, 10]


@pytest.mark.parametrize(
    ("answers", "points"),
    [
        ({"sex": "male"}, 5),
        ({"recognises_impact": False}, 4),
        ({"no_fixed_abode": True}, 4),
        ({"unemployed": True}, 4),
        ({"psychiatric_treatment": True}, 4),
        ({"temper": 2}, 6),
        ({"attitudes": 1}, 3),
    ],
)
def test_each_circumstance_gives_its_points(answers, points):
    assert ovp_points(**answers) == points


def test_the_bands_of_violence_begin_at_30_60_and_80_per_cent():
    levels = {}
    for violent in range(19):
        for age in (18, 20, 22, 24, 26, 31, 36, 41, 46, 51):
            answers = OVP_RECORDED | {"age": age, "violent_sanctions": violent, "sanctions": violent}
            value, level = scores_of("ovp", answers)["two_year"]
            levels.setdefault(level, set()).add(value)

    assert max(levels["low"]) in (27, 28, 29) and min(levels["medium"]) in (30, 31, 32)
    assert max(levels["medium"]) in (57, 58, 59) and min(levels["high"]) in (60, 61, 62)
    assert max(levels["high"]) in (77, 78, 79) and min(levels["very_high"]) in (80, 81, 82)


def test_more_violent_sanctions_than_sanctions_are_refused():
    reasons = reasons_against("ovp", OVP_LEAST | {"sanctions": 2, "violent_sanctions": 3})

    assert reasons == ["There are more sanctions for violence than sanctions."]


def test_somebody_under_eighteen_is_outside_the_table():
    assert reasons_against("ovp", OVP_LEAST | {"age": 17}) == ["age_points cannot be computed: 17 is outside the table"]


def test_the_recorded_case_with_the_score_of_another_instrument_comes_out():
    answers = OGP_LEAST | {"ogrs3_two_year": 17, "unemployed": True, "activities": 1, "drug_use": 2, "attitudes": 1}
    answers |= {"thinking_1": 1, "thinking_2": 1}

    assert scores_of("ogp", answers) == {"points_in_all": (31, None), "one_year": (15, None), "two_year": (24, "low")}
    assert [step["value"] for step in told("ogp", answers)["steps"]] == [10, 5, 3, 8, 2, 3, 31]


def test_the_score_of_the_other_instrument_is_taken_over_as_it_came_out():
    first = {"sex": "male", "date_of_birth": "1991-07-17", "conviction_date": "2021-08-05", "sanctions": 2}
    first |= {"follow_up_date": "2021-12-12", "age_at_first_sanction": 21, "offence": "other"}
    percent = told("ogrs3", first)["scores"]["two_year"]["value"]

    assert steps_of("ogp", OGP_LEAST | {"ogrs3_two_year": percent})["static_part"] == 10


def test_halves_are_rounded_up():
    assert [steps_of("ogp", OGP_LEAST | {"ogrs3_two_year": n})["static_part"] for n in (0, 1, 2, 5, 7, 100)] == [
        0, 1, 1, 3, 4, 60,
    ]  # fmt: skip
    assert [steps_of("ogp", OGP_LEAST | {"drug_use": use, "drug_motivation": wish})["drugs"]
            for use, wish in ((0, 0), (1, 0), (1, 1), (2, 1), (2, 2))] == [0, 4, 8, 11, 15]  # fmt: skip
    assert [steps_of("ogp", OGP_LEAST | {"thinking_1": a, "thinking_2": b, "thinking_3": c})["thinking"]
            for a, b, c in ((1, 0, 0), (1, 1, 0), (1, 1, 1), (2, 2, 1), (2, 2, 2))] == [1, 2, 3, 4, 5]  # fmt: skip


def test_a_percent_of_another_instrument_stays_a_percent():
    assert reasons_against("ogp", OGP_LEAST | {"ogrs3_two_year": 101}) == ["ogrs3_two_year is not between 0 and 100"]


@pytest.mark.parametrize(
    ("answers", "points", "percent", "level"),
    [
        ({"adult_contact": 1, "age_at_follow_up": 39, "sanctions": 2}, 28, 1.54, "medium"),
        ({"adult_contact": 1, "age_at_follow_up": 39}, 22, 0.6, "medium"),
        ({"adult_contact": 2, "age_at_follow_up": 47, "sanctions": 2}, 31, 2.46, "high"),
        ({"adult_contact": 1, "age_at_follow_up": 33, "sanctions": 2}, 30, 2.11, "high"),
        ({"adult_contact": 2, "age_at_follow_up": 30, "sanctions": 2}, 36, 5.31, "very_high"),
        ({"adult_contact": 3, "child_contact": 3, "no_contact": 3, "age_at_follow_up": 18, "sanctions": 9,
          "stranger_victim": True}, 64, 83.12, "very_high"),
    ],
)  # fmt: skip
def test_points_of_direct_contact_become_a_percent(answers, points, percent, level):
    scores = scores_of("dc_srp", DC_SRP_LEAST | {"age_at_last_sanction": 18} | answers)

    assert scores == {
        "percent": (percent, None),
        "points_in_all": (points, level),
        "band": (BANDS.index(level) + 1, level),
    }


BANDS = ("low", "medium", "high", "very_high")


def test_no_points_are_no_percent_at_all():
    assert scores_of("dc_srp", DC_SRP_LEAST)["percent"] == (0, None)


def test_the_age_gives_a_point_less_every_three_years_until_sixty():
    ages = (18, 20, 21, 23, 24, 56, 57, 59, 60, 90)

    assert [steps_of("dc_srp", DC_SRP_LEAST | {"age_at_follow_up": age})["age_points"] for age in ages] == [
        14, 14, 13, 13, 12, 2, 1, 1, 0, 0,
    ]  # fmt: skip


@pytest.mark.parametrize(("kind", "each"), [("adult_contact", 5), ("child_contact", 3), ("no_contact", 2)])
def test_the_third_sanction_of_a_kind_is_the_last_that_counts(kind, each):
    points = [scores_of("dc_srp", DC_SRP_LEAST | {kind: count})["points_in_all"][0] for count in (0, 1, 2, 3, 4, 99)]

    assert points == [0, each, 2 * each, 3 * each, 3 * each, 3 * each]


@pytest.mark.parametrize(
    ("years", "band"), [(0, "very_high"), (4.99, "very_high"), (5, "high"), (30, "high")]
)  # fmt: skip
def test_five_years_without_an_offence_lower_the_band_by_one(years, band):
    answers = DC_SRP_LEAST | {"adult_contact": 3, "child_contact": 3, "no_contact": 3, "age_at_last_sanction": 30}

    scores = scores_of("dc_srp", answers | {"offence_free_years": years, "sanctions": 9})

    assert scores["points_in_all"][1] == "very_high"
    assert scores["band"][1] == band


def test_the_lowest_band_falls_no_further():
    assert scores_of("dc_srp", DC_SRP_LEAST | {"offence_free_years": 10})["band"] == (1, "low")


def test_a_woman_is_told_that_it_does_not_apply_whatever_is_missing():
    found = told("dc_srp", {"sex": "female"})

    assert found["applicable"] is False
    assert found["scores"] == {name: {"value": None, "level": None} for name in ("percent", "points_in_all", "band")}
    assert found["steps"] == []


def test_an_answer_of_the_wrong_kind_is_refused_even_where_it_does_not_apply():
    assert reasons_against("dc_srp", {"sex": "female", "sanctions": "2"}) == ["sanctions is not a number"]


def test_without_the_sex_the_missing_answers_are_told():
    assert reasons_against("dc_srp", {}) == [f"{code} has no answer" for code in DC_SRP_LEAST]
