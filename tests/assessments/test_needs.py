from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessments.needs import Group, Linkage, SupportNeed, order_needs, support_needs
from app.assessments.scoring import score
from app.assessments.vocabulary import Domain, Level
from tests.assessments.answering import ADULT, all_answers, answers_with, some_answers

LEAST = answers_with(ADULT, min)
MOST = answers_with(ADULT, max)
HARM, REOFFENDING = Linkage(harm=True), Linkage(reoffending=True)
BOTH = Linkage(harm=True, reoffending=True)


def answers_of(most=(), without=()):
    """The least points everywhere, the most in the domains of `most`, no answer to the items of `without`."""
    high = {item.code for section in ADULT.scored if section.code in most for item in section.items}
    return {code: MOST[code] if code in high else LEAST[code] for code in LEAST if code not in without}


def domains(needs):
    return [need.domain_code for need in needs]


@pytest.mark.parametrize(
    ("linkage", "rank"), [(BOTH, 0), (HARM, 1), (REOFFENDING, 2), (Linkage(), 3)], ids=["both", "harm", "re", "none"]
)
def test_a_link_with_harm_weighs_more_than_one_with_reoffending(linkage, rank):
    assert linkage.rank == rank


def test_criminal_history_is_never_a_need():
    needs = order_needs(ADULT, score(ADULT, MOST), {Domain.CRIMINAL_HISTORY: BOTH})

    assert sorted(domains(needs)) == sorted(set(Domain) - {Domain.CRIMINAL_HISTORY})


def test_the_groups_come_in_their_order():
    answers = answers_of(most=["family", "free_time"], without=["anger", "company", "pressure", "supportive_people"])

    needs = order_needs(ADULT, score(ADULT, answers, unknown=["company", "pressure", "supportive_people"]), {})

    # family 8 of threshold 3, free time 6 of 2; then the low ones by distance (-2, then -3) and by code
    assert [(need.domain_code, need.group, need.level) for need in needs] == [
        ("self_control", Group.INCOMPLETE, None),
        ("family", Group.HIGH_SCORING, "high"),
        ("free_time", Group.HIGH_SCORING, "high"),
        ("alcohol_drugs", Group.LOW_SCORING, "low"),
        ("attitudes", Group.LOW_SCORING, "low"),
        ("education_work", Group.LOW_SCORING, "low"),
        ("associates", Group.NO_SCORE, None),
    ]


def test_inside_a_group_the_link_comes_before_the_distance():
    result = score(ADULT, MOST)
    linked = {"free_time": BOTH, "associates": HARM, "attitudes": REOFFENDING}

    # distances: alcohol and drugs 9 - 3, the others at the end 8 - 3
    assert domains(order_needs(ADULT, result, linked)) == [
        "free_time",
        "associates",
        "attitudes",
        "alcohol_drugs",
        "education_work",
        "family",
        "self_control",
    ]


def test_the_threshold_is_the_start_of_the_medium_band():
    answers = answers_of() | {"pursuits": "none"}

    needs = order_needs(ADULT, score(ADULT, answers), {"family": BOTH})

    assert (needs[0].domain_code, needs[0].points, needs[0].threshold, needs[0].distance) == ("free_time", 2, 2, 0)
    assert (needs[0].group, needs[0].level) == (Group.HIGH_SCORING, Level.MEDIUM)
    assert (needs[1].domain_code, needs[1].group, needs[1].distance) == ("family", Group.LOW_SCORING, -3)


linkages = st.dictionaries(st.sampled_from(list(Domain)), st.builds(Linkage, st.booleans(), st.booleans()))


@given(some_answers(ADULT), linkages)
def test_needs_are_in_one_order_whatever_the_answers(answers, linked):
    needs = order_needs(ADULT, score(ADULT, answers), linked)

    keys = [(need.group.rank, need.linkage.rank, -need.distance, need.domain_code) for need in needs]
    assert all(one < next_one for one, next_one in pairwise(keys))
    assert len(needs) == 7


@given(all_answers(ADULT))
def test_a_need_at_medium_or_high_stands_above_every_low_one(answers):
    levels = [need.level for need in order_needs(ADULT, score(ADULT, answers), {})]

    assert levels == sorted(levels, key=lambda level: level is Level.LOW)


def test_support_needs_are_listed_apart_the_unknown_first():
    answers = LEAST | {"transport": "some", "documents": "urgent", "debts": "urgent"}
    answers.pop("health")

    result = score(ADULT, answers, unknown=["health"])

    assert support_needs(ADULT, result) == (
        SupportNeed("health", None, None),
        SupportNeed("debts", Level.HIGH, "urgent"),
        SupportNeed("documents", Level.HIGH, "urgent"),
        SupportNeed("transport", Level.MEDIUM, "some"),
    )


def test_no_trouble_is_no_support_need():
    assert support_needs(ADULT, score(ADULT, answers_of())) == ()
