"""What other instruments ask of the engine: projections, applicability, cut-offs by sex and day, sums below nought."""

import pytest

from tests.assessments.conformance.scoring_files import fixture, reasons_against, scores_of, steps_of, told

pytestmark = pytest.mark.one_engine


def inputs_of(name):
    return fixture(name).calculation.inputs


def numbers(name, each=0):
    """Every whole number at its least, or at what `each` makes of the input."""
    return {one.code: each(one) if callable(each) else each for one in inputs_of(name) if one.form == "whole"}


# Need for a programme: missing answers projected.

PNI = numbers("pni")


def need(**answers):
    return told("pni", PNI | answers)["scores"]["need"]


@pytest.mark.parametrize(
    ("answers", "domain", "points"),
    [
        ({"interests": 2}, "sex_domain", 2),
        ({"interests": 1}, "sex_domain", 0),
        ({"interests": 1, "sex_2": 1}, "sex_domain", 1),
        ({"interests": 1, "sex_2": 2}, "sex_domain", 1),
        ({"sex_2": 2, "sex_3": 2}, "sex_domain", 2),
        ({"attitudes": 2}, "thinking_domain", 2),
        ({"attitudes": 1}, "thinking_domain", 1),
        ({"thinking_2": 2}, "thinking_domain", 1),
        ({"attitudes": 1, "thinking_2": 2}, "thinking_domain", 2),
        ({"relationship_1": 1}, "relationship_domain", 0),
        ({"relationship_1": 2}, "relationship_domain", 1),
        ({"relationship_1": 2, "relationship_2": 2}, "relationship_domain", 1),
        ({"relationship_1": 2, "relationship_2": 2, "relationship_3": 1}, "relationship_domain", 2),
        ({"self_1": 2, "self_2": 2, "self_3": 1}, "self_domain", 2),
    ],
)
def test_raw_points_become_points_of_a_domain(answers, domain, points):
    assert steps_of("pni", PNI | answers)[domain] == points


def test_the_levels_of_need_begin_at_three_and_six():
    full = {"interests": 2, "attitudes": 2, "relationship_1": 2, "relationship_2": 2, "relationship_3": 1}

    assert need() == {"value": 0, "level": "low"}
    assert need(interests=2) == {"value": 2, "level": "low"}
    assert need(interests=2, attitudes=1) == {"value": 3, "level": "medium"}
    assert need(**full | {"relationship_3": 0}) == {"value": 5, "level": "medium"}
    assert need(**full) == {"value": 6, "level": "high"}
    assert need(**full, self_1=2, self_2=2, self_3=2) == {"value": 8, "level": "high"}


def test_answers_that_could_change_the_level_leave_it_open():
    assert need(interests=2, attitudes=None) == {
        "value": 2,
        "level": "omission",
        "provisional": True,
        "level_if_worst": "medium",
    }


def test_answers_that_cannot_change_the_level_are_no_matter():
    high = {"interests": 2, "attitudes": 2, "relationship_1": 2, "relationship_3": 1, "self_1": 2, "self_2": 2}

    assert need(interests=None) == {"value": 0, "level": "low"}
    assert need(**high, relationship_2=None) == {"value": 6, "level": "high"}  # or 7, at its worst


def test_what_is_missing_is_named():
    found = told("pni", {code: answer for code, answer in PNI.items() if code != "self_4"} | {"sex_2": None})

    assert found["missing"] == ["sex_2", "self_4"]


def test_with_no_answer_at_all_the_level_is_open():
    assert told("pni", {})["scores"]["need"] == {
        "value": 0,
        "level": "omission",
        "provisional": True,
        "level_if_worst": "high",
    }


# A screen for men of 18 to 25.


@pytest.mark.parametrize(
    ("sex", "age", "applies"),
    [("male", 17, False), ("male", 18, True), ("male", 25, True), ("male", 26, False), ("female", 20, False)],
)
def test_a_screen_applies_by_sex_and_age(sex, age, applies):
    found = told("mst", numbers("mst", 1) | {"sex": sex, "age": age})

    assert found["applicable"] is applies
    assert found["scores"]["flag"]["value"] is (True if applies else None)


@pytest.mark.parametrize(("points", "flag"), [(0, False), (9, False), (10, True), (20, True)])
def test_a_flag_is_raised_from_ten_points(points, flag):
    answers = {f"item_{number}": min(2, max(0, points - 2 * (number - 1))) for number in range(1, 11)}

    scores = scores_of("mst", answers | {"sex": "male", "age": 20})

    assert scores == {"points_in_all": (points, None), "flag": (flag, None)}


# 35 items in 7 domains.

MAXIMA = {1: 8, 2: 6, 3: 5, 4: 3, 5: 6, 6: 8, 7: 13}
ORAS = [one for one in inputs_of("oras_shape") if one.form == "whole"]


