"""The reconviction scale against its four official examples, further ones, and a second calculation in plain floats."""

from decimal import Decimal
from math import exp, floor, log

import pytest

from app.assessments.calculation.expressions import value_of
from tests.assessments.conformance.scoring_files import fixture, reasons_against, scores_of, steps_of, told

pytestmark = pytest.mark.one_engine

FIRST = {
    "sex": "male",
    "date_of_birth": "1991-07-17",
    "conviction_date": "2021-08-05",
    "follow_up_date": "2021-12-12",
    "age_at_first_sanction": 21,
    "sanctions": 2,
    "offence": "other",
}
SECOND = FIRST | {"date_of_birth": "1965-12-07", "conviction_date": "2025-05-13", "follow_up_date": "2026-12-12"}
THIRD = FIRST | {"date_of_birth": "1975-04-29", "conviction_date": "2009-02-19", "follow_up_date": "2020-01-14"}
# The examples of the service's own tests (hmpps-arns-risk-actuarial-api),
# and two of our own with the published coefficients.
CASES = {
    "official 1": (FIRST, -2.8166361951, -3.7402761951, 9, 17, "low"),
    "official 2": (
        SECOND | {"age_at_first_sanction": 47, "offence": "soliciting"},
        -3.0000547337, -3.8016947337, 8, 16, "low",
    ),
    "official 3": (
        THIRD | {"age_at_first_sanction": 17, "sanctions": 22, "offence": "drug_import_production"},
        -0.2090047064, -2.0412447064, 35, 52, "medium",
    ),
    "official 4": (FIRST | {"offence": "fraud_forgery"}, -2.8166361951, -3.5196761951, 11, 20, "low"),
    "a woman of 19": (
        {
            "sex": "female", "date_of_birth": "2001-03-04", "conviction_date": "2020-05-06",
            "follow_up_date": "2020-06-07", "age_at_first_sanction": 19, "sanctions": 1, "offence": "theft",
        },
        -2.8808102615, -2.9909702615, 17, 30, "low",
    ),
    "a man of 17": (
        {
            "sex": "male", "date_of_birth": "2003-03-04", "conviction_date": "2020-05-06",
            "follow_up_date": "2020-06-07", "age_at_first_sanction": 13, "sanctions": 5,
            "offence": "theft_from_vehicle",
        },
        -1.2881774452, -0.4595174452, 72, 84, "high",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_examples_come_out_to_the_digit(case):
    answers, copas, z, one, two, band = CASES[case]
    steps = steps_of("ogrs3", answers)

    assert scores_of("ogrs3", answers) == {"one_year": (one, None), "two_year": (two, band)}
    assert steps["copas"] == pytest.approx(copas, abs=5e-11)
    assert steps["z"] == pytest.approx(z, abs=5e-11)


@pytest.mark.parametrize(
    ("z", "one", "two"),
    [("0", ".80259", ".89299"), ("-2.776835807", ".20193", ".34183"), ("1", ".91702", ".95778"),
     ("-1000", "0", "0"), ("1000", "1", "1")],
)  # fmt: skip
def test_the_logistic_part_by_itself(z, one, two):
    formulas = {step.name: step.formula for step in fixture("ogrs3").calculation.steps}

    assert value_of(formulas["one_year_probability"], {"z": Decimal(z)}) == Decimal(one)
    assert value_of(formulas["two_year_probability"], {"z": Decimal(z)}) == Decimal(two)


# The same coefficients, typed a second time: by the last age of each band, man and woman.
BY_AGE = [
    (11, 0, 0.785), (13, 0.08392, 0.61385), (15, 0.07578, 0.66952), (17, -0.0616, -0.9592), (20, -0.6251, -0.8975),
    (24, -1.0515, -1.0285), (29, -1.1667, -1.0528), (34, -1.326, -1.1291), (39, -1.368, -1.4219),
    (49, -1.4997, -1.5247), (200, -2.0253, -2.4498),
]  # fmt: skip
BY_OFFENCE = {
    "violence": 0, "robbery": -6348, "public_order": 1819, "sexual_not_child": 328, "sexual_child": -6534,
    "soliciting": 7606, "burglary_domestic": -1239, "burglary_other": 2406, "theft": 6612, "handling": 3519,
    "fraud_forgery": 1599, "absconding_bail": 7334, "taking_vehicle": 3801, "theft_from_vehicle": 4272,
    "other_motoring": 2622, "drink_driving": -1214, "criminal_damage": 2050, "drug_import_production": -7956,
    "drug_possession_supply": 772, "other": -607,
}  # ten-thousandths  # fmt: skip


def answers_for(sex="male", age=30, first=20, sanctions=3, offence="violence"):
    """Convicted and followed up at the same age."""
    return {
        "sex": sex, "date_of_birth": "1900-06-15", "conviction_date": f"{1900 + age}-06-15",
        "follow_up_date": f"{1900 + age}-12-31", "age_at_first_sanction": first, "sanctions": sanctions,
        "offence": offence,
    }  # fmt: skip


def expected(sex, age, first, sanctions, offence):
    weight = next(row for row in BY_AGE if age <= row[0])[1 if sex == "male" else 2]
    z = weight + (0.12614 if sanctions == 1 else 0.46306) + BY_OFFENCE[offence] / 10000
    z += 1.25112 * log(sanctions / (10 + age - first))
    percents = [floor(100 * round(1 / (1 + exp(-(start + z))), 5) + 0.5) for start in (1.40256, 2.1217)]
    one, two = (min(max(percent, 1), 99) for percent in percents)
    return z, one, two, ("low", "medium", "high", "very_high")[(two >= 50) + (two >= 75) + (two >= 90)]


EVERY_AGE = [(sex, age, min(age, 12), 4, "theft") for sex in ("male", "female") for age in range(10, 96)]
EVERY_OFFENCE = [("female", 33, 18, 3, offence) for offence in BY_OFFENCE]
EVERY_COUNT = [("male", 25, 14, sanctions, "robbery") for sanctions in (*range(1, 150), 1000, 10000)]
SPARSE = [("female", 90, 10, 1, "drug_import_production"), ("male", 11, 10, 9999, "soliciting")]


def test_every_age_sex_offence_and_many_counts_agree_with_a_second_calculation():
    seen = set()
    for case in EVERY_AGE + EVERY_OFFENCE + EVERY_COUNT + SPARSE:
        found = told("ogrs3", answers_for(*case))
        z, one, two, band = expected(*case)
        assert next(step["value"] for step in found["steps"] if step["name"] == "z") == pytest.approx(z, abs=1e-9), case
        scores = found["scores"]
        assert (scores["one_year"]["value"], scores["two_year"]["value"], scores["two_year"]["level"]) == (
            one,
            two,
            band,
        )
        seen.add((two, band))

    # The limits of the bands, and both ends of the clamp, were among them.
    assert {(1, "low"), (49, "low"), (50, "medium"), (74, "medium"), (75, "high"), (89, "high"), (90, "very_high"),
            (99, "very_high")} <= seen  # fmt: skip


NO_DAY = ["date_of_birth is not a date like 2026-01-31"]
WRONG = {
    "under 10 at the conviction": (
        answers_for(age=9, first=9),
        [
            "The age at conviction is under 10.",
            "age_and_sex cannot be computed: 9 is outside the table",
        ],
    ),
    "first sanction after the conviction": (
        answers_for(age=30, first=31), ["The first sanction is later than the current conviction."],
    ),
    "so late that there is no logarithm": (
        answers_for(age=30, first=40),
        [
            "The first sanction is later than the current conviction.",
            "copas cannot be computed: the numbers are too large, or something is divided by zero",
        ],
    ),
    "no sanction": (answers_for(sanctions=0), ["sanctions is not between 1 and 10000"]),
    "fewer than no sanctions": (answers_for(sanctions=-1), ["sanctions is not between 1 and 10000"]),
    "half a sanction": (answers_for(sanctions=1.5), ["sanctions is not a whole number"]),
    "follow-up before the conviction": (
        FIRST | {"follow_up_date": "2021-08-04"}, ["The follow-up starts before the conviction."],
    ),
    "conviction before the birth": (
        FIRST | {"date_of_birth": "2021-08-06"},
        [
            "The conviction is before the date of birth.",
            "age_at_conviction cannot be computed: 2021-08-05 is before the birth",
            "age_and_sex cannot be computed: 0 is outside the table",
        ],
    ),
    "an offence by its number": (FIRST | {"offence": "00101"}, [f"offence is not one of {', '.join(BY_OFFENCE)}"]),
    "another sex": (FIRST | {"sex": "Male"}, ["sex is not one of male, female"]),
    "a day that never was": (FIRST | {"date_of_birth": "1990-02-30"}, NO_DAY),
    "a day as people write it": (FIRST | {"date_of_birth": "17.07.1991"}, NO_DAY),
    "a week": (FIRST | {"date_of_birth": "1991-W05-6"}, NO_DAY),
    "a moment": (FIRST | {"date_of_birth": "1991-07-17T00:00"}, NO_DAY),
    "a number for a day": (FIRST | {"date_of_birth": 19910717}, NO_DAY),
    "everything": ({}, [f"{code} has no answer" for code in FIRST]),
}  # fmt: skip


@pytest.mark.parametrize(("answers", "reasons"), WRONG.values(), ids=WRONG)
def test_wrong_answers_are_refused_with_every_reason(answers, reasons):
    assert reasons_against("ogrs3", answers) == reasons


@pytest.mark.parametrize("code", FIRST)
def test_no_answer_may_be_missing(code):
    reasons = reasons_against("ogrs3", FIRST | {code: None})

    assert reasons == [f"{code} has no answer"]


def test_a_year_is_full_on_the_birthday_and_of_a_leap_day_on_the_first_of_march():
    def age(conviction_date):
        answers = FIRST | {
            "date_of_birth": "2000-02-29",
            "conviction_date": conviction_date,
            "age_at_first_sanction": 10,
        }
        return steps_of("ogrs3", answers)["age_at_conviction"]

    assert (age("2019-02-28"), age("2019-03-01"), age("2020-02-28"), age("2020-02-29")) == (18, 19, 19, 20)
