"""The pre-trial scale against its published table, over every combination of its factors."""

from collections import Counter
from itertools import product

import pytest

from tests.assessments.conformance.scoring_files import reasons_against, scores_of, told

pytestmark = pytest.mark.one_engine

# The table of the published formula (advancingpretrial.org): points for failure to appear, new arrest, new violence.
WEIGHTS = {
    "age 22 or less": (0, 2, 0),
    "violent": (0, 0, 2),
    "violent at 20 or less": (0, 0, 1),
    "pending": (1, 3, 1),
    "misdemeanor": (0, 1, 0),
    "felony": (0, 1, 0),
    "conviction": (1, 0, 1),
    "violence 1-2": (0, 1, 1),
    "violence 3+": (0, 2, 2),
    "failed once": (2, 1, 0),
    "failed 2+": (4, 2, 0),
    "failed long ago": (1, 0, 0),
    "incarcerated": (0, 2, 0),
}
FTA_SCALE = (1, 2, 3, 4, 4, 5, 5, 6)
NCA_SCALE = (1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 6, 6, 6)
QUIET = {
    "age_at_arrest": 40,
    "current_violent": False,
    "pending_charge": False,
    "prior_misdemeanor": False,
    "prior_felony": False,
    "prior_conviction": False,
    "prior_violent_convictions": 0,
    "fta_recent": 0,
    "fta_old": False,
    "prior_incarceration": False,
}
TRUTHS = [code for code, answer in QUIET.items() if answer is False]
NUMBERS = [code for code, answer in QUIET.items() if answer is not False]
DIMENSIONS = dict.fromkeys(QUIET, (False, True)) | {
    "age_at_arrest": (20, 22, 23),
    "prior_violent_convictions": (0, 1, 2, 3),
    "fta_recent": (0, 1, 2, 3),
}
EVERY = [dict(zip(DIMENSIONS, chosen, strict=True)) for chosen in product(*DIMENSIONS.values())]


def facts(a):
    """The rows of the table that hold for these answers."""
    yield "age 22 or less" if a["age_at_arrest"] <= 22 else None
    yield "violent" if a["current_violent"] else None
    yield "violent at 20 or less" if a["current_violent"] and a["age_at_arrest"] <= 20 else None
    yield "pending" if a["pending_charge"] else None
    yield "misdemeanor" if a["prior_misdemeanor"] else None
    yield "felony" if a["prior_felony"] else None
    yield "conviction" if a["prior_conviction"] else None
    yield (None, "violence 1-2", "violence 1-2", "violence 3+")[min(a["prior_violent_convictions"], 3)]
    yield (None, "failed once", "failed 2+")[min(a["fta_recent"], 2)]
    yield "failed long ago" if a["fta_old"] else None
    yield "incarcerated" if a["prior_incarceration"] else None


def expected(answers):
    rows = [WEIGHTS[fact] for fact in facts(answers) if fact]
    fta, nca, nvca = (sum(row[column] for row in rows) for column in range(3))
    return {"fta": (FTA_SCALE[fta], None), "nca": (NCA_SCALE[nca], None), "nvca": (nvca >= 4, None)}


def is_logical(a):
    convicted = a["prior_misdemeanor"] or a["prior_felony"]
    follows = a["prior_violent_convictions"] > 0 or a["prior_incarceration"]
    return convicted == a["prior_conviction"] and (a["prior_conviction"] or not follows)


def test_every_logical_combination_scores_as_published():
    logical = [answers for answers in EVERY if is_logical(answers)]

    wrong = [answers for answers in logical if scores_of("psa", answers) != expected(answers)]

    assert len(logical) == 2400  # 3 ages x 4 counts x 2^3 and (3 ways to be convicted x 4 counts x 2, or none)
    assert wrong == []


def test_every_illogical_combination_is_refused():
    # The other factors have no part in it.
    illogical = [a for a in EVERY if not is_logical(a) and a["age_at_arrest"] == 23 and not a["fta_recent"]]

    counts = Counter(len(reasons_against("psa", answers)) for answers in illogical)

    assert len(illogical) == 8 * (64 - 25)
    assert set(counts) == {1, 2, 3}


def test_every_contradiction_is_told_at_once():
    answers = QUIET | {"prior_felony": True, "prior_violent_convictions": 1, "prior_incarceration": True}

    assert reasons_against("psa", answers) == [
        "There is a misdemeanour or a felony, but no prior conviction.",
        "There is a violent conviction, but no prior conviction.",
        "There is an incarceration, but no prior conviction.",
    ]