def oras(total, sex="male", only=""):
    """Scores with so many points in all, filled up from the first item on (of one domain)."""
    answers = {}
    for one in ORAS:
        room = int(one.most) if one.code.startswith(only) else 0
        answers[one.code] = min(room, total - sum(answers.values()))
    assert sum(answers.values()) == total
    return scores_of("oras_shape", answers | {"sex": sex})


def test_thirty_five_items_in_seven_domains_have_their_maxima():
    most = {domain: sum(one.most for one in ORAS if one.code.startswith(f"item_{domain}_")) for domain in MAXIMA}

    assert (len(ORAS), most, sum(most.values())) == (35, MAXIMA, 49)


@pytest.mark.parametrize(
    ("sex", "total", "level"),
    [
        ("male", 0, "low"), ("male", 14, "low"), ("male", 15, "moderate"), ("male", 23, "moderate"),
        ("male", 24, "high"), ("male", 33, "high"), ("male", 34, "very_high"), ("male", 49, "very_high"),
        ("female", 0, "low"), ("female", 14, "low"), ("female", 15, "moderate"), ("female", 21, "moderate"),
        ("female", 22, "high"), ("female", 28, "high"), ("female", 29, "very_high"), ("female", 49, "very_high"),
    ],
)  # fmt: skip
def test_the_same_total_has_a_level_by_sex(sex, total, level):
    assert oras(total, sex)["in_all"] == (total, level)


@pytest.mark.parametrize(
    ("domain", "moderate", "high"), [(1, 4, 7), (2, 2, 5), (3, 2, 4), (4, 1, 2), (5, 3, 5), (6, 2, 5), (7, 4, 9)]
)
def test_each_domain_has_bands_of_its_own(domain, moderate, high):
    limits = (0, moderate - 1, moderate, high - 1, high, MAXIMA[domain])

    levels = [oras(points, only=f"item_{domain}_")[f"domain_{domain}"][1] for points in limits]

    assert levels == ["low", "low", "moderate", "moderate", "high", "high"]


def test_an_item_holds_its_own_maximum():
    assert reasons_against("oras_shape", numbers("oras_shape", lambda one: one.most + 1) | {"sex": "male"}) == [
        f"{one.code} is not between 0 and {one.most}" for one in ORAS
    ]


# 54 items, five of which may be missing, and cut-offs by sex and day.


def lsi_r(total, sex, day="2021-01-01", missing=0):
    answers = {f"item_{number}": number <= total for number in range(1, 55)}
    answers |= {f"item_{number}": None for number in range(55 - missing, 55)}
    return told("lsi_r_shape", answers | {"sex": sex, "assessed_on": day})["scores"]["in_all"]


@pytest.mark.parametrize(
    ("day", "sex", "limits"),
    [
        ("2020-07-22", "male", (15, 23, 30)),
        ("2020-07-22", "female", (15, 23, 30)),
        ("2020-07-23", "male", (20, 28)),
        ("2020-07-23", "female", (22, 30)),
        ("2026-11-22", "female", (22, 30)),
    ],
)
def test_cut_offs_change_by_day_and_sex(day, sex, limits):
    levels = ["low", "moderate", "high", "very_high"]
    for index, limit in enumerate(limits):
        assert lsi_r(limit, sex, day)["level"] == levels[index]
        assert lsi_r(limit + 1, sex, day)["level"] == levels[index + 1]
    assert (lsi_r(0, sex, day)["level"], lsi_r(54, sex, day)["level"]) == ("low", levels[len(limits)])


def test_up_to_five_answers_may_be_missing():
    assert lsi_r(22, "male", missing=5) == {"value": 22, "level": "moderate"}
    assert lsi_r(22, "male", missing=6) == {"value": None, "level": None}


def test_what_chooses_the_cut_offs_may_not_be_missing():
    answers = {f"item_{number}": True for number in range(1, 55)}

    assert reasons_against("lsi_r_shape", answers) == ["sex has no answer", "assessed_on has no answer"]


# Sums below nought, and scores inside a score.


def test_the_dynamic_scale_runs_from_minus_twelve_to_twenty_six():
    def scores(stable, acute, protective):
        of = {"stable": stable, "acute": acute, "protective": protective}
        found = scores_of("draor", numbers("draor", lambda one: of[one.code.rsplit("_", 1)[0]]))
        return [value for value, _ in found.values()]

    assert scores(0, 0, 0) == [0, 0, 0, 0]
    assert scores(0, 0, 2) == [0, 0, 12, -12]
    assert scores(2, 2, 0) == [12, 14, 0, 26]
    assert scores(1, 2, 1) == [6, 14, 6, 14]


STATIC = {
    one.code: False if one.form == "truth" else 0 for one in inputs_of("static_2002r")
} | {"age_at_release": 45}  # fmt: skip


def static(**answers):
    return {name: value for name, (value, _) in scores_of("static_2002r", STATIC | answers).items()}


