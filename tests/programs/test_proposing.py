"""What is proposed for what is known, in which order, and what of it at once: worked by hand, and for any needs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.programs.proposals.proposing import (
    EVERY,
    LEVELS,
    PRESENT,
    AreaKind,
    Found,
    Rule,
    Source,
    called_for,
    draw_up,
    found_adaptations,
    found_needs,
)
from app.programs.proposals.responsivity import FACTORS, Person, factor_of

pytestmark = pytest.mark.one_engine

TEXTS = {"kk": "", "ru": "", "en": ""}


def rule(code, area, levels="medium high", stage=EVERY, **facts):
    return Rule(code, area, tuple(levels.split()), TEXTS, TEXTS, (), stage=stage, **facts)


def adapting(code, area):
    return rule(code, area, PRESENT, kind=AreaKind.RESPONSIVITY)


RULES = (
    rule("W-1", "work", "high", "sentence"),
    rule("W-2", "work", "medium", "sentence"),
    rule("WM-1", "work", instruments=("minors",)),
    rule("D-1", "drugs", stage="sentence"),
    rule("D-2", "drugs", "high", "sentence"),
    rule("T-1", "time"),
    rule("H-1", "housing"),
    rule("HO-1", "housing", "high", "post_penitentiary"),
    adapting("RL-1", "language"),
    adapting("RH-1", "health"),
    rule("M-1", "health", kind=AreaKind.SUPPORT),
)


def known(*words):
    """work=high, language: a need with its level, or an adaptation."""
    return [
        Found(code, level or PRESENT, AreaKind.NEED if level else AreaKind.RESPONSIVITY)
        for code, _mark, level in (word.partition("=") for word in words)
    ]


def drawn(*words, limit=3, rules=RULES, instrument=""):
    lines = draw_up(rules, known(*words), limit, instrument)
    active = " ".join(line.rule.code for line in lines if line.is_active)
    return active, " ".join(line.rule.code for line in lines if not line.is_active)


SENTENCE = tuple(rule for rule in RULES if rule.stage in {EVERY, "sentence"})


@pytest.mark.parametrize(
    ("words", "limit", "active", "later"),
    [
        ("", 3, "", ""),
        ("work=high", 3, "W-1", ""),
        ("work=low time=low", 3, "", ""),
        ("unknown=high", 3, "", ""),
        ("work=medium housing=high", 3, "H-1 W-2", ""),  # the high one first
        ("time=medium work=medium", 3, "T-1 W-2", ""),  # else in the order of the assessment
        ("work=medium time=medium housing=medium health=medium", 3, "W-2 T-1 H-1", "M-1"),
        ("time=medium work=high drugs=high housing=high health=high", 3, "W-1 D-2 H-1 M-1", "D-1 T-1"),
        ("drugs=high", 3, "D-2 D-1", ""),  # what is said of high alone comes first
        ("drugs=high work=high", 2, "D-2 W-1", "D-1"),  # the second goal of a high need gives way
        ("drugs=high work=high", 3, "D-2 D-1 W-1", ""),
        ("work=medium language", 3, "RL-1 W-2", ""),  # how to work with the person comes before a medium need
        ("work=high language time=medium", 2, "W-1 RL-1", "T-1"),
        ("work=high drugs=high language time=medium", 2, "W-1 D-2 RL-1", "D-1 T-1"),
        ("health language", 1, "RH-1 RL-1", ""),  # an adaptation is never put off, nor taken for a need of its name
        ("health=high health", 3, "M-1 RH-1", ""),
        ("work=high work=medium", 3, "W-1", ""),  # said twice: as it was said first
    ],
)
def test_the_draft_is_ordered_and_few_goals_of_it_are_active(words, limit, active, later):
    assert drawn(*words.split(), limit=limit, rules=SENTENCE) == (active, later)


def test_what_is_particular_stands_in_the_place_of_what_is_general():
    def codes(code, level, instrument="", rules=RULES):
        return [one.code for one in called_for(rules, Found(code, level), instrument)]

    assert codes("work", "high") == ["W-1"]
    assert codes("work", "high", "minors") == ["WM-1"]
    assert codes("housing", "high") == ["HO-1"]
    assert codes("housing", "medium") == ["H-1"]  # the stage says nothing of this level
    assert codes("housing", "high", rules=SENTENCE) == ["H-1"]


def test_a_need_that_was_not_found_out_calls_for_nothing():
    class Need:
        def __init__(self, code, level):
            self.code, self.level = code, level

    found = found_needs([Need("work", None), Need("housing", "high")], ["housing"])

    assert found == [Found("housing", "high", AreaKind.SUPPORT)]


def test_how_to_work_with_a_person_is_known_from_the_assessment_and_from_the_record():
    person = Person(is_minor=True, is_woman=True, children=2, has_disability=True)

    found = [(one.code, one.source) for one in found_adaptations(["motivation", "minor"], person)]

    assert found == [
        ("minor", Source.ASSESSMENT),
        ("woman_with_children", Source.RECORD),
        ("disability", Source.RECORD),
        ("motivation", Source.ASSESSMENT),
    ]
    assert found_adaptations([], Person(is_woman=True)) == found_adaptations([], Person(children=3)) == []
    assert [factor_of(item) for item in ("spoken_language", "health_limits", "motivation", "learning")] == [
        "language", "health", "motivation", None,
    ]  # fmt: skip


areas_found = st.lists(
    st.one_of(
        st.builds(
            Found, st.sampled_from(["work", "drugs", "time", "housing", "health", "else"]), st.sampled_from(LEVELS)
        ),
        st.builds(lambda code: Found(code, PRESENT, AreaKind.RESPONSIVITY), st.sampled_from(FACTORS)),
    ),
    max_size=12,
)


@given(areas_found, st.integers(1, 5), st.sampled_from(["", "minors"]))
def test_for_any_needs_the_draft_keeps_its_promises(found, limit, instrument):
    lines = draw_up(SENTENCE, found, limit, instrument)
    active = [line for line in lines if line.is_active]
    musts = {(line.found.code, line.found.kind) for line in lines if line.level in {"high", PRESENT}}

    assert lines == draw_up(SENTENCE, found, limit, instrument)
    assert list(lines) == active + [line for line in lines if not line.is_active]
    assert len(active) == min(len(lines), max(limit, len(musts)))
    assert musts <= {(line.found.code, line.found.kind) for line in active}
    assert len({line.rule.code for line in lines}) == len(lines)
    for line in lines:
        assert line.found in found
        assert line.level in line.rule.levels
        assert (line.reason.area, line.reason.rule) == (line.rule.area, line.rule.code)
    for part in (active, lines[len(active) :]):
        assert [line.found.rank for line in part] == sorted(line.found.rank for line in part)


@given(areas_found, st.integers(1, 5))
def test_one_need_more_never_turns_the_order_of_the_others(found, limit):
    before = [line.rule.code for line in draw_up(SENTENCE, found, 100)]
    more = [*found, Found("time", "medium")]
    after = [line.rule.code for line in draw_up(SENTENCE, more, 100)]

    assert [code for code in after if code in before] == before
    assert {line.rule.code for line in draw_up(SENTENCE, found, limit)} == set(before)