@pytest.mark.parametrize("real", [(5, 6, True), (3, 3, False), (4, 4, False), (4, 5, False), (1, 1, False)])
def test_the_scores_of_the_five_real_cases_can_be_reached(real):
    assert any(
        tuple(value for value, _ in expected(answers).values()) == real for answers in EVERY if is_logical(answers)
    )


def test_the_age_limits_hold_on_both_sides():
    violent = QUIET | {"current_violent": True, "pending_charge": True}
    nca = {age: scores_of("psa", violent | {"age_at_arrest": age})["nca"][0] for age in (0, 22, 23, 120)}
    nvca = {age: scores_of("psa", violent | {"age_at_arrest": age})["nvca"][0] for age in (0, 20, 21, 120)}

    assert nca == {0: 4, 22: 4, 23: 3, 120: 3}
    assert nvca == {0: True, 20: True, 21: False, 120: False}


def test_a_count_has_no_upper_end():
    many = QUIET | {
        "prior_felony": True,
        "prior_conviction": True,
        "prior_violent_convictions": 1000,
        "fta_recent": 1000,
    }

    assert scores_of("psa", many) == expected(many)


NO_NUMBERS = ["1", "", True, False, [1], {"a": 1}, float("nan"), float("inf"), -float("inf")]
WRONG_NUMBERS = [(wrong, "is not a number") for wrong in NO_NUMBERS]
WRONG_NUMBERS += [
    (1.5, "is not a whole number"),
    (10**15, "is too large"),
    (10**6000, "is too large"),
    (1e300, "is too large"),
]
WRONG_NUMBERS += [(-1, "is not between 0 and "), (1001, "is not between 0 and ")]


@pytest.mark.parametrize("code", NUMBERS)
@pytest.mark.parametrize(("wrong", "reason"), WRONG_NUMBERS, ids=range(len(WRONG_NUMBERS)))
def test_what_is_no_count_is_refused(code, wrong, reason):
    [told_reason] = reasons_against("psa", QUIET | {code: wrong})

    assert told_reason.startswith(f"{code} {reason}")


@pytest.mark.parametrize("code", TRUTHS)
@pytest.mark.parametrize("wrong", [1, 0, "true", "yes", "", 1.0, [], [True], {}], ids=repr)
def test_what_is_neither_true_nor_false_is_refused(code, wrong):
    assert reasons_against("psa", QUIET | {code: wrong}) == [f"{code} is neither true nor false"]


@pytest.mark.parametrize("code", QUIET)
def test_an_answer_that_is_missing_or_null_is_refused(code):
    without = {other: answer for other, answer in QUIET.items() if other != code}

    assert reasons_against("psa", without) == [f"{code} has no answer"]
    assert reasons_against("psa", QUIET | {code: None}) == [f"{code} has no answer"]


@pytest.mark.parametrize("answer", [1, "1", True, None, [], {}], ids=repr)
def test_an_answer_that_is_not_asked_is_refused(answer):
    assert reasons_against("psa", QUIET | {"shoe_size": answer}) == ["shoe_size is not asked by this instrument"]


def test_every_reason_is_told_at_once():
    answers = QUIET | {"age_at_arrest": "40", "pending_charge": 1, "prior_felony": True, "shoe_size": 43}
    del answers["fta_old"]

    assert sorted(reasons_against("psa", answers)) == [
        "There is a misdemeanour or a felony, but no prior conviction.",
        "age_at_arrest is not a number",
        "fta_old has no answer",
        "pending_charge is neither true nor false",
        "shoe_size is not asked by this instrument",
    ]


def test_no_answers_at_all_name_every_one_that_is_missing():
    assert reasons_against("psa", {}) == [f"{code} has no answer" for code in QUIET]


def test_a_whole_number_may_be_written_with_a_point():
    assert scores_of("psa", QUIET | {"age_at_arrest": 22.0}) == expected(QUIET | {"age_at_arrest": 22})


def test_every_step_is_told_in_the_order_of_the_file():
    found = told("psa", QUIET | {"pending_charge": True, "fta_recent": 1})

    assert (found["instrument"], found["version"], found["applicable"], found["missing"]) == ("psa", 1, True, [])
    assert found["steps"] == [
        {"name": "violent_convictions", "value": 0},
        {"name": "recent_failures", "value": 1},
        {"name": "young_and_violent", "value": False},
        {"name": "fta_raw", "value": 3},
        {"name": "nca_raw", "value": 4},
        {"name": "nvca_raw", "value": 1},
    ]