@pytest.mark.parametrize(
    ("age", "points"),
    [(18, 2), (34.9, 2), (34.99, 2), (35, 1), (39.9, 1), (40, 0), (59.9, 0), (60, -2), (99, -2)],
)
def test_age_takes_points_away(age, points):
    found = static(age_at_release=age)

    assert (found["age"], found["in_all"]) == (points, points)


def test_raw_points_of_persistence_become_a_subscore():
    extra = {"juvenile_arrest": True, "high_rate": True}

    assert [static(sexual_occasions=n)["persistence"] for n in (0, 1, 2, 3, 4, 50)] == [0, 1, 2, 2, 2, 2]
    assert [static(sexual_occasions=n, **extra)["persistence"] for n in (0, 1, 2, 3, 4, 50)] == [2, 2, 3, 3, 3, 3]


def test_raw_points_of_general_criminality_become_a_subscore():
    extra = {f"general_{number}": True for number in (1, 2, 3, 4)}

    assert [static(prior_occasions=n)["general"] for n in (2, 3, 13, 14)] == [0, 1, 1, 1]
    assert [static(prior_occasions=n, **extra)["general"] for n in (2, 3, 13, 14)] == [2, 3, 3, 3]


def test_the_total_runs_from_minus_two_to_thirteen():
    most = {code: True for code, answer in STATIC.items() if answer is False}
    most |= {"age_at_release": 18, "sexual_occasions": 4, "prior_occasions": 14}

    assert static(age_at_release=60)["in_all"] == -2
    assert scores_of("static_2002r", most)["in_all"] == (13, "high")
    assert scores_of("static_2002r", STATIC | {"age_at_release": 60})["in_all"] == (-2, "low")


# Needs by section, and none where nothing is known.

SECTIONS = {
    "accommodation": (4, 2, 7), "education_work": (4, 3, 7), "relationships": (3, 2, 5), "lifestyle": (3, 2, 5),
    "drugs": (5, 2, 8), "alcohol": (4, 4, 7), "thinking": (4, 4, 7), "attitudes": (4, 2, 7),
}  # fmt: skip


def section(code, points):
    items, _, _ = SECTIONS[code]
    answers = {f"{code}_{number}": min(2, max(0, points - 2 * (number - 1))) for number in range(1, items + 1)}
    return scores_of("oasys_needs", answers)[code]


@pytest.mark.parametrize("code", SECTIONS)
def test_a_section_is_a_need_from_its_threshold_on_and_a_severe_one_from_its_second(code):
    items, threshold, severe = SECTIONS[code]

    assert [section(code, points) for points in (0, threshold - 1, threshold, severe - 1, severe, 2 * items)] == [
        (0, "none"),
        (threshold - 1, "none"),
        (threshold, "need"),
        (severe - 1, "need"),
        (severe, "severe"),
        (2 * items, "severe"),
    ]


def test_a_section_of_which_nothing_is_known_has_no_score_rather_than_nought():
    scores = scores_of("oasys_needs", {"drugs_1": 2, "drugs_2": None})

    assert scores.pop("drugs") == (2, "need")
    assert set(scores.values()) == {(None, None)}
    assert set(scores_of("oasys_needs", {}).values()) == {(None, None)}


# A predictor that falls back on static facts.

STATIC_PARTS = (
    5.01702292499072, -2.96132507103144, 0, 0.038443439303773,
    -3.06189212045904, -0.008551460256999, -0.388846655245651, -1.744142600199456,
)  # fmt: skip
STATIC_FACTS = {f"static_{number}": part for number, part in enumerate(STATIC_PARTS, 1)}
# The recorded dynamic total is given as what it adds to the static one.
DYNAMIC_FACTS = {"dynamic_1": 0.5, "dynamic_2": 0.272203342548321, "dynamic_3": 0}


def test_from_static_facts_alone_the_recorded_percent_comes_out_and_the_missing_are_named():
    found = told("ogrs4_shape", STATIC_FACTS | {"dynamic_2": 0.2})

    assert steps_of("ogrs4_shape", STATIC_FACTS)["static_total"] == pytest.approx(-3.109291542898093, abs=1e-15)
    assert scores_of("ogrs4_shape", STATIC_FACTS) == {"percent": (4.27, None), "form": ("STATIC", None)}
    assert (found["scores"]["percent"]["value"], found["missing"]) == (4.27, ["dynamic_1", "dynamic_3"])


def test_with_the_dynamic_facts_the_recorded_percent_comes_out():
    answers = STATIC_FACTS | DYNAMIC_FACTS

    assert steps_of("ogrs4_shape", answers)["total"] == pytest.approx(-2.337088200349772, abs=1e-15)
    assert scores_of("ogrs4_shape", answers) == {"percent": (8.81, None), "form": ("DYNAMIC", None)}


def test_a_static_fact_may_not_be_missing():
    assert reasons_against("ogrs4_shape", STATIC_FACTS | {"static_3": None}) == ["static_3 has no answer"]
