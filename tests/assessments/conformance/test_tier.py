"""The tier of supervision: all thirty cells, the highest of the rules, and what is missing or could still change."""

from itertools import product

import pytest

from tests.assessments.conformance.scoring_files import reasons_against, told

pytestmark = pytest.mark.one_engine

ROWS = {6.9: "AABBBB", 3.0: "ABCCCC", 1.0: "BCDEEE", 0.5: "CDEEFF", 0: "DDEFFG"}
COLUMNS = (90, 75, 50, 25, 15, 0)
CELLS = {(arp, csrp): tier for csrp, row in ROWS.items() for arp, tier in zip(COLUMNS, row, strict=True)}
PLAIN = {
    "supervised": True,
    "arp": 0,
    "csrp": 0,
    "arp_is_static": False,
    "sexual_predictor": "none",
    "multi_agency": False,
    "serious_harm": "low",
    "life_sentence_first_year": False,
    "domestic_abuse": False,
    "stalking": False,
    "child_protection": False,
}
LETTERS = "ABCDEFG"


def scores(**answers):
    return told("hmpps_tier", PLAIN | answers)["scores"]


def tier(**answers):
    return scores(**answers)["tier"]["value"]


def test_each_of_the_thirty_cells_holds_from_its_limits_to_the_next():
    assert len(CELLS) == 30
    for (arp, csrp), expected in CELLS.items():
        next_arp = min([limit for limit in COLUMNS if limit > arp], default=100.01)
        next_csrp = min([limit for limit in ROWS if limit > csrp], default=100.01)
        for at, of in product((arp, round(next_arp - 0.01, 2)), (csrp, round(next_csrp - 0.01, 2))):
            assert tier(arp=at, csrp=of) == expected, (at, of)


@pytest.mark.parametrize(("arp", "csrp", "expected"), [(75, 1.0, "C"), (0, 0, "G"), (90, 6.9, "A")])
def test_the_recorded_cases(arp, csrp, expected):
    assert tier(arp=arp, csrp=csrp) == expected


RULES = [
    ({"sexual_predictor": "very_high"}, "A"),
    ({"sexual_predictor": "high"}, "B"),
    ({"sexual_predictor": "medium"}, "G"),
    ({"sexual_predictor": "low"}, "E"),
    ({"multi_agency": True, "serious_harm": "very_high"}, "A"),
    ({"multi_agency": True, "serious_harm": "high"}, "C"),
    ({"multi_agency": True, "serious_harm": "medium"}, "G"),
    ({"multi_agency": False, "serious_harm": "very_high"}, "G"),
    ({"life_sentence_first_year": True}, "B"),
    ({"domestic_abuse": True}, "E"),
    ({"stalking": True}, "F"),
    ({"child_protection": True}, "F"),
]


@pytest.mark.parametrize(("answers", "expected"), RULES)
def test_each_rule_gives_its_tier(answers, expected):
    assert tier(**answers) == expected


def test_the_highest_of_two_rules_and_a_cell_holds():
    for (one, first), (other, second), ((arp, csrp), cell) in product(RULES, RULES, CELLS.items()):
        if not one.keys() & other.keys():
            assert tier(**one, **other, arp=arp, csrp=csrp) == min(first, second, cell, key=LETTERS.index)


@pytest.mark.parametrize("missing", [("arp",), ("csrp",), ("arp", "csrp")])
def test_without_a_main_predictor_there_is_no_tier(missing):
    found = told("hmpps_tier", PLAIN | dict.fromkeys(missing))

    assert found["scores"]["tier"] == {"value": "MISSING", "level": None}
    assert found["missing"] == list(missing)


def test_without_a_sentence_nobody_is_supervised():
    assert tier(supervised=False, arp=90, csrp=6.9) == "NOT_SUPERVISED"
    assert tier(supervised=False, arp=None) == "NOT_SUPERVISED"


def test_a_missing_rating_of_harm_that_could_raise_the_tier_makes_it_provisional():
    found = scores(multi_agency=True, serious_harm=None, domestic_abuse=True)

    assert found["tier"] == {
        "value": "E",
        "level": None,
        "provisional": True,
        "level_if_worst": None,
        "value_if_worst": "A",
    }


@pytest.mark.parametrize("answers", [{"multi_agency": False}, {"multi_agency": True, "arp": 95, "csrp": 8}])
def test_a_missing_rating_that_cannot_change_anything_is_no_matter(answers):
    found = told("hmpps_tier", PLAIN | answers | {"serious_harm": None})

    assert "provisional" not in found["scores"]["tier"]
    assert found["missing"] == ["serious_harm"]


@pytest.mark.parametrize(
    ("arp", "csrp", "could"),
    [(0, 0, True), (75, 6.9, False), (75, 3.0, True), (90, 0, False), (75, 0, False), (15, 0.5, True)],
)
def test_it_is_said_when_a_static_predictor_could_still_rise_into_another_tier(arp, csrp, could):
    assert scores(arp=arp, csrp=csrp, arp_is_static=True)["dynamic_could_change"]["value"] is could
    assert scores(arp=arp, csrp=csrp)["dynamic_could_change"]["value"] is False


def test_what_has_no_best_and_worst_may_not_be_missing():
    assert reasons_against("hmpps_tier", PLAIN | {"stalking": None, "multi_agency": None}) == [
        "multi_agency has no answer",
        "stalking has no answer",
    ]
